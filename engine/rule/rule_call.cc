#include "rule/rule_call.h"

#include <fmt/format.h>

namespace sieve {
namespace {

void report_not_here(const ExpressionCall& call, const ExpressionChecker& checker) {
  const std::string_view owner = checker.scope().owner;
  Diagnostic& out =
      checker.error("R138", call.name.begin, call.end, "a rule cannot be referred to here");
  const bool is_shared = owner == kMacroOwner || owner == kFilterOwner;
  out.help = is_shared ? fmt::format(
                             "a {} is about fields and links: refer to rules in the "
                             "conditions of rules",
                             owner)
                       : "only rules on single messages refer to others: in `condition`, "
                         "`score_if` and `exceptions`";
}

void report_no_id(const ExpressionCall& call, const ExpressionChecker& checker) {
  Diagnostic& out =
      checker.error("R138", call.name.begin, call.end, "`rule` takes the id of a rule");
  out.help = "write it like rule(bulk-link) or, of another namespace, rule(shared/bulk-link)";
  const bool is_quoted = call.arguments.size() == 1 && call.arguments[0].kind == TokenKind::kString;
  if (!is_quoted) return;
  out.help = "write the id without quotes";
  out.replacement = fmt::format("{}({})", kRuleCall, call.arguments[0].text);
}

}  // namespace

Operand resolve_rule_call(const ExpressionCall& call, const ExpressionChecker& checker,
                          std::vector<ExprNode>& nodes) {
  Operand operand = condition_at(call.name.begin, call.end);
  const ExpressionScope& scope = checker.scope();
  ExprNode& node = nodes.emplace_back();
  node.op = ExprOp::kRule;
  if (scope.space.empty()) {
    report_not_here(call, checker);
  } else if (call.arguments.size() != 1 || call.arguments[0].kind != TokenKind::kName) {
    report_no_id(call, checker);
  } else {
    const Token& id = call.arguments[0];
    const bool is_full = id.text.find('/') != std::string_view::npos;
    node.text = is_full ? std::string(id.text) : fmt::format("{}/{}", scope.space, id.text);
    node.span = checker.span(id.begin, id.end);
    return operand;
  }
  operand.type = ExprType::kUnknown;
  return operand;
}

}  // namespace sieve
