// `score_if:`: what adds to the score of a message rule that hits.
#include <fmt/format.h>

#include <cmath>

#include "base/limits.h"
#include "rule/rule_parts.h"
#include "rule/truth_table.h"

namespace sieve {
namespace {

constexpr double kAddMax = 100;

ScorePart parse_part(const YamlNode& node, const ExpressionScope& scope,
                     const YamlContext& context) {
  ScorePart part;
  YamlReader reader(node, "score part", context);
  if (!reader.is_map()) return part;
  const size_t before = context.diagnostics->size();
  if (const YamlNode* when = reader.required_node("when")) {
    part.when = parse_expression(*when, scope, context);
  }
  const YamlNode* add = reader.required_node("add");
  part.add = reader.optional_number("add", 0);
  part.why = reader.required_string("why");
  reader.finish();
  if (add != nullptr && (part.add == 0 || std::abs(part.add) > kAddMax)) {
    context.error("R004", add->span,
                  fmt::format("`add` must be from {} to {}, and not 0", -kAddMax, kAddMax));
  }
  if (context.diagnostics->size() > before || part.when.empty()) return part;
  const Truth truth = truth_of(part.when);
  if (truth.never || truth.always) {
    Diagnostic& out =
        context.warning("R134", part.when.span,
                        fmt::format("this condition is {} true", truth.never ? "never" : "always"));
    out.help = truth.never ? "remove this part" : "add to `score` itself";
  }
  return part;
}

}  // namespace

std::vector<ScorePart> parse_score_parts(const YamlNode& node, const ExpressionScope& scope,
                                         const YamlContext& context) {
  std::vector<ScorePart> parts;
  if (node.kind != YamlKind::kList) {
    context.error("R003", node.span, "`score_if` must be a list").help =
        "start each part with `- when:`";
    return parts;
  }
  if (node.items.size() > limits::kScorePartsMax) {
    context.error("R004", node.items[limits::kScorePartsMax]->span,
                  fmt::format("more than {} parts of one score", limits::kScorePartsMax));
    return parts;
  }
  for (const auto& item : node.items) parts.push_back(parse_part(*item, scope, context));
  return parts;
}

}  // namespace sieve
