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
  // Forgets what was left open, now that the finder has found more or the input is another.
  void forget_open(const ProgramInput& input);

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
  // By node: the truth in the two lowest bits, above them the time at which it was found. Times
  // count up, from message to message and when more becomes known.
  std::vector<uint32_t> answers_;
  uint32_t began_ = 0;  // The message; older answers are of others.
  uint32_t now_ = 0;    // Older answers that are open are out of date.
  std::vector<Frame> frames_;
};

}  // namespace sieve
