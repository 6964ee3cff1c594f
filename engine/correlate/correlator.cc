#include "correlate/correlator.h"

#include <absl/container/flat_hash_map.h>

#include "correlate/rule_windows.h"

namespace sieve {

struct Correlator::Impl {
  explicit Impl(std::shared_ptr<const FactPlan> fact_plan);

  bool is_repeat(const FactOrigin& origin);
  bool read_facts(FactBlockReader& reader);
  void apply_fact(const Fact& fact, const FactOrigin& origin, std::vector<Finding>& out);
  bool is_usable(const Fact& fact) const;
  void prefetch() const;
  void sum_tables();

  std::shared_ptr<const FactPlan> plan;
  std::vector<std::vector<std::unique_ptr<RuleWindows>>> projections;  // As in the plan.
  // By source and partition: the highest offset whose facts were applied.
  absl::flat_hash_map<uint64_t, int64_t> applied_offsets;
  std::vector<Fact> facts;  // Of the block at hand.
  CorrelatorStats stats;
};

Correlator::Impl::Impl(std::shared_ptr<const FactPlan> fact_plan) : plan(std::move(fact_plan)) {
  for (const Projection& projection : plan->projections()) {
    auto& rules = projections.emplace_back();
    for (const PlannedRule& rule : projection.rules) {
      rules.push_back(std::make_unique<RuleWindows>(rule, plan->rules().rule(rule.rule)));
    }
  }
}

// Advances the source's mark unless the block is a repeat.
bool Correlator::Impl::is_repeat(const FactOrigin& origin) {
  const uint64_t source = uint64_t{origin.source} << 32 | static_cast<uint32_t>(origin.partition);
  const auto [at, is_new] = applied_offsets.try_emplace(source, origin.offset);
  if (is_new) return false;
  if (origin.offset <= at->second) return true;
  at->second = origin.offset;
  return false;
}

// The whole block before any of it is applied, so that a damaged one leaves no trace.
bool Correlator::Impl::read_facts(FactBlockReader& reader) {
  facts.clear();
  for (Fact fact; reader.next(fact);) facts.push_back(fact);
  return !reader.failed();
}

bool Correlator::Impl::is_usable(const Fact& fact) const {
  return fact.projection < projections.size() &&
         fact.value_count == plan->projections()[fact.projection].values.size();
}

// Memory of one fact comes while others are at work.
void Correlator::Impl::prefetch() const {
  for (const Fact& fact : facts) {
    if (fact.projection >= projections.size()) continue;
    for (const auto& rule : projections[fact.projection]) rule->prefetch(fact);
  }
}

void Correlator::Impl::apply_fact(const Fact& fact, const FactOrigin& origin,
                                  std::vector<Finding>& out) {
  if (!is_usable(fact)) {
    ++stats.unusable;
    return;
  }
  bool counts = false;
  bool in_time = false;
  for (const auto& rule : projections[fact.projection]) {
    if (!rule->counts(fact)) continue;
    counts = true;
    in_time = rule->apply(fact, origin, out) || in_time;
  }
  ++(!counts ? stats.unusable : in_time ? stats.applied : stats.late);
}

void Correlator::Impl::sum_tables() {
  stats.keys_evicted = 0;
  stats.keys_expired = 0;
  stats.suppressed = 0;
  for (const auto& rules : projections) {
    for (const auto& rule : rules) {
      stats.keys_evicted += rule->table().keys_evicted();
      stats.keys_expired += rule->table().keys_expired();
      stats.suppressed += rule->suppressed();
    }
  }
}

Correlator::Correlator(std::shared_ptr<const FactPlan> plan)
    : impl_(std::make_unique<Impl>(std::move(plan))) {}
Correlator::~Correlator() = default;
Correlator::Correlator(Correlator&&) noexcept = default;

void Correlator::apply(std::string_view block, std::vector<Finding>& out) {
  CorrelatorStats& stats = impl_->stats;
  auto reader = FactBlockReader::open(block);
  if (!reader) {
    // How many facts it had cannot be known; it counts as one.
    ++stats.facts;
    ++stats.unusable;
    return;
  }
  const uint64_t count = reader->count();
  stats.facts += count;
  if (!impl_->read_facts(*reader)) {
    stats.unusable += count;
    return;
  }
  if (impl_->is_repeat(reader->origin())) {
    stats.duplicate += count;
    return;
  }
  if (count > 1) impl_->prefetch();
  const size_t before = out.size();
  for (const Fact& fact : impl_->facts) impl_->apply_fact(fact, reader->origin(), out);
  stats.findings += out.size() - before;
}

const CorrelatorStats& Correlator::stats() const {
  impl_->sum_tables();
  return impl_->stats;
}

size_t Correlator::key_count() const {
  size_t count = 0;
  for (const auto& rules : impl_->projections) {
    for (const auto& rule : rules) count += rule->table().key_count();
  }
  return count;
}

size_t Correlator::state_bytes() const {
  size_t bytes = 0;
  for (const auto& rules : impl_->projections) {
    for (const auto& rule : rules) bytes += rule->state_bytes();
  }
  return bytes;
}

}  // namespace sieve
