#include "rule/count_comparison.h"

#include <algorithm>

namespace sieve {
namespace {

constexpr size_t kCountNodes = 2;  // The pattern and the call.

bool is_constant(ExprOp op) { return op == ExprOp::kNumber; }

}  // namespace

bool compare_numbers(ExprOp op, double a, double b) {
  switch (op) {
    case ExprOp::kEqual:
      return a == b;
    case ExprOp::kNotEqual:
      return a != b;
    case ExprOp::kLess:
      return a < b;
    case ExprOp::kLessEqual:
      return a <= b;
    case ExprOp::kGreater:
      return a > b;
    default:
      return a >= b;
  }
}

std::optional<uint32_t> capture_comparison(std::span<const ExprNode> nodes, size_t at) {
  const ExprNode& node = nodes[at];
  const auto is_capture = [nodes, at](size_t before) {
    return before <= at && nodes[at - before].op == ExprOp::kCapture;
  };
  const auto first = [&is_capture](size_t before) {
    return is_capture(before) ? std::optional<uint32_t>(0) : std::nullopt;
  };
  if (node.op == ExprOp::kInList) return first(1);
  if (node.op == ExprOp::kIn) return first(node.count + size_t{1});
  if (node.op < ExprOp::kEqual || node.op > ExprOp::kGreaterEqual) return std::nullopt;
  if (is_capture(1)) return 1;
  return first(nodes[at - 1].op == ExprOp::kCount ? kCountNodes + 1 : 2);
}

std::optional<CountComparison> count_comparison(std::span<const ExprNode> nodes, size_t at) {
  const ExprNode& node = nodes[at];
  if (node.op == ExprOp::kIn) {
    const auto members = nodes.subspan(at - node.count, node.count);
    if (nodes[at - node.count - 1].op != ExprOp::kCount) return {};
    const auto is_zero = [](const ExprNode& member) { return member.number == 0; };
    return CountComparison{0, std::any_of(members.begin(), members.end(), is_zero)};
  }
  if (node.op < ExprOp::kEqual || node.op > ExprOp::kGreaterEqual) return {};
  const ExprNode& last = nodes[at - 1];
  if (last.op == ExprOp::kCount && at > kCountNodes &&
      is_constant(nodes[at - 1 - kCountNodes].op)) {
    return CountComparison{1, compare_numbers(node.op, nodes[at - 1 - kCountNodes].number, 0)};
  }
  if (is_constant(last.op) && nodes[at - 2].op == ExprOp::kCount) {
    return CountComparison{0, compare_numbers(node.op, 0, last.number)};
  }
  return {};
}

}  // namespace sieve
