#include "correlate/plan_windows.h"

#include <algorithm>
#include <optional>

#include "base/hash.h"

namespace sieve {
namespace {

bool reads_same_records(const Projection& ours, const PlanRecord::Projection& theirs) {
  const auto same_name = [](FieldId field, const std::string& name) {
    return info_of(field).name == name;
  };
  return ours.kind == theirs.kind && ours.sides == theirs.sides &&
         std::equal(ours.by.begin(), ours.by.end(), theirs.by.begin(), theirs.by.end(), same_name);
}

// Our rule with the bits and values that it has in facts of theirs; nothing: they lack some.
std::optional<PlannedRule> translate(const FactPlan& plan, const PlannedRule& rule,
                                     const Projection& ours, const PlanRecord::Rule& in_facts,
                                     const PlanRecord::Projection& theirs) {
  PlannedRule translated = rule;
  translated.feature = in_facts.feature;
  auto predicate = in_facts.predicates.begin();
  for (PlannedMeasure& measure : translated.measures) {
    if (measure.feature != 0) {
      if (predicate == in_facts.predicates.end()) return std::nullopt;
      measure.feature = *predicate++;
    }
    if (!takes_value(measure.kind) || measure.value >= ours.values.size()) continue;
    const std::string name = value_name(plan, ours.values[measure.value]);
    const auto at = std::find(theirs.values.begin(), theirs.values.end(), name);
    if (at == theirs.values.end()) return std::nullopt;
    measure.value = static_cast<uint8_t>(at - theirs.values.begin());
  }
  return translated;
}

void add_rules(const FactPlan& ours, const PlanRecord::Projection& theirs,
               const StateOfDefinition& state_of, const WindowWatcher& watcher,
               ProjectionWindows& out) {
  for (const Projection& projection : ours.projections()) {
    if (!reads_same_records(projection, theirs)) continue;
    for (const PlannedRule& rule : projection.rules) {
      const CompiledRule& compiled = ours.rules().rule(rule.rule);
      const std::string definition =
          window_definition(ours.rules(), compiled, projection, MeasureLayout(rule).columns());
      const auto same = std::find_if(
          theirs.rules.begin(), theirs.rules.end(),
          [digest = hash64(definition)](const auto& each) { return each.definition == digest; });
      if (same == theirs.rules.end()) continue;
      const std::optional<PlannedRule> read = translate(ours, rule, projection, *same, theirs);
      if (!read) continue;
      out.rules.push_back(std::make_unique<RuleWindows>(*read, compiled, MeasureLayout(*read),
                                                        state_of(definition), watcher));
    }
  }
}

}  // namespace

PlanWindows read_by_plan(const FactPlan& ours, const PlanRecord& theirs,
                         const StateOfDefinition& state_of, const WindowWatcher& watcher) {
  PlanWindows windows;
  for (const PlanRecord::Projection& projection : theirs.projections) {
    ProjectionWindows& out = windows.emplace_back();
    out.value_count = projection.values.size();
    add_rules(ours, projection, state_of, watcher, out);
  }
  return windows;
}

}  // namespace sieve
