// A ConditionGraph holds what all rules ask as one graph, in which equal parts are one node however
// many rules ask for them: mostly those of helpers, which many rules refer to. So each part is
// answered once a message (condition_answers.h).
//
// A node is a signal, a gate over others (`and`, `or`, `2 of`; `not` is part of the reference to
// a node), or a test: a comparison, a call, a question about links, which is run as a program.
//
//   NodeRef root = graph.add(expression, rule, lists);   // When rules are compiled.
//
// Thread safety: immutable once built, and shared then.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "evaluate/program.h"

namespace sieve {

// A node, or that it does not hold.
class NodeRef {
 public:
  NodeRef() = default;
  explicit NodeRef(uint32_t node, bool is_denied = false)
      : value_(node << 1 | (is_denied ? 1U : 0U)) {}

  uint32_t node() const { return value_ >> 1; }
  bool is_denied() const { return (value_ & 1U) != 0; }
  NodeRef denied() const { return NodeRef(node(), !is_denied()); }
  auto operator<=>(const NodeRef&) const = default;

 private:
  uint32_t value_ = 0;
};

class ConditionGraph {
 public:
  enum class Kind : uint8_t { kSignal, kGate, kTest };

  struct Node {
    Kind kind = Kind::kGate;
    // Of a gate: how many of its `count` operands must hold. `and` asks for all, `or` for one.
    uint32_t least = 0;
    uint32_t count = 0;
    // Of a gate: its first operand; else the signal, or the test.
    uint32_t index = 0;
  };

  // A part of a condition that is run as a whole.
  struct Test {
    Program program;
    std::vector<SignalId> signals;  // That it looks at.
  };

  // Adds what `expression`, over `signals` and `captures` as Program::compile() takes them, asks.
  // `lists` must outlive the graph. Nothing asked holds.
  NodeRef add(const Expression& expression, std::span<const SignalId> signals,
              std::span<const std::shared_ptr<const ListSet>> lists,
              std::span<const CompiledCapture> captures);
  // Puts the operands of all gates in the order in which they are best looked at: first what costs
  // least. `signal_costs`: of looking for a signal, by SignalId. Call it once, behind all add().
  void order_operands(std::span<const double> signal_costs);

  size_t size() const { return nodes_.size(); }
  const Node& node(uint32_t index) const { return nodes_[index]; }
  std::span<const NodeRef> operands(const Node& gate) const {
    return std::span(operands_).subspan(gate.index, gate.count);
  }
  const Test& test(const Node& test) const { return tests_[test.index]; }

 private:
  class Builder;
  using GateKey = std::pair<uint32_t, std::vector<NodeRef>>;

  NodeRef signal_node(SignalId signal);
  NodeRef gate_node(uint32_t least, std::vector<NodeRef> operands);
  NodeRef test_node(std::string key, Test test);
  uint32_t add_node(const Node& node);

  std::vector<Node> nodes_;  // Each behind those it is made of.
  std::vector<NodeRef> operands_;
  std::vector<Test> tests_;
  // What there is already; by what equal nodes have in common.
  std::map<SignalId, uint32_t> by_signal_;
  std::map<GateKey, uint32_t> by_operands_;
  std::map<std::string, uint32_t> by_test_;
};

}  // namespace sieve
