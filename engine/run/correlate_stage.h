// The CorrelateStage owns the windows: it applies facts in the order in which they come, and
// publishes what became true as alerts, waiting where an output is full. State is kept by facts
// partition, and a partition's can be dropped and begun anew.
//
// Facts of this process are applied block by block as they are merged (apply); those of the facts
// topic one Kafka record at a time (apply_record).
//
// Thread safety: one thread at a time. Lifetime: refers to its collaborators; plans until they are
// forgotten.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "alert/builder.h"
#include "base/expected.h"
#include "correlate/correlator.h"
#include "correlate/facts_partition.h"
#include "correlate/facts_record.h"
#include "run/inspector.h"
#include "run/output_gate.h"
#include "run/totals.h"
#include "stream/source.h"

namespace sieve {

// A configured source as facts name it.
struct FactSource {
  uint32_t id = 0;  // fact_source() of its topic, or of its name.
  uint32_t incarnation = 0;
  std::string origin;  // Its topic; empty for files.
};

// Where blocks of facts came from, and what waits for the alerts they lead to.
struct FactsOrigin {
  FactsPartition partition;
  FactLane lane;
  std::string_view name;  // Topic or file of the lane.
  DeliveryTicket ticket;  // Of the batch whose offsets wait.
};

class CorrelateStage {
 public:
  CorrelateStage(const InspectPlan& plan, std::vector<FactSource> sources, OutputGate& gate,
                 SharedTotals& totals);

  // Takes facts that were made by `plan`, too, and keeps windows that go on.
  AdoptedWindows adopt(const InspectPlan& plan);
  // No facts of `plan` will be applied any more. What it alone held is given away, to be freed
  // elsewhere.
  std::vector<std::shared_ptr<const void>> forget(const InspectPlan& plan);

  // Begins the state of a facts partition, empty, or drops it.
  void open(FactsPartition partition);
  void close(FactsPartition partition);

  bool is_open(FactsPartition partition) const { return correlators_.count(partition) > 0; }
  // For snapshots: the windows of the partitions that are open, in their order, or of one.
  std::vector<Correlator*> correlators();
  Correlator& correlator(FactsPartition partition) { return correlator_of(partition); }
  // Empties the windows of all partitions that are open.
  void clear_state();

  // Applies a block that was made by `plan`. REQUIRES: the partition is open.
  void apply(const FactsOrigin& origin, std::string_view block, const InspectPlan& plan);
  // Applies one record of the facts topic, by whatever plan it was made, to the rules of the newest
  // plan. A damaged record is counted, and that is all; keys that were spread over another number
  // of partitions are `facts_partitions_changed`. REQUIRES: the partition is open.
  Expected<FactTimes, StreamError> apply_record(FactsPartition partition, std::string_view record,
                                                const DeliveryTicket& ticket);

  // Adds what was counted since the last call to the totals.
  void add_counts(uint64_t spent_ns = 0);

 private:
  // What facts of one plan, or findings by its rules, need.
  struct Generation {
    const InspectPlan* plan;
    std::shared_ptr<const FactPlan> facts;
    std::unique_ptr<AlertBuilder> alert_builder;
    CounterPlaces places;
    BatchCounts counts;  // Of findings.
  };

  void add_generation(const InspectPlan& plan);
  Generation& generation_of(const InspectPlan& plan);
  Correlator& correlator_of(FactsPartition partition);
  std::string_view name_of_source(uint32_t id) const;
  void learn(Correlator& correlator, const FactsRecordReader& record);
  void apply_blocks(const FactsOrigin& origin, FactsRecordReader& record, FactTimes& times);
  void emit(const FactsOrigin& origin, const Finding& finding, Generation& generation);
  void copy_state_counts(Totals& totals) const;

  const std::vector<FactSource> sources_;
  OutputGate& gate_;
  SharedTotals& totals_;
  std::map<FactsPartition, Correlator> correlators_;
  CorrelatorStats closed_;               // What partitions that went had counted.
  std::vector<Generation> generations_;  // Oldest first.
  std::vector<Finding> findings_;
  std::string json_;
  uint64_t alerts_published_ = 0;  // Since they were added to the totals.
  uint64_t damaged_records_ = 0;
};

}  // namespace sieve
