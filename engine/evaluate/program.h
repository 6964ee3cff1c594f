// A Program is an Expression made ready to run: operands resolved to signals of the rule set,
// constants inline, evaluated over a small stack without allocation.
//
// Thread safety: immutable after compile; run() is pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/strong_id.h"
#include "rule/expression.h"

namespace sieve {

using SignalId = StrongId<struct SignalTag>;

class Occurrences;

// What a program may look at. Null members: the program does not use them.
struct ProgramInput {
  const std::vector<bool>* signals = nullptr;  // By SignalId.
  const std::vector<bool>* unknown = nullptr;  // By SignalId: for may_hold().
  const Record* record = nullptr;
  const FieldContext* context = nullptr;
  Occurrences* occurrences = nullptr;
  std::span<const double> measures;
};

class Program {
 public:
  Program() = default;
  // `signals` are those of the rule's patterns, by pattern index.
  static Program compile(const Expression& expression, std::span<const SignalId> signals);

  // An empty program is true. A comparison with an absent field is false, and so is an absent
  // boolean field: `not` of either is true.
  bool run(const ProgramInput& input) const;
  // False when the condition is false whatever the unknown signals, all fields and occurrences are
  // (Kleene's three-valued logic): then nothing needs to be looked up for it.
  bool may_hold(const ProgramInput& input) const;
  bool empty() const { return nodes_.empty(); }

  // Signals of which at least one must have fired for the program to be true, whatever the fields:
  // of the possible sets the one with the smallest sum of `frequencies` (by SignalId). Nothing when
  // it can be true without any signal; an empty set when it is never true.
  std::optional<std::vector<SignalId>> witnesses(std::span<const double> frequencies) const;
  // It can be true when no signal fired: such rules must be tried on every message.
  bool true_without_signals() const;

  // It reads fields or counts or relates occurrences, which may have to be searched for.
  bool looks_further() const { return !fields_.empty() || relates_; }
  std::span<const FieldId> fields() const { return fields_; }
  std::span<const ExprNode> nodes() const { return nodes_; }

 private:
  // A node as it runs: small, so that a condition fits a few cache lines.
  struct Step {
    double number = 0;
    // Signal, measure, field, or the node that holds the text; of a call its first signal, of a
    // comparison the operand that is a count.
    uint32_t index = 0;
    uint32_t count = 0;  // Of a call: its second signal.
    ExprOp op = ExprOp::kBool;
    bool is_text = false;
    // Of a comparison with a count: what it is where the pattern does not occur.
    bool tests_count = false;
    bool holds_at_zero = false;
  };
  static Step step_of(const std::vector<ExprNode>& nodes, size_t at);
  struct Value;
  static Value operand(const Step& step, const std::vector<ExprNode>& nodes,
                       const ProgramInput& input);
  // What `step` makes of the operands from `first` on.
  static bool apply(const Step& step, const Value* first);
  static Value call(const Step& step, const Value* first, Occurrences* occurrences);
  static size_t operand_count(const Step& step);

  std::vector<Step> steps_;
  std::vector<ExprNode> nodes_;  // kPattern nodes hold the SignalId as index.
  std::vector<FieldId> fields_;
  bool relates_ = false;
};

}  // namespace sieve
