// The one rule that a tool is asked to explain.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "base/expected.h"
#include "evaluate/rule_set.h"
#include "run/engine_error.h"

namespace sieve {

// The rule `full_id`; kUsage with the nearest name: there is none.
Expected<RuleIndex, EngineError> find_rule(const RuleSet& rules, const std::string& full_id);

// The active rule `full_id` of that kind; or, as kUsage, why it cannot be explained.
Expected<RuleIndex, EngineError> rule_to_explain(const RuleSet& rules, const std::string& full_id,
                                                 RuleKind kind);

}  // namespace sieve
