// `url.lookalike(...)`, in the condition of `any url where`: the link imitates one of some brands.
//
//   call  = "url.lookalike" "(" ( "any" | names ) [ "," names ] ")"    brands, and kinds
//   names = name | "[" name { "," name } "]"
//
// Thread safety: pure functions. They report to the checker's context.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "rule/expression_types.h"

namespace sieve {

inline constexpr std::string_view kLookAlikeCall = "url.lookalike";

// True of the call's name, and of whatever else is called like a field of links.
bool begins_look_alike_call(const Token& name, const Token& next);

// Reads the call that `tokens` begin with, and appends its nodes: one for each brand, joined with
// `or`. Reports brands and kinds that are not defined (R140, R141), and what is no such call
// (R142).
struct LookAlikeCall {
  Operand operand;
  size_t token_count = 0;  // 0: where it ends is unknown.
};
LookAlikeCall read_look_alike_call(std::span<const Token> tokens, const ExpressionChecker& checker,
                                   std::vector<ExprNode>& nodes);

}  // namespace sieve
