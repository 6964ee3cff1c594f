// What rules must pass before they come into force: the tests that they carry, and a canary, a
// message that goes the whole way from bytes to alert through the plan that would be in force.
//
// Thread safety: pure functions.
#pragma once

#include <memory>
#include <string>

#include "run/inspector.h"
#include "run/rule_tests.h"

namespace sieve {

// What failed, in the words of `rules test`, at most the first few; empty: everything passed.
std::string failing_tests(const std::shared_ptr<const RuleSet>& rules,
                          const RuleTestOptions& options);

// The message is that of the first test that expects a rule to hit; rules without one have no
// canary. What went wrong, or empty.
std::string canary_problem(const InspectPlan& plan, const std::string& default_country);

}  // namespace sieve
