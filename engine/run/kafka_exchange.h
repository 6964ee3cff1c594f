// The exchange through the facts topic: blocks of one batch for one facts partition are gathered in
// records of about kFactsRecordBytes and produced to that partition, and the batch's offsets wait
// until they are acknowledged. Before the first facts of a plan, and every kPlanRepeat, the
// partition is told what such facts mean.
//
// Thread safety: as Exchange. Lifetime: as Exchange.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "run/exchange.h"

namespace sieve {

// A Kafka record is closed when it has this many bytes. Larger ones save nothing, and many brokers
// take 1 MiB at most.
inline constexpr size_t kFactsRecordBytes = size_t{64} << 10;

// A plan is told again after this long: so much of the log a reader may not understand that begins
// behind the last time.
inline constexpr std::chrono::seconds kPlanRepeat{10};

class KafkaExchange final : public Exchange {
 public:
  using Clock = std::chrono::steady_clock;
  using Now = std::function<Clock::time_point()>;

  KafkaExchange(const InspectPlan& plan, std::vector<FactSource> sources, OutputGate& gate,
                SharedTotals& totals, Now now = Clock::now);

  AdoptedWindows adopt(const InspectPlan& plan) override;
  std::vector<std::shared_ptr<const void>> forget(const InspectPlan& plan) override;
  void send(const InspectedBatch& batch, const InspectedOutput& output) override;
  void finish(const InspectedBatch& batch) override;
  Stage stage() const override { return Stage::kPublish; }

 private:
  struct Plan {
    const InspectPlan* plan;
    uint32_t digest;
    std::string record;  // That tells it.
  };
  struct Partition {
    std::string record;                                    // Being gathered; empty: none.
    uint64_t facts = 0;                                    // In it.
    uint32_t told = 0;                                     // The plan that was told last,
    Clock::time_point told_at = Clock::time_point::min();  // and when.
  };

  void add_plan(const InspectPlan& plan);
  const Plan& plan_of(const InspectedBatch& batch) const;
  void produce(const InspectedBatch& batch, size_t partition);
  bool publish(const InspectedBatch& batch, size_t partition, std::string_view record);

  const std::vector<FactSource> sources_;
  OutputGate& gate_;
  SharedTotals& totals_;
  const Now now_;
  std::vector<Plan> plans_;  // Oldest first.
  std::vector<Partition> partitions_;
  // Something could not be sent. What comes after it must not be, or it would be taken for a repeat
  // when it is sent by whoever reads the records again.
  bool is_broken_ = false;
  // Since they were added to the totals.
  uint64_t facts_sent_ = 0;
  uint64_t records_sent_ = 0;
};

}  // namespace sieve
