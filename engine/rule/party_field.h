// Fields of either party, such as call.party, which windows alone know.
//
// Thread safety: pure functions.
#pragma once

#include "rule/expression_types.h"

namespace sieve {

// Reports such a field where records are not looked at from both sides (R159).
void check_has_party(const ExpressionChecker& checker, FieldId field, const Token& token);

}  // namespace sieve
