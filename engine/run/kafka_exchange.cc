#include "run/kafka_exchange.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace sieve {

KafkaExchange::KafkaExchange(const InspectPlan& plan, std::vector<FactSource> sources,
                             OutputGate& gate, SharedTotals& totals, Now now)
    : sources_(std::move(sources)),
      gate_(gate),
      totals_(totals),
      now_(std::move(now)),
      partitions_(plan.facts_partition_count) {
  add_plan(plan);
}

void KafkaExchange::add_plan(const InspectPlan& plan) {
  const PlanRecord record = plan_record_of(*plan.facts);
  FactsRecordHead head;
  head.kind = FactsRecordKind::kPlan;
  head.partition_count = static_cast<uint16_t>(partitions_.size());
  head.plan = record.digest;
  Plan& added = plans_.emplace_back(Plan{&plan, record.digest, {}});
  begin_facts_record(head, added.record);
  append_plan_record(record, added.record);
}

// Windows are not here.
AdoptedWindows KafkaExchange::adopt(const InspectPlan& plan) {
  add_plan(plan);
  return {};
}

std::vector<std::shared_ptr<const void>> KafkaExchange::forget(const InspectPlan& plan) {
  std::erase_if(plans_, [&](const Plan& each) { return each.plan == &plan; });
  return {};
}

const KafkaExchange::Plan& KafkaExchange::plan_of(const InspectedBatch& batch) const {
  const auto found = std::find_if(plans_.rbegin(), plans_.rend(),
                                  [&](const Plan& plan) { return plan.plan == batch.plan.get(); });
  SIEVE_CHECK(found != plans_.rend(), "a batch of a plan that is not loaded");
  return *found;
}

void KafkaExchange::send(const InspectedBatch& batch, const InspectedOutput& output) {
  const std::string_view block = batch.output_bytes(output);
  Partition& partition = partitions_[output.partition.index()];
  if (partition.record.empty()) {
    const FactSource& source = sources_[batch.lane.source];
    FactsRecordHead head;
    head.lane = {source.id, batch.lane.partition, source.incarnation};
    head.partition_count = static_cast<uint16_t>(partitions_.size());
    head.plan = plan_of(batch).digest;
    begin_facts_record(head, partition.record);
  }
  add_fact_block(block, partition.record);
  partition.facts += FactBlockReader::open(block)->count();
  if (partition.record.size() >= kFactsRecordBytes) produce(batch, output.partition.index());
}

void KafkaExchange::finish(const InspectedBatch& batch) {
  for (size_t i = 0; i < partitions_.size(); ++i) {
    if (!partitions_[i].record.empty()) produce(batch, i);
  }
  totals_.update([this](Totals& totals) {
    totals.facts_sent += std::exchange(facts_sent_, 0);
    totals.facts_records_sent += std::exchange(records_sent_, 0);
  });
}

void KafkaExchange::produce(const InspectedBatch& batch, size_t index) {
  Partition& partition = partitions_[index];
  const Plan& plan = plan_of(batch);
  const Clock::time_point now = now_();
  if (partition.told != plan.digest || partition.told_at + kPlanRepeat <= now) {
    publish(batch, index, plan.record);
    partition.told = plan.digest;
    partition.told_at = now;
  }
  if (publish(batch, index, partition.record)) facts_sent_ += partition.facts;
  partition.record.clear();
  partition.facts = 0;
}

bool KafkaExchange::publish(const InspectedBatch& batch, size_t partition,
                            std::string_view record) {
  if (is_broken_) return false;
  const DeliveryTicket ticket = batch.ticket();
  const bool sent = gate_.publish(ticket, [&] {
    return gate_.publisher().publish_facts(static_cast<int32_t>(partition), record, ticket);
  });
  is_broken_ = !sent;
  records_sent_ += sent ? 1 : 0;
  return sent;
}

}  // namespace sieve
