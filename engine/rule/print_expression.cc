#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "rule/capture_names.h"
#include "rule/definitions.h"
#include "rule/expression.h"
#include "rule/look_alike_call.h"
#include "rule/look_alike_kinds.h"
#include "rule/token.h"
#include "rule/url_fields.h"

namespace sieve {
namespace {

// An expression already printed, and how tightly its outermost operator binds.
struct Printed {
  std::string text;
  int precedence;
};

constexpr int kOrBinds = 1;
constexpr int kAndBinds = 2;
constexpr int kNotBinds = 3;
constexpr int kCompareBinds = 4;
constexpr int kSumBinds = 5;
constexpr int kAtomBinds = 6;

std::string_view symbol_of(ExprOp op) {
  switch (op) {
    case ExprOp::kAnd:
      return "and";
    case ExprOp::kOr:
      return "or";
    case ExprOp::kEqual:
      return "==";
    case ExprOp::kNotEqual:
      return "!=";
    case ExprOp::kLess:
      return "<";
    case ExprOp::kLessEqual:
      return "<=";
    case ExprOp::kGreater:
      return ">";
    case ExprOp::kAdd:
      return "+";
    case ExprOp::kSubtract:
      return "-";
    default:
      return ">=";
  }
}

int precedence_of(ExprOp op) {
  if (op == ExprOp::kOr) return kOrBinds;
  if (op == ExprOp::kAdd || op == ExprOp::kSubtract) return kSumBinds;
  return op == ExprOp::kAnd ? kAndBinds : kCompareBinds;
}

std::string quoted(std::string_view text) {
  const char quote = text.find('"') == std::string_view::npos ? '"' : '\'';
  return fmt::format("{}{}{}", quote, text, quote);
}

// `url.lookalike(demobank, [homoglyph, tld])`; of all kinds none is named.
std::string look_alike_text(const ExprNode& node, const ExpressionScope& scope) {
  const auto kinds = LookAlikeKinds::from_bits(static_cast<uint32_t>(node.number));
  std::string names;
  for (const std::string_view name : look_alike_kind_names()) {
    if (!kinds.has(*find_look_alike_kind(name))) continue;
    names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
  }
  if (kinds != LookAlikeKinds::all())
    names = fmt::format(", [{}]", names);
  else
    names.clear();
  const std::string_view brand = node.index == kAnyBrand
                                     ? std::string_view("any")
                                     : scope.definitions->brands[node.index].name;
  return fmt::format("{}({}{})", kLookAlikeCall, brand, names);
}

std::string capture_text(const ExprNode& node, const ExpressionScope& scope) {
  const std::string_view name = scope.captures[node.index].name;
  const auto use = static_cast<CaptureUse>(node.number);
  if (use == CaptureUse::kText) return std::string(name);
  return fmt::format("{}({})", use == CaptureUse::kNumber ? "number" : "length", name);
}

std::string operand_text(const ExprNode& node, const ExpressionScope& scope) {
  switch (node.op) {
    case ExprOp::kPattern:
      return std::string(scope.patterns[node.index]);
    case ExprOp::kMeasure:
      return std::string(scope.measures[node.index].name);
    case ExprOp::kField:
      return std::string(info_of(node.field).name);
    case ExprOp::kUrlField:
      return std::string(info_of(UrlFieldId(static_cast<uint8_t>(node.index))).name);
    case ExprOp::kCapture:
      return capture_text(node, scope);
    case ExprOp::kLookAlike:
      return look_alike_text(node, scope);
    case ExprOp::kRule:
      return fmt::format("{}({})", kRuleCall, node.text);
    case ExprOp::kStepTime:
      return fmt::format("{}.{}", scope.steps[node.index].name, node.count == 1 ? "end" : "time");
    case ExprOp::kNumber:
      return fmt::format("{}", node.number);
    case ExprOp::kDuration:
      return format_duration({static_cast<int64_t>(node.number)});
    case ExprOp::kString:
      return quoted(node.text);
    default:
      return node.number != 0 ? "true" : "false";
  }
}

std::string wrapped(const Printed& part, int at_least) {
  return part.precedence < at_least ? fmt::format("({})", part.text) : part.text;
}

class Printer {
 public:
  explicit Printer(const ExpressionScope& scope) : scope_(scope) {}

  void add(const ExprNode& node);
  std::string text() const { return stack_.empty() ? std::string() : stack_.back().text; }

 private:
  // Takes the last `count` parts off the stack and joins them with commas.
  std::string take_list(size_t count) {
    SIEVE_CHECK(count <= stack_.size(), "{} of {}", count, stack_.size());
    std::string list;
    for (size_t i = stack_.size() - count; i < stack_.size(); ++i) {
      if (!list.empty()) list += ", ";
      list += stack_[i].text;
    }
    stack_.resize(stack_.size() - count);
    return list;
  }
  Printed take() {
    SIEVE_CHECK(!stack_.empty(), "postfix order is broken");
    Printed part = std::move(stack_.back());
    stack_.pop_back();
    return part;
  }
  void add_at_least(const ExprNode& node);
  void add_call(const ExprNode& node);

  const ExpressionScope& scope_;
  std::vector<Printed> stack_;
};

void Printer::add_at_least(const ExprNode& node) {
  std::string quantity = fmt::format("{}", node.number);
  if (node.number == 1) {
    quantity = "any";
  } else if (node.number == node.count) {
    quantity = "all";
  }
  const std::string list = take_list(node.count);
  stack_.push_back({fmt::format("{} of ({})", quantity, list), kAtomBinds});
}

void Printer::add_call(const ExprNode& node) {
  const std::string patterns = take_list(node.count);
  if (node.op == ExprOp::kCount) {
    stack_.push_back({fmt::format("count({})", patterns), kAtomBinds});
    return;
  }
  if (node.op >= ExprOp::kKnownPair) {
    const std::string_view name = node.op == ExprOp::kKnownPair ? "known_pair" : "first_seen";
    const std::string back = format_duration({static_cast<int64_t>(node.number)});
    stack_.push_back({fmt::format("{}({}, {})", name, patterns, back), kAtomBinds});
    return;
  }
  const std::string_view name = node.op == ExprOp::kNear ? "near" : "before";
  const std::string distance =
      node.number == kAnyDistance ? std::string() : fmt::format(", {}", node.number);
  stack_.push_back({fmt::format("{}({}{})", name, patterns, distance), kAtomBinds});
}

void Printer::add(const ExprNode& node) {
  if (node.op <= ExprOp::kBool) {
    stack_.push_back({operand_text(node, scope_), kAtomBinds});
    return;
  }
  if (node.op == ExprOp::kAtLeast) return add_at_least(node);
  if (node.op >= ExprOp::kCount) return add_call(node);
  if (node.op == ExprOp::kNot || node.op == ExprOp::kAnyUrl) {
    const std::string_view word = node.op == ExprOp::kNot ? "not" : "any url where";
    const Printed part = take();
    stack_.push_back({fmt::format("{} {}", word, wrapped(part, kNotBinds)), kNotBinds});
    return;
  }
  if (node.op == ExprOp::kIn) {
    const std::string list = take_list(node.count);
    const Printed value = take();
    stack_.push_back({fmt::format("{} in ({})", value.text, list), kCompareBinds});
    return;
  }
  if (node.op == ExprOp::kInList) {
    const Printed value = take();
    const std::vector<ListDef>& lists = scope_.definitions->lists;
    const bool is_own = node.index >= lists.size();  // The values of an exception.
    const std::string_view list = is_own ? "its values" : std::string_view(lists[node.index].name);
    stack_.push_back({fmt::format("{} in {}", value.text, list), kCompareBinds});
    return;
  }
  const int precedence = precedence_of(node.op);
  const Printed right = take();
  const Printed left = take();
  stack_.push_back({fmt::format("{} {} {}", wrapped(left, precedence), symbol_of(node.op),
                                wrapped(right, precedence + 1)),
                    precedence});
}

}  // namespace

std::string print_expression(const Expression& expression, const ExpressionScope& scope) {
  Printer printer(scope);
  for (const ExprNode& node : expression.nodes) printer.add(node);
  return printer.text();
}

}  // namespace sieve
