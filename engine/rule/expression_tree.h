// The tree that the postfix nodes of an Expression stand for.
//
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "rule/expression.h"

namespace sieve {

// Of how many nodes before it a node with this `op` and `count` is made.
constexpr size_t operand_count(ExprOp op, size_t count) {
  switch (op) {
    case ExprOp::kRule:
      return count;
    case ExprOp::kNot:
    case ExprOp::kCount:
    case ExprOp::kAnyUrl:
    case ExprOp::kException:
    case ExprOp::kInList:
    case ExprOp::kFirstSeen:
      return 1;
    case ExprOp::kIn:
      return count + 1;
    case ExprOp::kAtLeast:
      return count;
    default:
      return op <= ExprOp::kBool ? 0 : 2;
  }
}

// By node of an expression: the nodes that it is made of, in order.
using ExprOperands = std::vector<std::vector<uint32_t>>;
ExprOperands operands_of(std::span<const ExprNode> nodes);

// Where what node `node` is made of begins: it is the nodes from there up to `node`.
uint32_t first_node_of(const ExprOperands& operands, uint32_t node);

// Whether a node combines others, and is no comparison, pattern, call or flag.
bool is_connective(ExprOp op);

// A comparison of two values.
constexpr bool is_comparison_op(ExprOp op) {
  return op >= ExprOp::kEqual && op <= ExprOp::kGreaterEqual;
}

// Where a node stands in a condition.
struct ExprPlace {
  static constexpr uint32_t kNoParent = UINT32_MAX;
  bool is_condition = false;  // It is true or false by itself: the whole, or of a connective.
  bool is_denied = false;     // It stands below an odd number of `not`.
  uint32_t parent = kNoParent;
};

// By node.
std::vector<ExprPlace> places_of(std::span<const ExprNode> nodes, const ExprOperands& operands);

// The characters of the rule file that node `node` is made of, as far as they stand in one line. Of
// a macro that is used there, those of the macro.
SourceSpan span_of(std::span<const ExprNode> nodes, const ExprOperands& operands, uint32_t node);

}  // namespace sieve
