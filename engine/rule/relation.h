// The grammar of relations: conditions over the times of a sequence's steps.
//
//   or         = and { "or" and }
//   and        = not { "and" not }
//   not        = [ "not" ] atom
//   atom       = "(" or ")" | sum comparison sum | sum "between" sum "and" sum
//   comparison = "==" | "!=" | "<" | "<=" | ">" | ">=" | "before" | "after"
//   sum        = value { ( "+" | "-" ) value }
//   value      = step ".time" | step ".start" | step ".end" | duration | "(" sum ")"
//
// `.time` is when the record of a step happened, which of a call is its start; `.end` is of calls.
// `a between b and c` becomes `a >= b and a <= c`, `before` becomes `<`. A time and a duration give
// a time, two times their distance.
//
// Thread safety: pure functions. They report to the checker's context.
#pragma once

#include <vector>

#include "rule/expression_types.h"
#include "rule/token.h"

namespace sieve {

// The nodes of one relation between the steps of the checker's scope, in postfix order. Empty when
// anything was reported: R114 a name that is no time of a step, R115 operands that cannot be added
// or subtracted, R116 a comparison that is about fewer than two steps, and what conditions have.
// REQUIRES: `tokens` end with kEnd and were read with Arithmetic::kTimes.
std::vector<ExprNode> parse_relation_tokens(std::vector<Token> tokens,
                                            const ExpressionChecker& checker);

}  // namespace sieve
