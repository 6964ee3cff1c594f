#include "correlate/rule_windows.h"

#include <algorithm>

#include "correlate/entity_key.h"

namespace sieve {
namespace {

// As many findings as keys: each key that can be in the table may be cooling down.
uint64_t keys_max_of(const Rule& rule) {
  return rule.window->keys_max > 0 ? rule.window->keys_max : limits::kWindowKeysDefault;
}

WindowTableOptions table_options(const Rule& rule, WindowColumns columns) {
  WindowTableOptions options;
  options.shape = WindowShape::of(rule.window->over, rule.window->late);
  options.columns = columns;
  options.keys_max = keys_max_of(rule);
  return options;
}

}  // namespace

RuleWindows::RuleWindows(const PlannedRule& planned, const CompiledRule& rule)
    : index_(planned.rule),
      rule_(rule),
      feature_(planned.feature),
      layout_(planned),
      table_(table_options(*rule.rule, layout_.columns())),
      cooldown_(rule.rule->alert.suppress.value_or(rule.rule->window->over),
                keys_max_of(*rule.rule)) {
  numbers_.reserve(layout_.size());
}

bool RuleWindows::apply(const Fact& fact, const FactOrigin& origin, std::vector<Finding>& out) {
  const WindowTable::Added added = table_.add(fact.key, fact.time, layout_.event_of(fact));
  if (added.is_late) return false;
  const WindowShape& shape = table_.shape();
  const int64_t newest = shape.bucket_of(added.newest);
  const int64_t last = std::min(added.bucket + shape.buckets - 1, newest);
  for (int64_t end = added.bucket; end <= last; ++end) {
    const int64_t slot = cooldown_.slot_of(shape.begin_of(end));
    if (end > added.bucket) {
      // A window of later events, which the fact joined: nothing new where it was found already.
      if (!table_.has_events(added, end) || cooldown_.contains(fact.key, slot)) continue;
    }
    if (!is_true(added, end)) continue;
    if (!cooldown_.insert(fact.key, slot)) {
      ++suppressed_;
      continue;
    }
    forget_old_slots();
    Finding& finding = out.emplace_back();
    finding.rule = index_;
    finding.key = fact.key;
    finding.subject = entity_name(fact.key, fact.name);
    finding.time = time_of_end(fact, added, end);
    finding.slot_begin = cooldown_.begin_of(slot);
    finding.window_begin = shape.begin_of(shape.window_begin(end, newest));
    finding.window_end = finding.time;
    finding.measures = numbers_;
    finding.trigger = origin;
    finding.late = added.newest - fact.time;
  }
  return true;
}

bool RuleWindows::is_true(const WindowTable::Added& added, int64_t end) {
  layout_.read(table_.totals(added, end), numbers_);
  ProgramInput input;
  input.measures = numbers_;
  return rule_.condition.run(input);
}

Timestamp RuleWindows::time_of_end(const Fact& fact, const WindowTable::Added& added,
                                   int64_t end) const {
  if (end == added.bucket) return fact.time;
  const WindowShape& shape = table_.shape();
  return std::min(added.newest, shape.begin_of(end + 1) - Duration{1});
}

// A slot may be asked for again by a fact as late as the table takes them.
void RuleWindows::forget_old_slots() {
  const WindowShape& shape = table_.shape();
  cooldown_.forget_before(shape.begin_of(std::max<int64_t>(table_.clock_bucket() - shape.kept, 0)));
}

}  // namespace sieve
