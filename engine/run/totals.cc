#include "run/totals.h"

namespace sieve {
namespace {

// The place of `name`, which is added when it is new.
template <class Name>
uint32_t place_of(Name name, std::map<Name, uint32_t>& places, std::vector<Name>& names) {
  const auto [at, is_new] = places.try_emplace(name, static_cast<uint32_t>(names.size()));
  if (is_new) names.push_back(std::move(name));
  return at->second;
}

}  // namespace

SourceCounts Totals::all_sources() const {
  SourceCounts sum;
  for (const SourceCounts& source : sources) sum.add(source);
  return sum;
}

SharedTotals::SharedTotals(size_t source_count) {
  totals_.sources.resize(source_count);
  totals_.names = std::make_shared<const CountedNames>();
}

CounterPlaces SharedTotals::add_rules(const RuleSet& rules) {
  const std::lock_guard lock(mutex_);
  auto names = std::make_shared<CountedNames>(*totals_.names);
  CounterPlaces places;
  for (const CompiledRule& rule : rules.rules()) {
    places.rules.push_back(
        place_of<CountedRule>({rule.full_id, rule.rule->mode, rule.rule->severity, rule.rule->emit},
                              rule_places_, names->rules));
  }
  for (const CompiledException& exception : rules.exceptions()) {
    places.exceptions.push_back(
        place_of<CountedException>({rules.rule(exception.rule).full_id, exception.label,
                                    rules.rule(exception.rule).rule->emit},
                                   exception_places_, names->exceptions));
  }
  totals_.rules.resize(names->rules.size());
  totals_.excepted.resize(names->exceptions.size());
  totals_.names = std::move(names);
  return places;
}

void SharedTotals::add(size_t source, const BatchCounts& counts, const CounterPlaces& places) {
  const std::lock_guard lock(mutex_);
  totals_.sources[source].add(counts.source);
  for (size_t i = 0; i < kStageCount; ++i) totals_.stage_ns[i] += counts.stage_ns[i];
  for (const uint32_t exception : counts.excepted) {
    ++totals_.excepted[places.exceptions[exception]];
  }
  for (const RuleCountEvent& event : counts.rules) {
    RuleCounts& rule = totals_.rules[places.rules[event.rule.index()]];
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
      case RuleCount::kSuppressed:
        ++rule.suppressed;
        break;
    }
  }
}

Totals SharedTotals::get() const {
  const std::lock_guard lock(mutex_);
  return totals_;
}

}  // namespace sieve
