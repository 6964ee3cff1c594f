// Parts of a condition in the words of its author: as print_expression(), with macros by their
// names.
//
// Thread safety: pure after construction. Lifetime: refers to the nodes and to what the scope does.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "rule/expression.h"
#include "rule/expression_tree.h"

namespace sieve {

class ConditionText {
 public:
  ConditionText(std::span<const ExprNode> nodes, const ExpressionScope& scope);

  const ExprOperands& operands() const { return operands_; }
  // What node `node` is made of, where the text around it is of the rule (`macro` 0) or of that
  // macro (ExprNode::macro): other macros are names.
  std::string of(uint32_t node, uint32_t macro) const;
  // The same in parentheses where it is joined by `and` or `or`.
  std::string wrapped(uint32_t node, uint32_t macro) const;
  // The same of nodes that are a condition of their own.
  std::string of_nodes(std::vector<ExprNode> nodes, uint32_t macro) const;

 private:
  std::vector<ExprNode> with_names(std::vector<ExprNode> nodes, uint32_t macro) const;
  bool is_name(uint32_t node, uint32_t macro) const { return nodes_[node].macro != macro; }

  std::span<const ExprNode> nodes_;
  ExprOperands operands_;
  ExpressionScope scope_;  // With the names of macros behind those of patterns.
  uint32_t macros_begin_;
};

}  // namespace sieve
