#include "evaluate/rule_set.h"

#include <algorithm>

#include "base/utf8.h"

namespace sieve {
namespace {

template <class Value>
std::span<const Value> row(const std::vector<uint32_t>& begin, const std::vector<Value>& values,
                           size_t index) {
  return std::span(values).subspan(begin[index], begin[index + 1] - begin[index]);
}

}  // namespace

bool is_letter(const PatternSpec& spec) {
  return spec.kind == PatternKind::kLiteral && !is_read_by_shapes(spec.view) &&
         count_chars(spec.text) == 1;
}

RuleSet::~RuleSet() = default;

std::span<const SignalId> RuleSet::signals_of(PatternId pattern) const {
  return row(signals_begin_, signals_, pattern.index());
}

std::span<const RuleIndex> RuleSet::rules_of(SignalId signal) const {
  return row(rules_begin_, rules_by_signal_, signal.index());
}

std::span<const PatternId> RuleSet::patterns_of(SignalId signal) const {
  return row(patterns_begin_, patterns_by_signal_, signal.index());
}

std::span<const PatternId> RuleSet::searched_of(SignalId signal) const {
  return row(searched_begin_, searched_by_signal_, signal.index());
}

PatternOwner RuleSet::owner_of(const CompiledRule& rule, uint32_t index) const {
  PatternOwner owner{&rule, index};
  for (const RuleIndex next : rule.refers_to) {
    const auto own = static_cast<uint32_t>(owner.rule->rule->patterns.size());
    if (owner.pattern < own) break;
    owner = {&rules_[next.index()], owner.pattern - own};
  }
  return owner;
}

Duration RuleSet::state_span() const {
  Duration span;
  for (const RuleIndex index : window_rules_) {
    const WindowDef& window = *rule(index).rule->window;
    span = std::max(span, window.over + window.late);
  }
  return span;
}

}  // namespace sieve
