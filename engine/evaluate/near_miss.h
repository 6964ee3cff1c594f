// What would have to be otherwise in a message for a condition that does not hold: the fewest parts
// of it, so that an author sees how near it came.
//
// Thread safety: pure functions; they allocate.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "evaluate/program.h"
#include "rule/expression.h"

namespace sieve {

// A pattern, comparison or flag, and what it would have to be.
struct NeededChange {
  uint32_t node = 0;
  uint32_t link = NodeValue::kNoLink;  // Of a part that is about links: of which one.
  bool to = true;
};

// The changes that make a condition of `nodes`, with `values` from Program::trace(), true; in the
// order of the condition. Empty when it is true. Parts are taken as independent of one another.
// Nothing when no change makes it true.
std::optional<std::vector<NeededChange>> nearest_miss(std::span<const ExprNode> nodes,
                                                      std::span<const NodeValue> values);

}  // namespace sieve
