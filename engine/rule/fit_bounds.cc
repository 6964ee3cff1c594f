// `fit:`: how far `rules fit` may move the score of a message rule.
#include <fmt/format.h>

#include "rule/rule_parts.h"

namespace sieve {
namespace {

double read_bound(YamlReader& reader, std::string_view key, double otherwise,
                  const YamlContext& context) {
  const double value = reader.optional_number(key, otherwise);
  if (value >= 0 && value <= kScoreMax) return value;
  context.error("R004", reader.node().find(key)->span,
                fmt::format("`{}` must be from 0 to {}", key, kScoreMax));
  return otherwise;
}

}  // namespace

FitBounds parse_fit(const YamlNode& node, const YamlContext& context) {
  FitBounds bounds;
  YamlReader reader(node, "`fit`", context);
  if (!reader.is_map()) return bounds;
  bounds.min = read_bound(reader, "min", bounds.min, context);
  bounds.max = read_bound(reader, "max", bounds.max, context);
  reader.finish();
  if (bounds.min <= bounds.max) return bounds;
  Diagnostic& out = context.error("R170", node.find("min")->span, "`min` is above `max`");
  out.help = "no score is between them; the same number twice keeps the score as it is";
  return {};
}

void check_fit(const Rule& rule, const YamlContext& context) {
  if (!rule.fit || (rule.score >= rule.fit->min && rule.score <= rule.fit->max)) return;
  Diagnostic& out = context.warning(
      "R171", rule.score_span,
      fmt::format("the score {} is not from {} to {}", rule.score, rule.fit->min, rule.fit->max));
  out.label = "`fit` allows no such score";
  out.help = "make `fit` wider, or write a score that it allows";
}

}  // namespace sieve
