#include "evaluate/verdict.h"

namespace sieve {

void ScoreSum::add(const Rule& rule, double given, const Thresholds& thresholds) {
  has_hits = true;
  score += given;
  if (rule.tier <= thresholds.review_tier_max) firm += given;
  is_precise |= rule.tier <= thresholds.act_tier_max;
  protects_victims |= rule.route == kTraffickingRoute;
}

Verdict verdict_of(const ScoreSum& sum, const Thresholds& thresholds) {
  if (!sum.has_hits) return Verdict::kClean;
  const bool may_act = sum.is_precise && !sum.protects_victims;
  if (sum.firm >= thresholds.act && may_act) return Verdict::kAct;
  if (sum.firm >= thresholds.review) return Verdict::kReview;
  return sum.score >= thresholds.observe ? Verdict::kObserve : Verdict::kClean;
}

}  // namespace sieve
