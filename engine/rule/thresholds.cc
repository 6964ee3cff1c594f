#include <fmt/format.h>

#include "rule/parse.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

constexpr double kThresholdMax = 1'000;

// A threshold above zero; reports R004 otherwise.
double read_threshold(YamlReader& reader, std::string_view key, double otherwise,
                      const YamlContext& context) {
  const double value = reader.optional_number(key, otherwise);
  if (value > 0 && value <= kThresholdMax) return value;
  context.error("R004", reader.node().find(key)->span,
                fmt::format("`{}` must be above 0 and at most {}", key, kThresholdMax));
  return otherwise;
}

std::optional<double> read_budget(YamlReader& reader, const YamlContext& context) {
  const YamlNode* node = reader.optional_node("false_positive_budget");
  if (node == nullptr) return {};
  const double value = reader.optional_number("false_positive_budget", 0);
  if (value >= 0 && value <= 100) return value;
  context.error("R004", node->span, "`false_positive_budget` must be from 0 to 100 per cent");
  return {};
}

void parse_caps(const YamlNode& node, Thresholds& thresholds, const YamlContext& context) {
  if (node.kind != YamlKind::kMap) {
    context.error("R003", node.span, "`group_caps` must be a map from groups to scores");
    return;
  }
  YamlReader reader(node, "map of caps", context);
  for (const YamlEntry& entry : node.entries) {
    const double cap = read_threshold(reader, entry.key, 1, context);
    thresholds.group_caps.emplace(entry.key, cap);
  }
}

SourceSpan span_of(const YamlNode& root, std::string_view key) {
  const YamlNode* node = root.find(key);
  return node != nullptr ? node->span : root.span;
}

void check_order(const Thresholds& thresholds, const YamlNode& root, const YamlContext& context) {
  if (thresholds.review < thresholds.observe) {
    context.error("R060", span_of(root, "review"), "`review` is below `observe`").help =
        "verdicts go up with the score: observe, review, act";
  }
  if (thresholds.act < thresholds.review) {
    context.error("R060", span_of(root, "act"), "`act` is below `review`").help =
        "verdicts go up with the score: observe, review, act";
  }
  if (thresholds.review_tier_max < thresholds.act_tier_max) {
    context.error("R060", span_of(root, "act_tier_max"), "more tiers may act than be reviewed")
        .help = "make `act_tier_max` at most `review_tier_max`";
  }
}

}  // namespace

Thresholds parse_thresholds(std::string_view file, std::string_view text,
                            Diagnostics& diagnostics) {
  Thresholds out;
  const auto document = parse_yaml(file, text);
  if (!document) {
    diagnostics.insert(diagnostics.end(), document.error().begin(), document.error().end());
    return out;
  }
  const YamlContext context{std::string(file), 'R', &diagnostics};
  const YamlNode& root = document->root();
  YamlReader reader(root, "thresholds file", context);
  if (!reader.is_map()) return out;
  out.observe = read_threshold(reader, "observe", out.observe, context);
  out.review = read_threshold(reader, "review", out.review, context);
  out.act = read_threshold(reader, "act", out.act, context);
  out.act_tier_max = reader.optional_int("act_tier_max", out.act_tier_max, {1, 4});
  out.review_tier_max = reader.optional_int("review_tier_max", out.review_tier_max, {1, 4});
  if (const YamlNode* caps = reader.optional_node("group_caps")) parse_caps(*caps, out, context);
  out.false_positive_budget = read_budget(reader, context);
  out.tags = reader.optional_strings("tags");
  reader.finish();
  check_order(out, root, context);
  return out;
}

}  // namespace sieve
