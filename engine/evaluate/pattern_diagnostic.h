// The words for what compiling a pattern found, at the place where the author wrote it.
//
// Thread safety: pure functions.
#pragma once

#include "match/pattern_db.h"
#include "rule/model.h"

namespace sieve {

Diagnostic pattern_diagnostic(const PatternFailure& failure, const Rule& rule,
                              const Phrase& phrase);

}  // namespace sieve
