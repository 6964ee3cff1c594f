// Running the tests that rules carry in their files, through the same decoder, fold, evaluator and
// correlator as production: a test's record is written as JSON and read like any other.
//
// Thread safety: pure function.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/time_zone.h"
#include "evaluate/rule_set.h"

namespace sieve {

struct RuleTestResult {
  RuleIndex rule;
  const RuleTest* test = nullptr;  // Owned by the RuleSet.
  bool passed = false;
  bool skipped = false;  // The rule is inactive, and `explanation` says why; passed is false.
  // What was expected, what came, and why: which patterns fired, the score, the findings. Lines
  // without a final newline; empty when passed.
  std::string explanation;

  bool failed() const { return !passed && !skipped; }
};

struct RuleTestOptions {
  FieldContext context;
  std::string default_country;
  std::string only;  // Full id of the one rule to test; empty: all.
};

class RuleTestWatcher;

// Results in order of rule and test. A message test asks only about its own rule; a timeline test
// runs its records, in order of `at`, against its own rule's window. `watcher` may be null.
std::vector<RuleTestResult> run_rule_tests(std::shared_ptr<const RuleSet> rules,
                                           const RuleTestOptions& options,
                                           RuleTestWatcher* watcher = nullptr);

}  // namespace sieve
