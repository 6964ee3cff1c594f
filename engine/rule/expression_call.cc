#include "rule/expression_call.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/limits.h"
#include "rule/capture_names.h"
#include "rule/history_call.h"
#include "rule/rule_call.h"

namespace sieve {
namespace {

struct Function {
  std::string_view name;
  ExprOp op;
  size_t patterns;
  size_t arguments_min;
  size_t arguments_max;
  std::string_view usage;
};

constexpr std::array<Function, 3> kFunctions = {
    {{"count", ExprOp::kCount, 1, 1, 1, "count(a) >= 3"},
     {"near", ExprOp::kNear, 2, 3, 3, "near(a, b, 60)"},
     {"before", ExprOp::kBefore, 2, 2, 3, "before(a, b) or before(a, b, 60)"}}};

const Function* find_function(std::string_view name) {
  const auto found = std::find_if(kFunctions.begin(), kFunctions.end(),
                                  [&](const Function& function) { return function.name == name; });
  return found == kFunctions.end() ? nullptr : &*found;
}

void report_unknown(const Token& name, const ExpressionChecker& checker) {
  std::vector<std::string_view> names;
  for (const Function& function : kFunctions) names.push_back(function.name);
  for (const std::string_view other : capture_function_names()) names.push_back(other);
  if (!checker.scope().space.empty()) names.push_back(kRuleCall);
  if (checker.scope().has_history) {
    names.insert(names.end(), kHistoryFunctions.begin(), kHistoryFunctions.end());
  }
  Diagnostic& out = checker.error("R070", name.begin, name.end,
                                  fmt::format("there is no function `{}`", name.text));
  const std::string_view near = nearest_name(name.text, names);
  out.help = fmt::format("the functions are: {}", fmt::join(names, ", "));
  if (name.text == "seen_count") out.help = "count with a rule that has a `window`";
  if (near.empty()) return;
  out.label = fmt::format("did you mean `{}`?", near);
  out.replacement = near;
}

class CallResolver {
 public:
  CallResolver(const ExpressionCall& call, const Function& function,
               const ExpressionChecker& checker, std::vector<ExprNode>& nodes)
      : call_(call), function_(function), checker_(checker), nodes_(nodes) {}

  // False when a problem was reported.
  bool add_arguments();
  void add_call();

 private:
  bool has_patterns() const;
  bool takes_that_many() const;
  bool add_pattern(const Token& argument);
  bool are_related() const;
  bool take_distance(const Token& argument);
  Diagnostic& refuse(const Token& argument, std::string title) const {
    return checker_.error("R071", argument.begin, argument.end, std::move(title));
  }

  const ExpressionCall& call_;
  const Function& function_;
  const ExpressionChecker& checker_;
  std::vector<ExprNode>& nodes_;
  std::vector<uint32_t> patterns_;
  double distance_ = kAnyDistance;
};

bool CallResolver::add_arguments() {
  if (!has_patterns() || !takes_that_many()) return false;
  bool sound = true;
  for (size_t i = 0; i < function_.patterns; ++i) {
    sound = add_pattern(call_.arguments[i]) && sound;
  }
  if (call_.arguments.size() > function_.patterns) {
    sound = take_distance(call_.arguments.back()) && sound;
  }
  return sound && are_related();
}

bool CallResolver::has_patterns() const {
  const ExpressionScope& scope = checker_.scope();
  if (!scope.patterns.empty()) return true;
  const std::string title = fmt::format("`{}` needs patterns, and there are none", function_.name);
  refuse(call_.name, title).help =
      scope.measures.empty() ? "give the rule `patterns:`" : "name one of the measures";
  return false;
}

bool CallResolver::takes_that_many() const {
  const size_t given = call_.arguments.size();
  if (given >= function_.arguments_min && given <= function_.arguments_max) return true;
  const std::string_view quantity = given < function_.arguments_min ? "few" : "many";
  checker_
      .error("R071", call_.name.begin, call_.end,
             fmt::format("too {} arguments for `{}`", quantity, function_.name))
      .help = fmt::format("write it like {}", function_.usage);
  return false;
}

bool CallResolver::add_pattern(const Token& argument) {
  if (argument.kind != TokenKind::kName) {
    refuse(argument, "this is no pattern").help =
        fmt::format("write it like {}, with names of patterns", function_.usage);
    return false;
  }
  const Operand operand = checker_.resolve(argument, nodes_);
  if (operand.is_pattern) {
    patterns_.push_back(operand.index);
    return true;
  }
  if (operand.type != ExprType::kUnknown) {
    refuse(argument, fmt::format("`{}` is no pattern", argument.text)).help =
        fmt::format("the patterns are: {}", fmt::join(checker_.scope().patterns, ", "));
  }
  return false;
}

bool CallResolver::take_distance(const Token& argument) {
  distance_ = argument.number;
  const bool is_whole =
      argument.kind == TokenKind::kNumber && distance_ >= 0 && distance_ == std::floor(distance_);
  if (is_whole && distance_ <= limits::kDistanceCharsMax) return true;
  checker_.error("R073", argument.begin, argument.end, "this is no distance").help =
      fmt::format("a whole number of characters, from 0 to {}", limits::kDistanceCharsMax);
  return false;
}

// Places in different views cannot be compared.
bool CallResolver::are_related() const {
  if (patterns_.size() < 2) return true;
  const Token& second = call_.arguments[1];
  if (patterns_[0] == patterns_[1]) {
    refuse(second, "this is the same pattern").help =
        fmt::format("name another one, or write count({}) >= 2", second.text);
    return false;
  }
  const std::vector<View>& views = checker_.scope().pattern_views;
  if (views.empty() || views[patterns_[0]] == views[patterns_[1]]) return true;
  Diagnostic& out = checker_.error("R074", second.begin, second.end,
                                   "these patterns are searched in different views");
  out.label = fmt::format("in `{}`, and `{}` in `{}`", name_of(views[patterns_[1]]),
                          call_.arguments[0].text, name_of(views[patterns_[0]]));
  out.help = "give both patterns the same view";
  return false;
}

void CallResolver::add_call() {
  ExprNode node;
  node.op = function_.op;
  node.count = static_cast<uint32_t>(function_.patterns);
  node.number = function_.op == ExprOp::kCount ? 0 : distance_;
  node.span = checker_.span(call_.name.begin, call_.end);
  nodes_.push_back(std::move(node));
}

}  // namespace

bool is_function(std::string_view name) {
  return find_function(name) != nullptr || is_capture_function(name) || is_history_function(name) ||
         name == kRuleCall;
}

Operand resolve_call(const ExpressionCall& call, const ExpressionChecker& checker,
                     std::vector<ExprNode>& nodes) {
  if (is_history_function(call.name.text)) return resolve_history_call(call, checker, nodes);
  if (call.name.text == kRuleCall) return resolve_rule_call(call, checker, nodes);
  Operand operand;
  operand.begin = call.name.begin;
  operand.end = call.end;
  operand.is_value = true;  // Nothing more is said of a call with problems.
  if (is_capture_function(call.name.text)) return resolve_capture_call(call, checker, nodes);
  const Function* function = find_function(call.name.text);
  if (function == nullptr) {
    report_unknown(call.name, checker);
    return operand;
  }
  CallResolver resolver(call, *function, checker, nodes);
  if (!resolver.add_arguments()) return operand;
  resolver.add_call();
  operand.is_count = function->op == ExprOp::kCount;
  operand.is_value = operand.is_count;
  operand.type = operand.is_count ? ExprType::kNumber : ExprType::kBool;
  return operand;
}

}  // namespace sieve
