#include "run/correlate_stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/log.h"

namespace sieve {
namespace {

void add_stats(CorrelatorStats& sum, const CorrelatorStats& part) {
  sum.facts += part.facts;
  sum.applied += part.applied;
  sum.merged += part.merged;
  sum.late += part.late;
  sum.duplicate += part.duplicate;
  sum.unusable += part.unusable;
  sum.unknown_plan += part.unknown_plan;
  sum.zombie += part.zombie;
  sum.keys_evicted += part.keys_evicted;
  sum.keys_expired += part.keys_expired;
  sum.calls_evicted += part.calls_evicted;
  sum.findings += part.findings;
  sum.suppressed += part.suppressed;
  sum.other_plan += part.other_plan;
}

StreamError partitions_changed(size_t of_record, size_t now) {
  return {"facts_partitions_changed",
          fmt::format("a record of the facts topic was made for {} partitions, and the topic has "
                      "{}: facts of one key would be in two of them; stop all engines and go on "
                      "with a new facts topic (deploy/README.md, \"The facts topic\")",
                      of_record, now)};
}

}  // namespace

CorrelateStage::CorrelateStage(const InspectPlan& plan, std::vector<FactSource> sources,
                               OutputGate& gate, SharedTotals& totals)
    : sources_(std::move(sources)), gate_(gate), totals_(totals) {
  add_generation(plan);
}

void CorrelateStage::add_generation(const InspectPlan& plan) {
  generations_.push_back({&plan, plan.facts,
                          std::make_unique<AlertBuilder>(plan.rules, plan.privacy),
                          totals_.add_rules(*plan.rules), BatchCounts{}});
}

AdoptedWindows CorrelateStage::adopt(const InspectPlan& plan) {
  AdoptedWindows adopted;  // The same in every partition.
  for (auto& [partition, correlator] : correlators_) adopted = correlator.adopt(plan.facts);
  add_generation(plan);
  return adopted;
}

std::vector<std::shared_ptr<const void>> CorrelateStage::forget(const InspectPlan& plan) {
  add_counts();
  Generation& generation = generation_of(plan);
  std::vector<std::shared_ptr<const void>> gone = {generation.facts,
                                                   std::move(generation.alert_builder)};
  for (auto& [partition, correlator] : correlators_) {
    for (auto& state : correlator.forget(*generation.facts)) gone.push_back(std::move(state));
  }
  generations_.erase(generations_.begin() + (&generation - generations_.data()));
  return gone;
}

// Nearly always the newest.
CorrelateStage::Generation& CorrelateStage::generation_of(const InspectPlan& plan) {
  const auto found =
      std::find_if(generations_.rbegin(), generations_.rend(),
                   [&](const Generation& generation) { return generation.plan == &plan; });
  SIEVE_CHECK(found != generations_.rend(), "facts of a plan that is not loaded");
  return *found;
}

void CorrelateStage::open(FactsPartition partition) {
  const auto [at, is_new] = correlators_.try_emplace(partition, generations_.front().facts);
  SIEVE_CHECK(is_new, "facts partition {} is open already", partition.value);
  for (size_t i = 1; i < generations_.size(); ++i) at->second.adopt(generations_[i].facts);
}

void CorrelateStage::close(FactsPartition partition) {
  add_stats(closed_, correlator_of(partition).stats());
  correlators_.erase(partition);
  add_counts();
}

std::vector<Correlator*> CorrelateStage::correlators() {
  std::vector<Correlator*> all;
  for (auto& [partition, correlator] : correlators_) all.push_back(&correlator);
  return all;
}

void CorrelateStage::clear_state() {
  std::vector<FactsPartition> open_now;
  for (const auto& [partition, correlator] : correlators_) open_now.push_back(partition);
  for (const FactsPartition partition : open_now) {
    close(partition);
    open(partition);
  }
}

Correlator& CorrelateStage::correlator_of(FactsPartition partition) {
  const auto found = correlators_.find(partition);
  SIEVE_CHECK(found != correlators_.end(), "facts partition {} is not open", partition.value);
  return found->second;
}

void CorrelateStage::apply(const FactsOrigin& origin, std::string_view block,
                           const InspectPlan& plan) {
  Generation& generation = generation_of(plan);
  findings_.clear();
  correlator_of(origin.partition).apply(origin.lane, block, *generation.facts, findings_);
  for (const Finding& finding : findings_) emit(origin, finding, generation);
}

Expected<FactTimes, StreamError> CorrelateStage::apply_record(FactsPartition partition,
                                                              std::string_view record,
                                                              const DeliveryTicket& ticket) {
  FactTimes times;
  auto reader = FactsRecordReader::open(record);
  if (!reader) {
    ++damaged_records_;
    return times;
  }
  const size_t partition_count = generations_.back().plan->facts_partition_count;
  if (reader->head().partition_count != partition_count) {
    return Unexpected<StreamError>(
        partitions_changed(reader->head().partition_count, partition_count));
  }
  if (reader->head().kind == FactsRecordKind::kPlan) {
    learn(correlator_of(partition), *reader);
    return times;
  }
  const FactLane& lane = reader->head().lane;
  apply_blocks({partition, lane, name_of_source(lane.source), ticket}, *reader, times);
  return times;
}

void CorrelateStage::learn(Correlator& correlator, const FactsRecordReader& record) {
  const auto plan = parse_plan_record(record.plan_bytes(), record.head().plan);
  if (plan) {
    correlator.learn(*plan);
  } else {
    ++damaged_records_;
  }
}

void CorrelateStage::apply_blocks(const FactsOrigin& origin, FactsRecordReader& record,
                                  FactTimes& times) {
  Correlator& correlator = correlator_of(origin.partition);
  for (std::string_view block; record.next(block);) {
    findings_.clear();
    times.add(correlator.apply_logged(origin.lane, block, record.head().plan, findings_));
    for (const Finding& finding : findings_) emit(origin, finding, generations_.back());
  }
  damaged_records_ += record.failed() ? 1 : 0;
}

// Of a source that is configured elsewhere, nothing is known but that it is another.
std::string_view CorrelateStage::name_of_source(uint32_t id) const {
  const auto found = std::find_if(sources_.begin(), sources_.end(),
                                  [id](const FactSource& source) { return source.id == id; });
  return found == sources_.end() ? "another engine's source" : std::string_view(found->origin);
}

void CorrelateStage::emit(const FactsOrigin& origin, const Finding& finding,
                          Generation& generation) {
  const InspectPlan& plan = *generation.plan;
  BatchCounts& counts = generation.counts;
  const Rule& rule = *plan.rules->rule(finding.rule).rule;
  if (rule.mode == RuleMode::kShadow) {
    counts.rules.push_back({finding.rule, RuleCount::kShadowHit});
    return;
  }
  counts.rules.push_back({finding.rule, RuleCount::kHit});
  Alert& alert = generation.alert_builder->finding(finding);
  if (alert.verdict < plan.publish_from) return;
  counts.rules.push_back({finding.rule, RuleCount::kAlert});
  alert.detected_at = wall_clock_now();
  alert.late_ms = finding.late.ms;
  alert.source =
      AlertSource{std::string(origin.name), origin.lane.partition, finding.trigger.offset};
  const uint16_t route = plan.route_index(alert.route);
  Publisher& publisher = gate_.publisher();
  if (!publisher.has_alert_output(route)) return;
  json_.clear();
  append_alert(alert, plan.alert_format, json_);
  gate_.publish(origin.ticket,
                [&] { return publisher.publish_alert(route, alert.id, json_, origin.ticket); });
  ++alerts_published_;
}

void CorrelateStage::add_counts(uint64_t spent_ns) {
  for (Generation& generation : generations_) {
    totals_.add(0, generation.counts, generation.places);
    generation.counts.clear();
  }
  totals_.update([&](Totals& totals) {
    totals.stage_ns[static_cast<size_t>(Stage::kCorrelate)] += spent_ns;
    totals.alerts_published += std::exchange(alerts_published_, 0);
    copy_state_counts(totals);
  });
}

void CorrelateStage::copy_state_counts(Totals& totals) const {
  totals.correlation = closed_;
  totals.facts_records_damaged = damaged_records_;
  totals.window_keys = 0;
  totals.window_bytes = 0;
  for (const auto& [partition, correlator] : correlators_) {
    add_stats(totals.correlation, correlator.stats());
    totals.window_keys += correlator.key_count();
    totals.window_bytes += correlator.state_bytes();
  }
}

}  // namespace sieve
