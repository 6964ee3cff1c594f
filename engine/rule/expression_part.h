// Part of a scalar as an expression: `ratio(call.answered == false)`.
//
// Thread safety: pure functions.
#pragma once

#include "rule/expression.h"
#include "text/fold.h"

namespace sieve {

// As parse_expression, of the bytes [begin, end) of the scalar `node`.
Expression parse_expression_part(const YamlNode& node, ByteSpan part, const ExpressionScope& scope,
                                 const YamlContext& context);

}  // namespace sieve
