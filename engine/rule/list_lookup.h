// Looking a value up in a list by its name: `msg.from in trusted_senders`.
//
// Thread safety: pure functions.
#pragma once

#include <vector>

#include "rule/expression_types.h"

namespace sieve {

// Whether a field holds the sender, recipient, caller or the like: a number in E.164, or what was
// received. Only such fields are looked up in lists of numbers and senders.
bool is_address_field(FieldId field);

// Appends the node that looks `value`, the operand before it, up in the list `name`. Reports a list
// that is not defined (R084), and one whose entries are something else than `value` (R085).
void look_up_in_list(const ExpressionChecker& checker, const Operand& value, const Token& name,
                     std::vector<ExprNode>& nodes);

}  // namespace sieve
