#include "run/score_sheet.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace sieve {

ScoreSum ScoreSheet::sum(std::span<const SheetHit> hits, std::span<const double> scores,
                         ShadowRules shadow) const {
  std::vector<SheetHit> order;
  for (const SheetHit& hit : hits) {
    const bool is_shadow = rules_.rule(hit.rule).rule->mode == RuleMode::kShadow;
    if (!is_shadow || shadow == ShadowRules::kAsIfLive) order.push_back(hit);
  }
  const auto key = [&](const SheetHit& hit) {
    const CompiledRule& compiled = rules_.rule(hit.rule);
    return std::tuple(-static_cast<int>(compiled.rule->severity), -scores[hit.rule.index()],
                      std::string_view(compiled.full_id));
  };
  std::sort(order.begin(), order.end(),
            [&](const SheetHit& a, const SheetHit& b) { return key(a) < key(b); });
  const Thresholds& thresholds = rules_.thresholds();
  std::map<std::string_view, double> left;  // Of the caps of groups.
  ScoreSum sum;
  for (const SheetHit& hit : order) {
    const Rule& rule = *rules_.rule(hit.rule).rule;
    double given = std::max(scores[hit.rule.index()] + hit.parts, 0.0);
    const auto cap = thresholds.group_caps.find(rule.group);
    if (!rule.group.empty() && cap != thresholds.group_caps.end()) {
      double& rest = left.emplace(rule.group, cap->second).first->second;
      given = std::min(given, rest);
      rest -= given;
    }
    sum.add(rule, given, thresholds);
  }
  return sum;
}

std::vector<SheetHit> ScoreSheet::hits_of(const Evaluation& evaluation) const {
  std::vector<SheetHit> hits;
  for (const auto* some : {&evaluation.hits, &evaluation.shadow_hits}) {
    for (const Hit& hit : *some) {
      const std::vector<ScorePart>& parts = rules_.rule(hit.rule).rule->score_parts;
      SheetHit& out = hits.emplace_back(SheetHit{hit.rule});
      for (size_t i = 0; i < parts.size(); ++i) {
        if ((hit.score_parts >> i & 1U) != 0) out.parts += parts[i].add;
      }
    }
  }
  std::sort(hits.begin(), hits.end(),
            [](const SheetHit& a, const SheetHit& b) { return a.rule < b.rule; });
  return hits;
}

}  // namespace sieve
