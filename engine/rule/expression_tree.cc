#include "rule/expression_tree.h"

#include <algorithm>

namespace sieve {

ExprOperands operands_of(std::span<const ExprNode> nodes) {
  ExprOperands operands;
  std::vector<uint32_t> stack;
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    const auto count = static_cast<std::ptrdiff_t>(operand_count(nodes[i].op, nodes[i].count));
    const auto first = stack.end() - count;
    operands.emplace_back(first, stack.end());
    stack.erase(first, stack.end());
    stack.push_back(i);
  }
  return operands;
}

uint32_t first_node_of(const ExprOperands& operands, uint32_t node) {
  while (!operands[node].empty()) node = operands[node].front();
  return node;
}

bool is_connective(ExprOp op) {
  return op == ExprOp::kNot || op == ExprOp::kAnd || op == ExprOp::kOr || op == ExprOp::kAtLeast ||
         op == ExprOp::kAnyUrl || op == ExprOp::kRule || op == ExprOp::kException;
}

std::vector<ExprPlace> places_of(std::span<const ExprNode> nodes, const ExprOperands& operands) {
  std::vector<ExprPlace> places(nodes.size());
  if (nodes.empty()) return places;
  places.back().is_condition = true;
  // Operands stand before what they are of.
  for (auto i = static_cast<uint32_t>(nodes.size()); i-- > 0;) {
    for (const uint32_t operand : operands[i]) {
      ExprPlace& place = places[operand];
      place.parent = i;
      place.is_condition = places[i].is_condition && is_connective(nodes[i].op);
      place.is_denied = places[i].is_denied != (nodes[i].op == ExprOp::kNot);
    }
  }
  return places;
}

SourceSpan span_of(std::span<const ExprNode> nodes, const ExprOperands& operands, uint32_t node) {
  const auto is_here = [&](const ExprNode& part) { return part.macro == nodes[node].macro; };
  SourceSpan first = nodes[node].span;
  for (uint32_t i = first_node_of(operands, node); i <= node; ++i) {
    if (is_here(nodes[i])) first = std::min(first, nodes[i].span);
  }
  uint32_t end = first.column + first.size;
  for (uint32_t i = first_node_of(operands, node); i <= node; ++i) {
    const SourceSpan& span = nodes[i].span;
    if (is_here(nodes[i]) && span.line == first.line) end = std::max(end, span.column + span.size);
  }
  first.size = end - first.column;
  return first;
}

}  // namespace sieve
