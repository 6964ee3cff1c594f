// Tries the tests of one rule on its mutants. All of them are rules of one set beside the rule
// itself, so that a test's records are read and searched once for all.
//
// Thread safety: pure function; several threads may share the rule set.
#pragma once

#include <string>
#include <vector>

#include "base/expected.h"
#include "rule/mutants.h"
#include "run/rule_tests.h"

namespace sieve {

struct TriedMutant {
  Mutant mutant;
  std::string killed_by;  // Name of the first test that noticed it; empty: none did.
  bool is_idle = false;   // Of one that survived: no test can notice it.
};

struct TriedRule {
  std::vector<TriedMutant> mutants;
  size_t failing = 0;  // Tests that fail as they are.
};

Expected<TriedRule, Diagnostics> try_mutants(const RuleSet& rules, RuleIndex rule,
                                             const RuleTestOptions& options);

}  // namespace sieve
