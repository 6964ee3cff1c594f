// How a score becomes a verdict (evaluator.h says it in full).
//
// Thread safety: pure functions on plain data.
#pragma once

#include <string_view>

#include "rule/model.h"

namespace sieve {

// The route of rules about recruitment and compounds: who is behind the number may be a victim, so
// that a message with such a hit is looked at by people and never acted upon by itself.
inline constexpr std::string_view kTraffickingRoute = "trafficking";

// What counts of a message's hits; shadow hits do not.
struct ScoreSum {
  double score = 0;
  double firm = 0;  // What hits of tier <= review_tier_max gave of it.
  bool has_hits = false;
  bool is_precise = false;        // One has tier <= act_tier_max.
  bool protects_victims = false;  // One has the trafficking route.

  // A hit of the rule that gives `given`, after the cap of its group.
  void add(const Rule& rule, double given, const Thresholds& thresholds);
};

Verdict verdict_of(const ScoreSum& sum, const Thresholds& thresholds);

}  // namespace sieve
