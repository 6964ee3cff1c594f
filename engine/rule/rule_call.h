// `rule(local/bulk-link)` or, of the same namespace, `rule(bulk-link)`: the message rule of that id
// is true for this message, and not excepted. Which rules there are is known when all files are
// read (references.h).
//
// Thread safety: pure functions. They report to the checker's context.
#pragma once

#include <vector>

#include "rule/expression_call.h"

namespace sieve {

// Appends the node of `call`. Reports R138 where rules cannot be referred to, and what is no id.
Operand resolve_rule_call(const ExpressionCall& call, const ExpressionChecker& checker,
                          std::vector<ExprNode>& nodes);

}  // namespace sieve
