// What exceptions come to beside the condition of their rule, as far as truth tables tell.
#include <fmt/format.h>

#include "base/limits.h"
#include "rule/rule_parts.h"
#include "rule/truth_table.h"

namespace sieve {
namespace {

// Own lists of two exceptions are different lists.
constexpr uint32_t kOtherLists = uint32_t{1} << 20;

Expression negated(Expression expression) {
  ExprNode node;
  node.op = ExprOp::kNot;
  node.count = 1;
  expression.nodes.push_back(node);
  return expression;
}

Expression with_other_lists(Expression expression) {
  for (ExprNode& node : expression.nodes) {
    if (node.op == ExprOp::kInList && node.index >= kOwnLists) node.index += kOtherLists;
  }
  return expression;
}

// Whether `a` and `b` can never be true of one record.
bool exclude_each_other(const Expression& a, const Expression& b) {
  Expression both;
  both.nodes = a.nodes;
  both.nodes.insert(both.nodes.end(), b.nodes.begin(), b.nodes.end());
  ExprNode node;
  node.op = ExprOp::kAnd;
  node.count = 2;
  both.nodes.push_back(node);
  return truth_of(both).never;
}

void check_beside_rule(const ExceptionDef& exception, const Expression& counted,
                       const YamlContext& context) {
  const SourceSpan span = exception.when.span;
  const bool is_always = counted.empty() ? truth_of(exception.when).always
                                         : exclude_each_other(counted, negated(exception.when));
  const bool is_never = counted.empty() ? truth_of(exception.when).never
                                        : exclude_each_other(counted, exception.when);
  if (is_never) {
    Diagnostic& out = context.warning(
        "R125", span, fmt::format("the exception `{}` never holds", exception.name));
    out.help = "remove it, or its part that excludes the rule's condition";
  } else if (is_always) {
    Diagnostic& out = context.error(
        "R125", span,
        fmt::format("the exception `{}` holds wherever the rule does", exception.name));
    out.label = "the rule could never hit";
    out.help = "narrow it, or give the rule `mode: shadow`";
  }
}

// True when it was reported.
bool check_beside_earlier(const ExceptionDef& exception, const ExceptionDef& earlier,
                          const YamlContext& context) {
  if (earlier.last_day < exception.last_day) return false;
  if (!exclude_each_other(exception.when, negated(with_other_lists(earlier.when)))) return false;
  Diagnostic& out = context.warning(
      "R125", exception.when.span,
      fmt::format("the exception `{}` holds only where `{}` does", exception.name, earlier.name));
  out.related.push_back({earlier.file, earlier.when.span, "this one comes first"});
  out.help = "remove it";
  return true;
}

}  // namespace

bool silences(const ExceptionDef& exception, const Rule& rule) {
  const Expression& counted = rule.kind() == RuleKind::kMessage ? rule.condition : rule.where;
  return !exception.when.empty() && !counted.empty() &&
         exclude_each_other(counted, negated(exception.when));
}

void lint_exceptions(const Rule& rule, size_t first, Diagnostics& diagnostics) {
  const Expression& counted = rule.kind() == RuleKind::kMessage ? rule.condition : rule.where;
  for (size_t i = first; i < rule.exceptions.size(); ++i) {
    const ExceptionDef& exception = rule.exceptions[i];
    if (exception.when.empty() || exception.kind == ExceptionKind::kFilter) continue;
    const YamlContext context{exception.file, 'R', &diagnostics};
    check_beside_rule(exception, counted, context);
    for (size_t j = 0; j < i; ++j) {
      if (rule.exceptions[j].when.empty()) continue;
      if (check_beside_earlier(exception, rule.exceptions[j], context)) break;
    }
  }
}

}  // namespace sieve
