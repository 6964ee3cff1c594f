#include "evaluate/condition_graph.h"

#include <fmt/format.h>

#include <algorithm>

#include "record/fields.h"
#include "rule/expression_tree.h"

namespace sieve {
namespace {

// What is part of the graph, and not of a test.
bool is_gate(ExprOp op) {
  return op == ExprOp::kNot || op == ExprOp::kAnd || op == ExprOp::kOr || op == ExprOp::kAtLeast ||
         op == ExprOp::kRule || op == ExprOp::kException;
}

// By node: it is true or false by itself, as the whole or as an operand of a gate.
std::vector<bool> find_parts(std::span<const ExprNode> nodes, const ExprOperands& operands) {
  std::vector<bool> is_part(nodes.size());
  is_part.back() = true;
  for (size_t i = nodes.size(); i-- > 0;) {
    if (!is_part[i] || !is_gate(nodes[i].op)) continue;
    for (const uint32_t operand : operands[i]) is_part[operand] = true;
  }
  return is_part;
}

// What tests with equal programs have in common, and no others.
std::string key_of(std::span<const ExprNode> nodes, std::span<const CompiledCapture> captures) {
  std::string key;
  for (const ExprNode& node : nodes) {
    const bool is_capture = node.op == ExprOp::kCapture;
    const std::string& text = is_capture ? captures[node.index].group : node.text;
    key +=
        fmt::format("{},{},{},{},{},{}:{};", static_cast<int>(node.op), is_capture ? 0 : node.index,
                    node.count, node.field.value, node.number, text.size(), text);
  }
  return key;
}

std::vector<SignalId> signals_in(std::span<const ExprNode> nodes) {
  std::vector<SignalId> signals;
  for (const ExprNode& node : nodes) {
    if (node.op == ExprOp::kPattern) signals.emplace_back(node.index);
    if (node.op == ExprOp::kCapture) signals.emplace_back(node.count);
  }
  std::sort(signals.begin(), signals.end());
  signals.erase(std::unique(signals.begin(), signals.end()), signals.end());
  return signals;
}

// Of running `test`, in the unit of a regular expression's search: links are found once a message,
// and what else a text offers takes a pass for each kind.
double cost_of(const ConditionGraph::Test& test) {
  constexpr double kRun = 0.05;
  constexpr double kRelation = 0.3;
  constexpr double kCapture = 2;
  constexpr double kLinks = 0.5;
  constexpr double kEntities = 3;
  double cost = kRun;
  if (test.program.reads_links()) cost += kLinks;
  for (const ExprNode& node : test.program.nodes()) {
    if (node.op == ExprOp::kCapture) cost += kCapture;
    if (node.op == ExprOp::kPattern) cost += kRelation;
  }
  for (const FieldId field : test.program.fields()) {
    const FieldInfo& info = info_of(field);
    const bool is_cheap = !is_read_in_text(info) || info.name.starts_with("msg.fold.");
    if (!is_cheap) cost += info.name == "msg.url.count" ? kLinks : kEntities;
  }
  return cost;
}

}  // namespace

// Adds one expression, part by part.
class ConditionGraph::Builder {
 public:
  Builder(ConditionGraph& graph, const Expression& expression, std::span<const SignalId> signals,
          std::span<const std::shared_ptr<const ListSet>> lists,
          std::span<const CompiledCapture> captures)
      : graph_(graph),
        nodes_(expression.nodes),
        signals_(signals),
        lists_(lists),
        captures_(captures),
        operands_(operands_of(nodes_)),
        parts_(nodes_.size()) {}

  NodeRef add() {
    const std::vector<bool> is_part = find_parts(nodes_, operands_);
    for (uint32_t i = 0; i < nodes_.size(); ++i) {
      if (is_part[i]) parts_[i] = part_of(i);
    }
    return ref_of(static_cast<uint32_t>(nodes_.size()) - 1);
  }

 private:
  // Chains of one connective become one gate when what they stand in is known.
  struct Part {
    ExprOp chain = ExprOp::kNot;  // kAnd, kOr; else it is `operands.front()`.
    std::vector<NodeRef> operands;
  };

  NodeRef ref_of(uint32_t at) {
    const Part& part = parts_[at];
    if (part.chain == ExprOp::kOr) return graph_.gate_node(1, part.operands);
    if (part.chain != ExprOp::kAnd) return part.operands.front();
    return graph_.gate_node(static_cast<uint32_t>(part.operands.size()), part.operands);
  }

  Part part_of(uint32_t at) {
    const ExprNode& node = nodes_[at];
    switch (node.op) {
      case ExprOp::kAnd:
      case ExprOp::kOr:
        return chain_of(at);
      case ExprOp::kNot:
        return {ExprOp::kNot, {ref_of(operands_[at][0]).denied()}};
      case ExprOp::kRule:
        return {ExprOp::kNot, {ref_of(operands_[at][0])}};
      case ExprOp::kException:
        return {ExprOp::kAnd, {ref_of(operands_[at][0]), in_force(node)}};
      case ExprOp::kAtLeast:
        return {ExprOp::kNot, {at_least(at)}};
      case ExprOp::kPattern:
        return {ExprOp::kNot, {graph_.signal_node(signals_[node.index])}};
      default:
        const auto first = nodes_.begin() + first_node_of(operands_, at);
        return {ExprOp::kNot, {test({first, nodes_.begin() + at + 1})}};
    }
  }

  Part chain_of(uint32_t at) {
    Part chain{nodes_[at].op, {}};
    for (const uint32_t operand : operands_[at]) {
      if (nodes_[operand].op == chain.chain) {
        const std::vector<NodeRef>& inner = parts_[operand].operands;
        chain.operands.insert(chain.operands.end(), inner.begin(), inner.end());
      } else {
        chain.operands.push_back(ref_of(operand));
      }
    }
    return chain;
  }

  NodeRef at_least(uint32_t at) {
    std::vector<NodeRef> operands;
    for (const uint32_t operand : operands_[at]) operands.push_back(ref_of(operand));
    return graph_.gate_node(static_cast<uint32_t>(nodes_[at].number), std::move(operands));
  }

  // That an exception is not over and sees all links.
  NodeRef in_force(const ExprNode& exception) {
    ExprNode truth;
    truth.number = 1;
    return test({truth, exception});
  }

  NodeRef test(std::vector<ExprNode> nodes) {
    Expression expression;
    expression.nodes = std::move(nodes);
    Test test;
    test.program = Program::compile(expression, signals_, lists_, captures_);
    test.signals = signals_in(test.program.nodes());
    std::string key = key_of(test.program.nodes(), captures_);
    return graph_.test_node(std::move(key), std::move(test));
  }

  ConditionGraph& graph_;
  const std::vector<ExprNode>& nodes_;
  std::span<const SignalId> signals_;
  std::span<const std::shared_ptr<const ListSet>> lists_;
  std::span<const CompiledCapture> captures_;
  const ExprOperands operands_;
  std::vector<Part> parts_;  // By node: of those that are parts.
};

NodeRef ConditionGraph::add(const Expression& expression, std::span<const SignalId> signals,
                            std::span<const std::shared_ptr<const ListSet>> lists,
                            std::span<const CompiledCapture> captures) {
  if (expression.empty()) return gate_node(0, {});
  return Builder(*this, expression, signals, lists, captures).add();
}

uint32_t ConditionGraph::add_node(const Node& node) {
  nodes_.push_back(node);
  return static_cast<uint32_t>(nodes_.size()) - 1;
}

NodeRef ConditionGraph::signal_node(SignalId signal) {
  const auto [entry, is_new] = by_signal_.try_emplace(signal, 0);
  if (is_new) entry->second = add_node({Kind::kSignal, 0, 0, signal.value});
  return NodeRef(entry->second);
}

NodeRef ConditionGraph::gate_node(uint32_t least, std::vector<NodeRef> operands) {
  std::sort(operands.begin(), operands.end());
  const bool asks_for_all = least == operands.size();
  if (asks_for_all || least == 1) {
    operands.erase(std::unique(operands.begin(), operands.end()), operands.end());
    if (asks_for_all) least = static_cast<uint32_t>(operands.size());
    if (operands.size() == 1) return operands.front();
  }
  const auto count = static_cast<uint32_t>(operands.size());
  const auto [entry, is_new] = by_operands_.try_emplace(GateKey(least, std::move(operands)), 0);
  if (is_new) {
    const std::vector<NodeRef>& all = entry->first.second;
    const auto first = static_cast<uint32_t>(operands_.size());
    operands_.insert(operands_.end(), all.begin(), all.end());
    entry->second = add_node({Kind::kGate, least, count, first});
  }
  return NodeRef(entry->second);
}

NodeRef ConditionGraph::test_node(std::string key, Test test) {
  const auto [entry, is_new] = by_test_.try_emplace(std::move(key), 0);
  if (is_new) {
    entry->second = add_node({Kind::kTest, 0, 0, static_cast<uint32_t>(tests_.size())});
    tests_.push_back(std::move(test));
  }
  return NodeRef(entry->second);
}

void ConditionGraph::order_operands(std::span<const double> signal_costs) {
  // Of looking at a node whose answer is there: a phrase goes before a helper of phrases.
  constexpr double kLook = 0.001;
  std::vector<double> costs(nodes_.size(), kLook);
  for (size_t i = 0; i < nodes_.size(); ++i) {
    const Node& node = nodes_[i];
    if (node.kind == Kind::kSignal) {
      costs[i] += signal_costs[node.index];
    } else if (node.kind == Kind::kTest) {
      costs[i] += cost_of(test(node));
      for (const SignalId signal : test(node).signals) costs[i] += signal_costs[signal.index()];
    }
    if (node.kind != Kind::kGate) continue;
    const auto first = operands_.begin() + node.index;
    for (const NodeRef operand : operands(node)) costs[i] += costs[operand.node()];
    std::stable_sort(first, first + node.count,
                     [&](NodeRef a, NodeRef b) { return costs[a.node()] < costs[b.node()]; });
  }
}

}  // namespace sieve
