#include "rule/normal_form.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "rule/count_comparison.h"
#include "rule/expression_tree.h"
#include "rule/model.h"
#include "rule/truth_table.h"

namespace sieve {
namespace {

using Nodes = std::vector<ExprNode>;

// What an operand on the stack came to.
struct Part {
  std::optional<bool> constant;
  bool is_absent = false;  // A value that no record has.
  bool is_zero = false;    // How often something occurs that does not.
  Nodes nodes;
};

Part constant_part(bool truth) {
  Part part;
  part.constant = truth;
  ExprNode& node = part.nodes.emplace_back();
  node.op = ExprOp::kBool;
  node.number = truth ? 1 : 0;
  return part;
}

class Reducer {
 public:
  Reducer(AbsentPattern absent, std::span<const CaptureDef> captures)
      : absent_(absent), captures_(captures) {}

  void add(const ExprNode& node, bool is_condition);
  Part take() { return std::move(stack_.back()); }

 private:
  bool is_absent(const ExprNode& node) const {
    if (!absent_) return false;
    if (node.op == ExprOp::kPattern) return node.index == *absent_;
    return node.op == ExprOp::kCapture && captures_[node.index].pattern == *absent_;
  }
  static Part joined(const ExprNode& node, std::vector<Part> parts);
  static Part of_operands(const ExprNode& node, std::vector<Part> parts);
  static Part of_set(const ExprNode& node, std::vector<Part> parts);
  static Part of_comparison(const ExprNode& node, std::vector<Part> parts);

  AbsentPattern absent_;
  std::span<const CaptureDef> captures_;
  std::vector<Part> stack_;
};

Part Reducer::joined(const ExprNode& node, std::vector<Part> parts) {
  Part out;
  out.nodes = std::move(parts.front().nodes);
  for (size_t i = 1; i < parts.size(); ++i) {
    out.nodes.insert(out.nodes.end(), std::make_move_iterator(parts[i].nodes.begin()),
                     std::make_move_iterator(parts[i].nodes.end()));
  }
  out.nodes.push_back(node);
  return out;
}

// Of `and`, `or` and `N of`: what is false adds nothing, what is true is one less to ask for.
Part Reducer::of_set(const ExprNode& node, std::vector<Part> parts) {
  ExprNode left = node;
  if (node.op != ExprOp::kAtLeast) left.number = node.op == ExprOp::kAnd ? 2 : 1;
  for (const Part& part : parts) left.number -= part.constant == true ? 1 : 0;
  std::erase_if(parts, [](const Part& part) { return part.constant.has_value(); });
  if (left.number <= 0) return constant_part(true);
  if (left.number > static_cast<double>(parts.size())) return constant_part(false);
  if (parts.size() == 1) return std::move(parts.front());
  left.count = static_cast<uint32_t>(parts.size());
  if (node.op != ExprOp::kAtLeast) left.number = node.number;
  return joined(left, std::move(parts));
}

Part Reducer::of_comparison(const ExprNode& node, std::vector<Part> parts) {
  const auto is_absent = [](const Part& part) { return part.is_absent; };
  if (std::any_of(parts.begin(), parts.end(), is_absent)) return constant_part(false);
  const auto zero =
      std::find_if(parts.begin(), parts.end(), [](const Part& part) { return part.is_zero; });
  if (zero == parts.end()) return joined(node, std::move(parts));
  const auto is_number = [](const Part& part) {
    return part.is_zero || (part.nodes.size() == 1 && part.nodes[0].op == ExprOp::kNumber);
  };
  if (!std::all_of(parts.begin(), parts.end(), is_number)) return joined(node, std::move(parts));
  const auto value = [](const Part& part) { return part.is_zero ? 0 : part.nodes[0].number; };
  if (node.op == ExprOp::kIn) {
    return constant_part(std::any_of(parts.begin() + 1, parts.end(),
                                     [&](const Part& member) { return value(member) == 0; }));
  }
  return constant_part(compare_numbers(node.op, value(parts[0]), value(parts[1])));
}

Part Reducer::of_operands(const ExprNode& node, std::vector<Part> parts) {
  const std::optional<bool> first = parts.front().constant;
  switch (node.op) {
    case ExprOp::kNot:
      return first ? constant_part(!*first) : joined(node, std::move(parts));
    case ExprOp::kAnd:
    case ExprOp::kOr:
    case ExprOp::kAtLeast:
      return of_set(node, std::move(parts));
    case ExprOp::kAnyUrl:
      return first == false ? constant_part(false) : joined(node, std::move(parts));
    case ExprOp::kNear:
    case ExprOp::kBefore:
      return first == false || parts[1].constant == false ? constant_part(false)
                                                          : joined(node, std::move(parts));
    case ExprOp::kCount: {
      Part part = joined(node, std::move(parts));
      part.is_zero = first == false;
      return part;
    }
    default:
      return of_comparison(node, std::move(parts));
  }
}

void Reducer::add(const ExprNode& node, bool is_condition) {
  const auto count = static_cast<std::ptrdiff_t>(operand_count(node.op, node.count));
  SIEVE_CHECK(count <= std::ssize(stack_), "{} of {}", count, stack_.size());
  if (count > 0) {
    std::vector<Part> parts(std::make_move_iterator(stack_.end() - count),
                            std::make_move_iterator(stack_.end()));
    stack_.erase(stack_.end() - count, stack_.end());
    stack_.push_back(of_operands(node, std::move(parts)));
    return;
  }
  Part part;
  part.nodes.push_back(node);
  if (node.op == ExprOp::kPattern && is_absent(node)) part = constant_part(false);
  part.is_absent = node.op == ExprOp::kCapture && is_absent(node);
  if (node.op == ExprOp::kBool && is_condition) part = constant_part(node.number != 0);
  stack_.push_back(std::move(part));
}

Nodes negation(Nodes nodes) {
  ExprNode& node = nodes.emplace_back();
  node.op = ExprOp::kNot;
  node.count = 1;
  return nodes;
}

// `a` without `b`.
Nodes difference(const Nodes& a, const Nodes& b) {
  Nodes out = a;
  const Nodes other = negation(b);
  out.insert(out.end(), other.begin(), other.end());
  ExprNode& node = out.emplace_back();
  node.op = ExprOp::kAnd;
  node.count = 2;
  return out;
}

bool is_never(Nodes nodes) {
  Expression expression;
  expression.nodes = std::move(nodes);
  return truth_of(expression).never;
}

}  // namespace

void count_link_nodes(Nodes& nodes) {
  const ExprOperands operands = operands_of(nodes);
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].op == ExprOp::kAnyUrl) nodes[i].count = i - first_node_of(operands, i);
  }
}

std::string NormalForm::key() const {
  if (constant) return *constant ? "always" : "never";
  std::string key;
  for (const ExprNode& node : nodes) {
    key += fmt::format("{} {} {} {} {} {};", static_cast<int>(node.op), node.index, node.count,
                       node.field.value, node.number, node.text);
  }
  return key;
}

NormalForm normal_form(std::span<const ExprNode> nodes, AbsentPattern absent,
                       std::span<const CaptureDef> captures) {
  const std::vector<ExprPlace> places = places_of(nodes, operands_of(nodes));
  Reducer reducer(absent, captures);
  for (size_t i = 0; i < nodes.size(); ++i) reducer.add(nodes[i], places[i].is_condition);
  Part whole = reducer.take();
  if (whole.constant) return {whole.constant, {}};
  count_link_nodes(whole.nodes);
  return {{}, std::move(whole.nodes)};
}

bool is_same_condition(const NormalForm& a, const NormalForm& b) {
  if (a.constant && b.constant) return *a.constant == *b.constant;
  if (a.constant || b.constant) {
    const bool truth = a.constant.value_or(false) || b.constant.value_or(false);
    const Nodes& nodes = a.constant ? b.nodes : a.nodes;
    return is_never(truth ? negation(nodes) : nodes);
  }
  return is_never(difference(a.nodes, b.nodes)) && is_never(difference(b.nodes, a.nodes));
}

}  // namespace sieve
