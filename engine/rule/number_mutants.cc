#include "rule/number_mutants.h"

#include <fmt/format.h>

#include <cmath>

#include "base/limits.h"
#include "rule/count_comparison.h"

namespace sieve {
namespace {

constexpr double kSecondMs = 1'000;

bool is_number(ExprOp op) { return op == ExprOp::kNumber || op == ExprOp::kDuration; }

// `>` of `>=`, and so on; other operators as they are.
ExprOp with_other_edge(ExprOp op) {
  switch (op) {
    case ExprOp::kLess:
      return ExprOp::kLessEqual;
    case ExprOp::kLessEqual:
      return ExprOp::kLess;
    case ExprOp::kGreater:
      return ExprOp::kGreaterEqual;
    case ExprOp::kGreaterEqual:
      return ExprOp::kGreater;
    default:
      return op;
  }
}

class NumberMutator {
 public:
  explicit NumberMutator(const NumberComparison& comparison) : comparison_(comparison) {
    const auto& operands = comparison.operands[comparison.node];
    is_left_ = is_number(comparison.nodes[operands[0]].op);
    constant_ = operands[is_left_ ? 0 : 1];
    value_ = operands[is_left_ ? 1 : 0];
  }

  std::vector<NumberMutant> run() {
    if (!is_number(constant().op) || is_number(value().op)) return {};
    if (is_share()) {
      add_edge();
    } else {
      add_shift(step());
      add_shift(-step());
    }
    return std::move(mutants_);
  }

 private:
  const ExprNode& constant() const { return comparison_.nodes[constant_]; }
  const ExprNode& value() const { return comparison_.nodes[value_]; }
  ExprOp op() const { return comparison_.nodes[comparison_.node].op; }
  double step() const {
    if (constant().op == ExprOp::kNumber) return 1;
    return std::fmod(constant().number, kSecondMs) == 0 ? kSecondMs : 1;
  }
  // A value between whole numbers: being one off is no mistake that people make.
  bool is_share() const {
    if (constant().number != std::floor(constant().number)) return true;
    if (value().op != ExprOp::kMeasure) return false;
    const MeasureKind kind = comparison_.measures[value().index].kind;
    return kind == MeasureKind::kRatio || kind == MeasureKind::kHourEntropy;
  }
  bool compares(double value, ExprOp op, double constant) const {
    return is_left_ ? compare_numbers(op, constant, value) : compare_numbers(op, value, constant);
  }
  std::vector<ExprNode> nodes() const {
    const auto begin = comparison_.nodes.begin();
    return {begin + first_node_of(comparison_.operands, comparison_.node),
            begin + comparison_.node + 1};
  }
  std::string shown(double number) const {
    return constant().op == ExprOp::kNumber ? fmt::format("{}", number)
                                            : format_duration({static_cast<int64_t>(number)});
  }

  void add(std::vector<ExprNode> nodes, double decisive) {
    mutants_.push_back({std::move(nodes), constant_, value_, shown(decisive),
                        compares(decisive, op(), constant().number)});
  }

  void add_edge() {
    if (with_other_edge(op()) == op()) return;
    std::vector<ExprNode> changed = nodes();
    changed.back().op = with_other_edge(op());
    add(std::move(changed), constant().number);
  }

  void add_shift(double by) {
    const double shifted = constant().number + by;
    const bool has_bounds = value().op == ExprOp::kCount;
    if (has_bounds && (shifted < 0 || shifted > limits::kOccurrencesMax)) return;
    if (constant().op == ExprOp::kDuration && shifted < 0) return;
    std::vector<ExprNode> changed = nodes();
    changed[constant_ - first_node_of(comparison_.operands, comparison_.node)].number = shifted;
    // One of the two numbers tells them apart.
    const double same = constant().number;
    const bool by_first = compares(same, op(), same) != compares(same, op(), shifted);
    add(std::move(changed), by_first ? same : shifted);
  }

  const NumberComparison& comparison_;
  bool is_left_ = false;
  uint32_t constant_ = 0;
  uint32_t value_ = 0;
  std::vector<NumberMutant> mutants_;
};

}  // namespace

std::vector<NumberMutant> number_mutants(const NumberComparison& comparison) {
  return NumberMutator(comparison).run();
}

}  // namespace sieve
