#include "rule/expression_part.h"

#include "rule/expression_parser.h"
#include "rule/relation.h"

namespace sieve {
namespace {

// What is read, and how.
struct Grammar {
  Arithmetic arithmetic = Arithmetic::kNone;
  std::vector<ExprNode> (*parse)(std::vector<Token>, const ExpressionChecker&) = parse_tokens;
};

Expression read(const YamlNode& node, ByteSpan part, const Grammar& grammar,
                const ExpressionChecker& checker) {
  const YamlContext& context = checker.context();
  Expression out;
  out.span = node.span;
  if (node.kind != YamlKind::kScalar) {
    context.error("R003", node.span, "an expression must be text");
    return out;
  }
  if (node.style == YamlStyle::kFolded) {
    context.error("R017", node.span, "an expression cannot be a folded block").help =
        "write `|` instead of `>`: then problems can be shown where they are";
    return out;
  }
  out.text = node.scalar.substr(part.begin, part.end - part.begin);
  out.text.resize(out.text.find_last_not_of(" \t\r\n") + 1);
  const size_t before = context.diagnostics->size();
  Tokens tokens = tokenize(std::string_view(node.scalar).substr(0, part.begin + out.text.size()),
                           part.begin, grammar.arithmetic);
  for (const TokenError& problem : tokens.errors) {
    Diagnostic& shown = checker.error("R010", problem.begin, problem.end, problem.title);
    shown.help = problem.help;
    shown.replacement = problem.replacement;
  }
  if (tokens.errors.empty()) {
    out.nodes = grammar.parse(std::move(tokens.tokens), checker);
    if (context.diagnostics->size() > before) out.nodes.clear();
  }
  context.drop_lost_patches(node, before);
  return out;
}

}  // namespace

Expression parse_expression(const YamlNode& node, const ExpressionScope& scope,
                            const YamlContext& context) {
  const auto size = static_cast<uint32_t>(node.scalar.size());
  return parse_expression_part(node, {0, size}, scope, context);
}

Expression parse_relation(const YamlNode& node, const ExpressionScope& scope,
                          const YamlContext& context) {
  const auto size = static_cast<uint32_t>(node.scalar.size());
  const Grammar grammar{Arithmetic::kTimes, parse_relation_tokens};
  return read(node, {0, size}, grammar, ExpressionChecker(node, scope, context));
}

Expression parse_expression_part(const YamlNode& node, ByteSpan part, const ExpressionScope& scope,
                                 const YamlContext& context) {
  return read(node, part, {}, ExpressionChecker(node, scope, context));
}

}  // namespace sieve
