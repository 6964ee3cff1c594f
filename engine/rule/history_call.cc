#include "rule/history_call.h"

#include <fmt/format.h>

#include <algorithm>

namespace sieve {
namespace {

constexpr Duration kBackMin{60'000};
constexpr Duration kBackMax{int64_t{366} * 86'400'000};
constexpr size_t kFieldsMax = 2;

class HistoryResolver {
 public:
  HistoryResolver(const ExpressionCall& call, const ExpressionChecker& checker,
                  std::vector<ExprNode>& nodes)
      : call_(call),
        checker_(checker),
        nodes_(nodes),
        is_pair_(call.name.text == kHistoryFunctions[0]),
        fields_(is_pair_ ? kFieldsMax : 1) {}

  // False when a problem was reported.
  bool add_arguments();
  void add_call();

 private:
  bool is_known_here() const;
  bool takes_that_many() const;
  bool add_field(const Token& argument);
  bool are_two_fields() const;
  bool take_time(const Token& argument);
  std::string_view usage() const {
    return is_pair_ ? "known_pair(call.to, call.from, 90d)" : "first_seen(msg.from, 7d)";
  }

  const ExpressionCall& call_;
  const ExpressionChecker& checker_;
  std::vector<ExprNode>& nodes_;
  bool is_pair_;
  size_t fields_;
};

bool HistoryResolver::add_arguments() {
  if (!is_known_here() || !takes_that_many()) return false;
  bool sound = true;
  for (size_t i = 0; i < fields_; ++i) sound = add_field(call_.arguments[i]) && sound;
  sound = take_time(call_.arguments.back()) && sound;
  return sound && are_two_fields();
}

bool HistoryResolver::is_known_here() const {
  if (checker_.scope().has_history) return true;
  const Token& name = call_.name;
  Diagnostic& out = checker_.error("R150", name.begin, name.end,
                                   fmt::format("`{}` cannot be used here", name.text));
  out.label = "a function of history";
  out.help = "only the `where` of a step of a `sequence` can ask for what was before";
  return false;
}

bool HistoryResolver::takes_that_many() const {
  const size_t given = call_.arguments.size();
  if (given == fields_ + 1) return true;
  checker_
      .error("R071", call_.name.begin, call_.end,
             fmt::format("too {} arguments for `{}`", given < fields_ + 1 ? "few" : "many",
                         call_.name.text))
      .help = fmt::format("write it like {}", usage());
  return false;
}

bool HistoryResolver::add_field(const Token& argument) {
  Operand operand;
  if (argument.kind == TokenKind::kName) operand = checker_.resolve(argument, nodes_);
  if (argument.kind == TokenKind::kName && operand.type == ExprType::kUnknown) return false;
  const bool is_text = operand.is_value && operand.type == ExprType::kString;
  if (is_pair_ ? operand.is_address : is_text) return true;
  Diagnostic& out = checker_.error("R151", argument.begin, argument.end,
                                   fmt::format("`{}` cannot be asked about this", call_.name.text));
  out.label = is_pair_ ? "no sender, recipient, caller or the like" : "no text field";
  out.help = fmt::format("write it like {}", usage());
  return false;
}

bool HistoryResolver::are_two_fields() const {
  if (!is_pair_ || call_.arguments[0].text != call_.arguments[1].text) return true;
  const Token& second = call_.arguments[1];
  checker_.error("R151", second.begin, second.end, "this is the same field").help =
      "name both sides, as in known_pair(call.to, call.from, 90d)";
  return false;
}

bool HistoryResolver::take_time(const Token& argument) {
  const double ms = argument.number;
  const bool is_sound = argument.kind == TokenKind::kDuration &&
                        ms >= static_cast<double>(kBackMin.ms) &&
                        ms <= static_cast<double>(kBackMax.ms);
  if (is_sound) return true;
  Diagnostic& out = checker_.error("R152", argument.begin, argument.end,
                                   "this does not say how far back to look");
  out.help = fmt::format("write a duration from {} to {}, as in {}", format_duration(kBackMin),
                         format_duration(kBackMax), usage());
  return false;
}

void HistoryResolver::add_call() {
  ExprNode node;
  node.op = is_pair_ ? ExprOp::kKnownPair : ExprOp::kFirstSeen;
  node.count = static_cast<uint32_t>(fields_);
  node.number = call_.arguments.back().number;
  node.span = checker_.span(call_.name.begin, call_.end);
  nodes_.push_back(std::move(node));
}

}  // namespace

bool is_history_function(std::string_view name) {
  return std::find(kHistoryFunctions.begin(), kHistoryFunctions.end(), name) !=
         kHistoryFunctions.end();
}

Operand resolve_history_call(const ExpressionCall& call, const ExpressionChecker& checker,
                             std::vector<ExprNode>& nodes) {
  Operand operand;
  operand.begin = call.name.begin;
  operand.end = call.end;
  operand.is_value = true;  // Nothing more is said of a call with problems.
  HistoryResolver resolver(call, checker, nodes);
  if (!resolver.add_arguments()) return operand;
  resolver.add_call();
  operand.is_value = false;
  operand.type = ExprType::kBool;
  return operand;
}

}  // namespace sieve
