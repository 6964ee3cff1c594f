// The signals of which one must fire for a program to be true: see Program::witnesses().
#include <algorithm>

#include "evaluate/program.h"
#include "rule/count_comparison.h"
#include "rule/expression_tree.h"

namespace sieve {
namespace {

// What it costs to try a rule on every message with a link, in the unit of the frequencies: finding
// links costs far more than one more phrase, and less than one more regular expression (100).
constexpr double kHasLinkCost = 50;

// Signals of which one must have fired. A value of the witness analysis.
struct Witness {
  bool exists = false;  // False: true without any signal, for all that is known.
  double frequency = 0;
  std::vector<SignalId> signals;
};

bool rarer(const Witness& a, const Witness& b) {
  if (a.exists != b.exists) return a.exists;
  return a.exists && a.frequency < b.frequency;
}

// One of `parts` is true.
Witness any_of(std::span<const Witness> parts) {
  Witness out;
  out.exists = true;
  for (const Witness& part : parts) {
    if (!part.exists) return {};
    out.frequency += part.frequency;
    out.signals.insert(out.signals.end(), part.signals.begin(), part.signals.end());
  }
  return out;
}

// `least` of `parts` are true. When all of any count - least + 1 of them are false, too few are
// left: one of the rarest that many must be true.
Witness at_least(size_t least, std::vector<Witness> parts) {
  if (least == 0) return {};
  Witness never;
  never.exists = true;
  if (least > parts.size()) return never;
  std::stable_sort(parts.begin(), parts.end(), rarer);
  return any_of(std::span(parts).first(parts.size() - least + 1));
}

Witness witness_of(const ExprNode& node, std::optional<CountComparison> test,
                   std::vector<Witness> parts, std::span<const double> frequencies) {
  if (test) return test->holds_at_zero ? Witness{} : std::move(parts[test->operand]);
  switch (node.op) {
    case ExprOp::kPattern:
      return {true, frequencies.empty() ? 1.0 : frequencies[node.index], {SignalId(node.index)}};
    case ExprOp::kCapture:  // Of being there.
      return {true, frequencies.empty() ? 1.0 : frequencies[node.count], {SignalId(node.count)}};
    case ExprOp::kBool:
      return {node.number == 0, 0, {}};
    case ExprOp::kCount:  // Of being above 0.
    case ExprOp::kRule:
      return std::move(parts[0]);
    case ExprOp::kAnyUrl:
      return {true, frequencies.empty() ? 1.0 : kHasLinkCost, {kHasLink}};
    case ExprOp::kAnd:
    case ExprOp::kNear:
    case ExprOp::kBefore:
      return at_least(2, std::move(parts));
    case ExprOp::kOr:
      return at_least(1, std::move(parts));
    case ExprOp::kAtLeast:
      return at_least(static_cast<size_t>(node.number), std::move(parts));
    default:
      return {};
  }
}

}  // namespace

std::optional<std::vector<SignalId>> Program::witnesses(std::span<const double> frequencies) const {
  if (nodes_.empty()) return std::nullopt;
  std::vector<Witness> stack;
  for (size_t i = 0; i < nodes_.size(); ++i) {
    const size_t count = operand_count(nodes_[i].op, nodes_[i].count);
    const auto first = stack.end() - static_cast<std::ptrdiff_t>(count);
    std::vector<Witness> parts(std::make_move_iterator(first),
                               std::make_move_iterator(stack.end()));
    stack.erase(first, stack.end());
    if (const auto captured = capture_comparison(nodes_, i)) {
      stack.push_back(std::move(parts[*captured]));
      continue;
    }
    stack.push_back(
        witness_of(nodes_[i], count_comparison(nodes_, i), std::move(parts), frequencies));
  }
  Witness& whole = stack.front();
  if (!whole.exists) return std::nullopt;
  std::sort(whole.signals.begin(), whole.signals.end());
  whole.signals.erase(std::unique(whole.signals.begin(), whole.signals.end()), whole.signals.end());
  return std::move(whole.signals);
}

bool Program::true_without_signals() const { return !witnesses({}).has_value(); }

}  // namespace sieve
