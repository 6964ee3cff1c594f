// The functions of the expression language, over the occurrences of a rule's patterns and what they
// captured (capture_names.h):
//
//   count(a)                       A number: how often `a` occurs, of all its phrases together.
//   near(a, b, 60)                 An occurrence of `a` and one of `b`, at most so many characters
//                                  of their view between them.
//   before(a, b) before(a, b, 60)  One of `a` that ends before one of `b` begins.
//   number(a.sum) length(a.sum)    A captured text as a number; how many characters it has.
//
// Those over history are in history_call.h, the one over other rules is in rule_call.h.
//
// Thread safety: pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "rule/expression_types.h"

namespace sieve {

// A call as it was written, its arguments names or constants.
struct ExpressionCall {
  Token name;
  std::vector<Token> arguments;
  size_t end = 0;  // Behind the parenthesis that closes it.
};

bool is_function(std::string_view name);

// Appends the nodes of `call` and returns what it gives. Reports functions that do not exist
// (R070), arguments that are none (R071), distances that are none (R073) and patterns of different
// views (R074).
Operand resolve_call(const ExpressionCall& call, const ExpressionChecker& checker,
                     std::vector<ExprNode>& nodes);

}  // namespace sieve
