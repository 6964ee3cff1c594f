// The names of times in relations: `otp.time`, `call.end`.
//
// Thread safety: pure functions.
#pragma once

#include <vector>

#include "rule/expression_types.h"

namespace sieve {

// Appends the node of the time that `token` names. Reports a name that is none (R114); the operand
// is then of type kUnknown.
Operand resolve_step_time(const ExpressionChecker& checker, const Token& token,
                          std::vector<ExprNode>& nodes);

}  // namespace sieve
