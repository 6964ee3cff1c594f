// What patterns cost, in words and tables for `rules check`.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "evaluate/slow_patterns.h"

namespace sieve {

// The warning, with what the pattern costs on this machine as a note.
Diagnostic with_measured_cost(SlowPattern slow);

// The dearest patterns of all, one a line.
std::string cost_table(const RuleSet& rules);

}  // namespace sieve
