// The patterns of a rule set that are looked for in every message and are slow to find or to
// compile, with the words that tell their authors.
//
// Thread safety: pure function.
#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "evaluate/rule_set.h"

namespace sieve {

struct SlowPattern {
  PatternSpec spec;
  Diagnostic warning;  // R111, at its place.
};

// In the order of the rules. Which they are depends on the expressions alone, not on this machine.
std::vector<SlowPattern> slow_patterns(const RuleSet& rules);

}  // namespace sieve
