// Results of rule tests as JUnit XML, as CI servers read it: a suite for each rule, a case for each
// test, with file and line.
//
// Thread safety: pure function.
#pragma once

#include <string>
#include <vector>

#include "run/rule_tests.h"

namespace sieve {

// A whole document. Without times, so that equal results are equal bytes. What XML 1.0 cannot hold
// is written as U+FFFD.
std::string render_junit(const RuleSet& rules, const std::vector<RuleTestResult>& results);

}  // namespace sieve
