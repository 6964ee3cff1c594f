// A Program is an Expression made ready to run: operands resolved to signals of the rule set,
// constants inline, evaluated over a small stack without allocation.
//
// Thread safety: immutable after compile; run() is pure.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/strong_id.h"
#include "evaluate/message_reader.h"
#include "rule/expression.h"
#include "text/fold.h"

namespace sieve {

class Captures;
class ListSet;
class Occurrences;

using SignalId = StrongId<struct SignalTag>;

// A named group of the patterns of a signal.
struct CompiledCapture {
  SignalId signal;
  std::string group;
};

// In the witnesses of a program: the message has a link.
inline constexpr SignalId kHasLink{std::numeric_limits<uint32_t>::max()};

// Links of one message, by their index.
using LinkMask = uint32_t;
static_assert(limits::kUrlsPerMessageMax <= std::numeric_limits<LinkMask>::digits);

// What one part of a condition came to, for explanations.
struct NodeValue {
  static constexpr uint32_t kNoLink = std::numeric_limits<uint32_t>::max();
  uint32_t node = 0;        // Into Program::nodes().
  uint32_t link = kNoLink;  // Of what stands in an `any url where`: for which link.
  bool is_present = false;  // False: the message lacks the field.
  bool is_text = false;
  double number = 0;  // Of what is true or false: 1 or 0.
  std::string text;

  bool truth() const { return is_present && number != 0; }
};

// What a node of kLookAlike asks.
LookAlikeQuestion question_of(const ExprNode& node);

// What a program may look at. Null members: the program does not use them.
struct ProgramInput {
  const std::vector<bool>* signals = nullptr;  // By SignalId.
  const std::vector<bool>* unknown = nullptr;  // By SignalId: for may_hold().
  const Record* record = nullptr;
  const FieldContext* context = nullptr;
  Occurrences* occurrences = nullptr;
  Captures* captures = nullptr;
  std::span<const double> measures;
  MessageReader* reader = nullptr;  // Of the message; null: there are no links.
  Folder* folder = nullptr;  // Folds what is looked up in lists of text; null: there are none.
};

class Program {
 public:
  Program() = default;
  // `signals` are those of the rule's patterns, by pattern index, `captures` those of the rule;
  // `lists` are those of the rule set, which must outlive the program.
  static Program compile(const Expression& expression, std::span<const SignalId> signals,
                         std::span<const std::shared_ptr<const ListSet>> lists = {},
                         std::span<const CompiledCapture> captures = {});

  // An empty program is true. A comparison with an absent field is false, and so is an absent
  // boolean field: `not` of either is true.
  // `links`: gets those for which an `any url where` held.
  bool run(const ProgramInput& input, LinkMask* links = nullptr) const;
  // The same, by the same steps; says what each node came to, in the order in which they ran.
  // Allocates.
  bool trace(const ProgramInput& input, std::vector<NodeValue>& values) const;
  // False when the condition is false whatever the unknown signals, all fields, links and
  // occurrences are (Kleene's three-valued logic): then nothing needs to be looked up for it.
  bool may_hold(const ProgramInput& input) const;
  bool empty() const { return nodes_.empty(); }

  // Signals of which at least one must have fired for the program to be true, whatever the fields;
  // kHasLink stands for having a link. Of the possible sets it is the one with the smallest sum of
  // `frequencies` (by SignalId). Nothing when
  // it can be true without any signal; an empty set when it is never true.
  std::optional<std::vector<SignalId>> witnesses(std::span<const double> frequencies) const;
  // It can be true when no signal fired: such rules must be tried on every message.
  bool true_without_signals() const;
  // It asks about the links of a message.
  bool reads_links() const { return reads_links_; }
  // What it asks of the links' brands.
  std::span<const LookAlikeQuestion> look_alike_questions() const { return questions_; }

  // It reads fields, links or captures or counts or relates occurrences, which may have to be
  // searched for.
  bool looks_further() const {
    return !fields_.empty() || reads_links_ || relates_ || !captures_.empty();
  }
  std::span<const FieldId> fields() const { return fields_; }
  std::span<const ExprNode> nodes() const { return nodes_; }

 private:
  // A node as it runs: small, so that a condition fits a few cache lines.
  struct Step {
    double number = 0;
    // Signal, measure, field, question, capture, or the node that holds the text; of a call its
    // first signal, of a comparison the operand that is a count or captured.or captured.
    uint32_t index = 0;
    uint32_t count = 0;  // Of a call: its second signal.
    ExprOp op = ExprOp::kBool;
    bool is_text = false;
    // Of a comparison with a count or what is captured: what it is where the pattern does not
    // occur.
    bool tests_pattern = false;
    bool holds_at_zero = false;
    // Of kAnyUrl: it stands before the steps of the condition, which are run for one link after the
    // other, and not behind them. `count` leads from either to the other.
    bool opens = false;
    // For may_hold(): when this is the left operand of an `and` and surely false, or of an `or` and
    // surely true, so many steps later stands what it decides. 0: of neither.
    uint16_t decides = 0;
    bool decides_or = false;
  };
  static Step step_of(const std::vector<ExprNode>& nodes, size_t at);
  void add_step(size_t node_index);
  void add_shortcuts();
  struct Value;
  template <class Watcher>
  bool run_steps(const ProgramInput& input, LinkMask* links, Watcher&& watch) const;
  Value operand(const Step& step, const ProgramInput& input) const;
  Value captured(const Step& step, const ProgramInput& input) const;
  // What `step` makes of the operands from `first` on.
  bool apply(const Step& step, const Value* first, const ProgramInput& input) const;
  static Value call(const Step& step, const Value* first, Occurrences* occurrences);

  std::vector<Step> steps_;
  std::vector<ExprNode> nodes_;  // kPattern nodes hold the SignalId as index, kCapture as count.
  std::vector<FieldId> fields_;
  std::vector<LookAlikeQuestion> questions_;
  std::vector<CompiledCapture> captures_;
  bool relates_ = false;
  bool reads_links_ = false;
  std::span<const std::shared_ptr<const ListSet>> lists_;
};

}  // namespace sieve
