// What authors are told of mutants of their rules (mutants.h).
//
// Thread safety: pure functions.
#pragma once

#include <string_view>

#include "base/diagnostic.h"
#include "rule/mutants.h"

namespace sieve {

// A warning (R167) for a mutant that no test notices, with the test that is lacking; or, where it
// is idle, with the advice to simplify the rule.
Diagnostic survivor_diagnostic(const Mutant& mutant, bool is_idle);

// An error (R165) for one that is declared equivalent in `rule`, while `test` notices it.
Diagnostic noticed_diagnostic(const Rule& rule, const EquivalentMutant& declared,
                              std::string_view test);

}  // namespace sieve
