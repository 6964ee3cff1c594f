#include <fmt/format.h>

#include "rule/names.h"
#include "rule/rule_parts.h"

namespace sieve {
namespace {

constexpr double kSimilarityDefault = 0.8;
constexpr double kSimilarityMin = 0.5;

}  // namespace

CampaignDef parse_campaign(const YamlNode& node, const YamlContext& context) {
  CampaignDef campaign;
  campaign.span = node.span;
  YamlReader reader(node, "campaign", context);
  if (!reader.is_map()) return campaign;
  if (reader.required_node("by") != nullptr) {
    campaign.by =
        static_cast<CampaignBy>(reader.optional_choice("by", 0, list_of(kCampaignByNames)));
  }
  campaign.similarity = reader.optional_number("similarity", kSimilarityDefault);
  static_cast<WindowSpan&>(campaign) = parse_window_span(reader, context);
  reader.finish();
  const YamlEntry* similarity = node.find_entry("similarity");
  if (similarity == nullptr) return campaign;
  if (campaign.by != CampaignBy::kText) {
    Diagnostic& out =
        context.error("R153", similarity->key_span,
                      fmt::format("campaigns by {} have no similarity", name_of(campaign.by)));
    out.label = "of texts";
    out.help = "remove it, or write `by: text`";
  } else if (!(campaign.similarity >= kSimilarityMin && campaign.similarity <= 1)) {
    context.error("R004", similarity->value->span,
                  fmt::format("`similarity` must be from {} to 1", kSimilarityMin));
  }
  return campaign;
}

}  // namespace sieve
