// PlanWindows are the rules of one plan at work on the facts of one plan, which may be another: by
// projection of the plan that made the facts.
//
// Thread safety: none. Lifetime: refers to the rule set of the plan whose rules they are.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "correlate/plan_record.h"
#include "correlate/rule_windows.h"

namespace sieve {

struct ProjectionWindows {
  size_t value_count = 0;  // Of its facts.
  std::vector<std::unique_ptr<RuleWindows>> rules;
};
using PlanWindows = std::vector<ProjectionWindows>;

// The state of the rule with this definition; there is one.
using StateOfDefinition = std::function<std::shared_ptr<WindowState>(std::string_view definition)>;

// The rules of `ours` on facts that were made by `theirs`. A rule whose definition that plan lacks
// is left out: it did not see what those facts are of.
PlanWindows read_by_plan(const FactPlan& ours, const PlanRecord& theirs,
                         const StateOfDefinition& state_of, const WindowWatcher& watcher);

}  // namespace sieve
