// The OutputStage is the ordered end of inspection: it takes its outputs one by one, gives facts to
// the exchange and publishes alerts and dead letters, waiting where an output is full.
//
// Thread safety: one thread at a time (the one that merges). Lifetime: refers to its collaborators.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "correlate/alert_cooldowns.h"
#include "run/exchange.h"
#include "run/inspector.h"
#include "run/output_gate.h"
#include "run/snapshot_body.h"
#include "run/totals.h"
#include "stream/offset_tracker.h"

namespace sieve {

class OutputStage {
 public:
  using Clock = std::chrono::steady_clock;

  // `by_arrival`: outputs come as records arrive, not in order of event time.
  OutputStage(const InspectPlan& plan, Exchange& exchange, OutputGate& gate, OffsetTracker& tracker,
              SharedTotals& totals, bool by_arrival);

  // Takes batches that were inspected by `plan`, too, and keeps windows that go on.
  AdoptedWindows adopt(const InspectPlan& plan);
  // No batch of `plan` will come any more. What it alone held is given away, to be freed elsewhere.
  std::vector<std::shared_ptr<const void>> forget(const InspectPlan& plan);

  // Publishes one output of `batch`, or gives it to the exchange.
  void emit(const InspectedBatch& batch, const InspectedOutput& output);
  // Nothing more will be emitted: roll-ups leave before the end of their slots. False when outputs
  // were full until `deadline`.
  bool end_roll_ups(Clock::time_point deadline);
  // For snapshots: the windows of the exchange and the cool-downs of alerts. clear_state() empties
  // both.
  SnapshotBody snapshot_body() { return {exchange_.correlators(), &cooldowns_}; }
  void clear_state();
  // Event time of the state.
  Timestamp clock() const { return cooldowns_.clock(); }
  // Every output of `batch` was emitted.
  void finish(const InspectedBatch& batch);

 private:
  void copy_state_counts(Totals& totals);
  void emit_untimed(const InspectedBatch& batch, const InspectedOutput& output);
  void emit_alert(const InspectedBatch& batch, const InspectedOutput& output);
  bool is_suppressed(const InspectedBatch& batch, const InspectedOutput& output);
  bool emit_roll_up(const RollUp& roll_up, const DeliveryTicket& ticket);
  // Lets roll-ups leave of which the time has come at `clock`.
  void advance_to(Timestamp clock, const DeliveryTicket& ticket);
  void emit_dead_letter(const InspectedBatch& batch, const InspectedOutput& output);
  void emit_late(const InspectedBatch& batch, const InspectedOutput& output);
  // What batches of one plan need.
  struct Generation {
    const InspectPlan* plan;
    CounterPlaces places;
    BatchCounts counts;  // Of suppressed alerts, until the batch is finished.
  };
  void add_generation(const InspectPlan& plan);
  Generation& generation_of(const InspectedBatch& batch);

  Exchange& exchange_;
  OutputGate& gate_;
  Publisher& publisher_;
  OffsetTracker& tracker_;
  SharedTotals& totals_;
  std::vector<Generation> generations_;  // Oldest first.
  AlertCooldowns cooldowns_;
  const bool by_arrival_;
  std::string json_;
  uint64_t alerts_published_ = 0;  // Since they were added to the totals.
  uint64_t roll_ups_published_ = 0;
  uint64_t dead_letters_published_ = 0;
  uint64_t late_published_ = 0;
};

}  // namespace sieve
