// ConditionAnswers say what the nodes of a ConditionGraph come to for one message: each is worked
// out once, however many rules ask, and no further than the answer needs.
//
//   answers.start(input);                  // A new message.
//   if (answers.may_hold(rule.root) &&     // By what is known: looks for nothing.
//       answers.holds(rule.root)) ...      // Looks for what it takes, what costs least first.
//
// Thread safety: none; one per thread. Lifetime: refers to the graph, the finder and the input of
// the last start(). Allocates nothing after warm-up.
#pragma once

#include <cstdint>
#include <vector>

#include "evaluate/condition_graph.h"
#include "evaluate/signal_finder.h"

namespace sieve {

class ConditionAnswers {
 public:
  ConditionAnswers(const ConditionGraph& graph, SignalFinder& finder);

  // Forgets all answers. `input` is what tests run on; its signals are the finder's.
  void start(const ProgramInput& input);
  // False when `root` is false whatever the unknown signals, all fields, links and occurrences
  // are (Kleene's three-valued logic).
  bool may_hold(NodeRef root) { return ask<false>(root) != Truth::kFalse; }
  bool holds(NodeRef root) { return ask<true>(root) == Truth::kTrue; }

 private:
  // What a node came to; kNone: that has to be worked out.
  enum class Truth : uint8_t { kNone, kFalse, kTrue, kOpen };
  // A gate whose operands are asked, one after the other.
  struct Frame {
    uint32_t node;
    uint32_t next;   // The operand to be asked next.
    int32_t needed;  // So many more must hold,
    int32_t spare;   // and so many more may not.

    void count(Truth truth) {
      needed -= truth == Truth::kTrue ? 1 : 0;
      spare -= truth == Truth::kFalse ? 1 : 0;
    }
    Truth truth() const {
      if (needed <= 0) return Truth::kTrue;
      return spare < 0 ? Truth::kFalse : Truth::kOpen;
    }
  };

  static Truth of(NodeRef ref, Truth truth);
  static Frame frame_of(uint32_t index, const ConditionGraph::Node& gate);
  template <bool kExactly>
  Truth ask(NodeRef root);
  template <bool kExactly>
  Truth answer_or_enter(uint32_t node);
  template <bool kExactly>
  Truth go_on(Truth operand);
  template <bool kExactly>
  Truth run(const ConditionGraph::Test& test);
  Truth decide_by_known(uint32_t index, const ConditionGraph::Node& gate) const;
  Truth signal(SignalId signal) const;
  Truth known(uint32_t node) const;
  Truth keep(uint32_t node, Truth truth);

  const ConditionGraph& graph_;
  SignalFinder& finder_;
  const ProgramInput* input_ = nullptr;
  // By node: the truth in the two lowest bits, above them the number of the message.
  std::vector<uint32_t> answers_;
  uint32_t message_ = 0;
  std::vector<Frame> frames_;
};

}  // namespace sieve
