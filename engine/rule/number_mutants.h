// Mutants of a comparison with a number: the number one off, or, where it is a share, `>` for `>=`.
//
// Thread safety: pure function.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "rule/expression_tree.h"
#include "rule/model.h"

namespace sieve {

// The comparison `node` of an expression that may name these measures.
struct NumberComparison {
  std::span<const ExprNode> nodes;
  const ExprOperands& operands;
  uint32_t node;
  const std::vector<MeasureDef>& measures;
};

struct NumberMutant {
  std::vector<ExprNode> nodes;  // In the place of the comparison.
  uint32_t constant = 0;        // Node of the number,
  uint32_t value = 0;           // and of what is compared with it.
  std::string decisive;         // A value for which the two differ,
  bool holds = false;           // and whether the comparison as it was written holds for it.
};

// None when it compares no number or duration.
std::vector<NumberMutant> number_mutants(const NumberComparison& comparison);

}  // namespace sieve
