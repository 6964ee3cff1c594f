// The grammar of expressions (expression.h), over tokens.
//
// Thread safety: pure functions. They report to the checker's context.
#pragma once

#include <vector>

#include "rule/expression_types.h"
#include "rule/token.h"

namespace sieve {

// The nodes of one condition, in postfix order. Empty when anything was reported, or when the
// condition names a macro that has errors. REQUIRES: `tokens` end with kEnd.
std::vector<ExprNode> parse_tokens(std::vector<Token> tokens, const ExpressionChecker& checker);

}  // namespace sieve
