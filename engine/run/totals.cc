#include "run/totals.h"

namespace sieve {

SourceCounts Totals::all_sources() const {
  SourceCounts sum;
  for (const SourceCounts& source : sources) sum.add(source);
  return sum;
}

SharedTotals::SharedTotals(size_t source_count, const RuleSet& rules) {
  totals_.sources.resize(source_count);
  totals_.rules.resize(rules.rules().size());
  totals_.excepted.resize(rules.exceptions().size());
}

void SharedTotals::add(size_t source, const BatchCounts& counts) {
  const std::lock_guard lock(mutex_);
  totals_.sources[source].add(counts.source);
  for (size_t i = 0; i < kStageCount; ++i) totals_.stage_ns[i] += counts.stage_ns[i];
  for (const uint32_t exception : counts.excepted) ++totals_.excepted[exception];
  for (const RuleCountEvent& event : counts.rules) {
    RuleCounts& rule = totals_.rules[event.rule.index()];
    switch (event.count) {
      case RuleCount::kHit:
        ++rule.hits;
        break;
      case RuleCount::kShadowHit:
        ++rule.shadow_hits;
        break;
      case RuleCount::kAlert:
        ++rule.alerts;
        break;
    }
  }
}

Totals SharedTotals::get() const {
  const std::lock_guard lock(mutex_);
  return totals_;
}

}  // namespace sieve
