// A CountComparison is what a comparison of count(a) with constants says of records in which `a`
// does not occur: `count(a) >= 3` is false of them, so that it needs `a`, and `count(a) < 3` is
// true.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "rule/expression.h"

namespace sieve {

struct CountComparison {
  uint32_t operand = 0;  // The count is the first operand (0) or the second.
  bool holds_at_zero = false;
};

// Nothing when node `at` is no such comparison.
// REQUIRES: `nodes` is a sound expression.
std::optional<CountComparison> count_comparison(std::span<const ExprNode> nodes, size_t at);

// The operand, 0 or 1, of the comparison `at` that is a captured text or made of one: where that is
// absent, the comparison is false. Nothing when node `at` is no such comparison.
std::optional<uint32_t> capture_comparison(std::span<const ExprNode> nodes, size_t at);

bool compare_numbers(ExprOp op, double a, double b);

}  // namespace sieve
