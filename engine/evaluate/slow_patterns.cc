#include "evaluate/slow_patterns.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>

#include "base/limits.h"
#include "match/regex_weakness.h"

namespace sieve {
namespace {

Diagnostic warning_of(const RegexWeakness& weakness, const Rule& rule, const Phrase& phrase) {
  Diagnostic warning;
  warning.code = "R111";
  warning.severity = Severity::kWarning;
  warning.title = "this regular expression is slow";
  warning.file = rule.file;
  warning.span = phrase.span;
  switch (weakness.kind) {
    case RegexWeakness::Kind::kNoLiteral:
      warning.label = "no three characters in a row that every match has";
      warning.notes.push_back("it is looked for in every message, letter by letter");
      warning.help =
          "add a word that is always there, or join a phrase with `and` in the condition: then it "
          "is looked for where that occurs";
      break;
    case RegexWeakness::Kind::kLarge:
      warning.label = fmt::format("{} instructions; it is cheap up to {}", weakness.instructions,
                                  limits::kRegexInstructionsCheap);
      warning.help = "lower the bounds of its repeats";
      break;
  }
  return warning;
}

// Whether `signal` is looked for in every message for the sake of `rule`.
bool is_needed_by(const RuleSet& rules, SignalId signal, RuleIndex rule) {
  const auto has = [rule](std::span<const RuleIndex> some) {
    return std::find(some.begin(), some.end(), rule) != some.end();
  };
  return has(rules.rules_of(signal)) || has(rules.always());
}

}  // namespace

std::vector<SlowPattern> slow_patterns(const RuleSet& rules) {
  std::vector<SlowPattern> slow;
  std::set<const PatternDef*> seen;  // A helper's are looked at by every rule that refers to it.
  for (uint32_t index = 0; index < rules.rules().size(); ++index) {
    const CompiledRule& compiled = rules.rule(RuleIndex(index));
    for (uint32_t i = 0; i < compiled.signals.size(); ++i) {
      const PatternOwner owner = rules.owner_of(compiled, i);
      const Rule& rule = *owner.rule->rule;
      const PatternDef& pattern = rule.patterns[owner.pattern];
      if (pattern.kind != PatternKind::kRegex ||
          !is_needed_by(rules, compiled.signals[i], RuleIndex(index)) ||
          !seen.insert(&pattern).second) {
        continue;
      }
      for (const Phrase& phrase : pattern.phrases) {
        const auto weakness = weakness_of(phrase.folded);
        if (!weakness) continue;
        slow.push_back(
            {{pattern.kind, pattern.view, phrase.folded}, warning_of(*weakness, rule, phrase)});
      }
    }
  }
  return slow;
}

}  // namespace sieve
