#include "evaluate/condition_answers.h"

#include <algorithm>

namespace sieve {
namespace {

constexpr uint32_t kTruthBits = 2;
constexpr uint32_t kMessageMax = UINT32_MAX >> kTruthBits;

}  // namespace

ConditionAnswers::ConditionAnswers(const ConditionGraph& graph, SignalFinder& finder)
    : graph_(graph), finder_(finder), answers_(graph.size()) {
  frames_.reserve(graph.size());  // No deeper than it is large.
}

void ConditionAnswers::start(const ProgramInput& input) {
  input_ = &input;
  if (++message_ <= kMessageMax) return;
  std::fill(answers_.begin(), answers_.end(), 0);
  message_ = 1;
}

ConditionAnswers::Truth ConditionAnswers::of(NodeRef ref, Truth truth) {
  const bool turns = ref.is_denied() && (truth == Truth::kFalse || truth == Truth::kTrue);
  if (!turns) return truth;
  return truth == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
}

ConditionAnswers::Truth ConditionAnswers::keep(uint32_t node, Truth truth) {
  answers_[node] = message_ << kTruthBits | static_cast<uint32_t>(truth);
  return truth;
}

ConditionAnswers::Truth ConditionAnswers::signal(SignalId signal) const {
  if (finder_.raised()[signal.index()]) return Truth::kTrue;
  return finder_.unknown()[signal.index()] ? Truth::kOpen : Truth::kFalse;
}

// The answer that was worked out for this message, if there is one.
ConditionAnswers::Truth ConditionAnswers::known(uint32_t node) const {
  const uint32_t answer = answers_[node];
  const bool is_valid = answer >> kTruthBits == message_;
  return is_valid ? static_cast<Truth>(answer & ((1U << kTruthBits) - 1)) : Truth::kNone;
}

ConditionAnswers::Frame ConditionAnswers::frame_of(uint32_t index,
                                                   const ConditionGraph::Node& gate) {
  const auto least = static_cast<int32_t>(gate.least);
  return {index, 0, least, static_cast<int32_t>(gate.count) - least};
}

template <bool kExactly>
ConditionAnswers::Truth ConditionAnswers::ask(NodeRef root) {
  Truth truth = answer_or_enter<kExactly>(root.node());
  while (!frames_.empty()) truth = go_on<kExactly>(truth);
  return of(root, truth);
}

// The answer of `node`; kNone when it is a gate, whose frame is the innermost now.
template <bool kExactly>
ConditionAnswers::Truth ConditionAnswers::answer_or_enter(uint32_t index) {
  const ConditionGraph::Node& node = graph_.node(index);
  if (node.kind == ConditionGraph::Kind::kSignal) {
    const Truth truth = signal(SignalId(node.index));
    if (!kExactly || truth != Truth::kOpen) return truth;
    return finder_.find(SignalId(node.index)) ? Truth::kTrue : Truth::kFalse;
  }
  const Truth before = known(index);
  if (before != Truth::kNone && (!kExactly || before != Truth::kOpen)) return before;
  if (node.kind == ConditionGraph::Kind::kTest)
    return keep(index, run<kExactly>(graph_.test(node)));
  if (kExactly) {
    const Truth decided = decide_by_known(index, node);
    if (decided != Truth::kOpen) return keep(index, decided);
  }
  frames_.push_back(frame_of(index, node));
  return Truth::kNone;
}

// What `gate` comes to by the operands that are known, wherever they stand: what came to be known
// since it was left open may decide without any search.
ConditionAnswers::Truth ConditionAnswers::decide_by_known(uint32_t index,
                                                          const ConditionGraph::Node& gate) const {
  Frame frame = frame_of(index, gate);
  for (const NodeRef operand : graph_.operands(gate)) {
    const ConditionGraph::Node& node = graph_.node(operand.node());
    const bool is_signal = node.kind == ConditionGraph::Kind::kSignal;
    frame.count(of(operand, is_signal ? signal(SignalId(node.index)) : known(operand.node())));
  }
  return frame.truth();
}

// Goes on with the innermost gate, whose operand asked last came to `operand` (kNone: it is just
// entered). What the gate comes to; kNone when one of its operands was entered.
template <bool kExactly>
ConditionAnswers::Truth ConditionAnswers::go_on(Truth operand) {
  Frame& frame = frames_.back();
  const std::span<const NodeRef> operands = graph_.operands(graph_.node(frame.node));
  if (operand != Truth::kNone) frame.count(of(operands[frame.next - 1], operand));
  while (frame.truth() == Truth::kOpen && frame.next < operands.size()) {
    const NodeRef next = operands[frame.next++];
    const Truth truth = answer_or_enter<kExactly>(next.node());
    if (truth == Truth::kNone) return truth;
    frame.count(of(next, truth));
  }
  const Frame done = frame;
  frames_.pop_back();
  return keep(done.node, done.truth());
}

template <bool kExactly>
ConditionAnswers::Truth ConditionAnswers::run(const ConditionGraph::Test& test) {
  const bool is_open = test.signals.empty() && !test.program.reads_links();
  if (!kExactly && is_open) return Truth::kOpen;
  if (kExactly) {
    for (const SignalId signal : test.signals) finder_.find(signal);
  }
  if (!is_open && !test.program.may_hold(*input_)) return Truth::kFalse;
  if (!kExactly) return Truth::kOpen;
  return test.program.run(*input_) ? Truth::kTrue : Truth::kFalse;
}

template ConditionAnswers::Truth ConditionAnswers::ask<false>(NodeRef);
template ConditionAnswers::Truth ConditionAnswers::ask<true>(NodeRef);

}  // namespace sieve
