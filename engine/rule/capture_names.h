// Captured texts in conditions: `pay.sum` is what the group `sum` of the pattern `pay` captured,
//
//   pay.currency == "usd"    text, as its view has it
//   number(pay.sum) >= 500   as a number, as people write it; absent when it is none
//   length(code.digits) == 6 the count of its characters
//
// Thread safety: pure functions. They report to the checker's context.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "rule/expression_call.h"
#include "rule/expression_types.h"

namespace sieve {

// `number` of a kCapture.
enum class CaptureUse : uint8_t { kText, kNumber, kLength };

// `number`, `length`.
std::vector<std::string_view> capture_function_names();
bool is_capture_function(std::string_view name);

// The captured text `token`: appends its node. Reports a group that its pattern lacks (R143).
// Nothing when it is no such name.
std::optional<Operand> resolve_capture(const ExpressionChecker& checker, const Token& token,
                                       std::vector<ExprNode>& nodes);

// The call of a capture function: appends its node. Reports arguments that are no captured text
// (R144).
Operand resolve_capture_call(const ExpressionCall& call, const ExpressionChecker& checker,
                             std::vector<ExprNode>& nodes);

// Reports captured text that is compared with a number, and how to read it as one (R013).
void report_text_as_number(const ExpressionChecker& checker, const Operand& capture,
                           std::string_view name);

// Reports a constant that captured text never equals, since its view is folded (R018). `written` is
// the constant with its quotes.
void check_capture_constant(const ExpressionChecker& checker, const Operand& capture,
                            const Operand& constant, std::string_view written);

}  // namespace sieve
