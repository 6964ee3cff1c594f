#include "rule/condition_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "rule/definitions.h"

namespace sieve {

ConditionText::ConditionText(std::span<const ExprNode> nodes, const ExpressionScope& scope)
    : nodes_(nodes),
      operands_(operands_of(nodes)),
      scope_(scope),
      macros_begin_(static_cast<uint32_t>(scope.patterns.size())) {
  if (scope.definitions == nullptr) return;
  for (const MacroDef& macro : scope.definitions->macros) scope_.patterns.push_back(macro.name);
}

std::string ConditionText::of(uint32_t node, uint32_t macro) const {
  const auto first = nodes_.begin() + first_node_of(operands_, node);
  return of_nodes({first, nodes_.begin() + node + 1}, macro);
}

std::string ConditionText::wrapped(uint32_t node, uint32_t macro) const {
  const ExprOp op = nodes_[node].op;
  const bool is_joined = op == ExprOp::kAnd || op == ExprOp::kOr;
  const std::string text = of(node, macro);
  return is_joined && !is_name(node, macro) ? fmt::format("({})", text) : text;
}

std::string ConditionText::of_nodes(std::vector<ExprNode> nodes, uint32_t macro) const {
  Expression expression;
  const bool has_names = std::any_of(nodes.begin(), nodes.end(),
                                     [macro](const auto& node) { return node.macro != macro; });
  expression.nodes = has_names ? with_names(std::move(nodes), macro) : std::move(nodes);
  return print_expression(expression, scope_);
}

// Each part that is of another macro, and stands in none that is, becomes a name.
std::vector<ExprNode> ConditionText::with_names(std::vector<ExprNode> nodes, uint32_t macro) const {
  const ExprOperands operands = operands_of(nodes);
  std::vector<std::vector<ExprNode>> parts;
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    std::vector<ExprNode> part;
    const auto first = parts.end() - std::ssize(operands[i]);
    if (nodes[i].macro != macro) {
      ExprNode name;
      name.op = ExprOp::kPattern;
      name.index = macros_begin_ + nodes[i].macro - 1;
      part.push_back(std::move(name));
    } else {
      for (auto operand = first; operand != parts.end(); ++operand) {
        part.insert(part.end(), operand->begin(), operand->end());
      }
      part.push_back(std::move(nodes[i]));
    }
    parts.erase(first, parts.end());
    parts.push_back(std::move(part));
  }
  return std::move(parts.back());
}

}  // namespace sieve
