// The functions of the expression language over what was before the record:
//
//   known_pair(call.to, call.from, 90d)  The two were in contact, by message or call and in
//                                        whichever direction, in so long a time before.
//   first_seen(msg.from, 7d)             The value was not seen in so long a time before.
//
// They are known where ExpressionScope::has_history says so: within sequences.
//
// Thread safety: pure functions.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "rule/expression_call.h"

namespace sieve {

inline constexpr std::array<std::string_view, 2> kHistoryFunctions = {"known_pair", "first_seen"};

bool is_history_function(std::string_view name);

// As resolve_call. Reports functions where there is no history (R150), arguments that are none
// (R071), fields that cannot be asked about (R151) and times that are none (R152).
// REQUIRES: the name is one of kHistoryFunctions.
Operand resolve_history_call(const ExpressionCall& call, const ExpressionChecker& checker,
                             std::vector<ExprNode>& nodes);

}  // namespace sieve
