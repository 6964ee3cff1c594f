// The OutputStage is the ordered end of the pipeline: it takes the outputs of inspection one by
// one, correlates facts and publishes alerts and dead letters, waiting where an output is full.
//
// Thread safety: one thread at a time (the one that merges). Lifetime: refers to its collaborators.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "alert/builder.h"
#include "correlate/alert_cooldowns.h"
#include "correlate/correlator.h"
#include "run/inspector.h"
#include "run/publisher.h"
#include "run/totals.h"
#include "stream/exchange.h"
#include "stream/offset_tracker.h"

namespace sieve {

class OutputStage {
 public:
  using Clock = std::chrono::steady_clock;

  // `by_arrival`: outputs come as records arrive, not in order of event time.
  OutputStage(const InspectPlan& plan, Publisher& publisher, OffsetTracker& tracker,
              SharedTotals& totals, bool by_arrival);

  // Takes batches that were inspected by `plan`, too, and keeps windows that go on.
  AdoptedWindows adopt(const InspectPlan& plan);
  // No batch of `plan` will come any more. What it alone held is given away, to be freed elsewhere.
  std::vector<std::shared_ptr<const void>> forget(const InspectPlan& plan);

  // Correlates or publishes one output of `batch`.
  void emit(const InspectedBatch& batch, const InspectedOutput& output);
  // Nothing more will be emitted: roll-ups leave before the end of their slots. False when outputs
  // were full until `deadline`.
  bool end_roll_ups(Clock::time_point deadline);
  // Every output of `batch` was emitted.
  void finish(const InspectedBatch& batch);
  // Gives up waiting for full outputs: what is published from now on is lost, and so is never
  // committed.
  void abandon() { abandoned_.store(true); }

 private:
  void copy_state_counts(Totals& totals) const;
  void emit_untimed(const InspectedBatch& batch, const InspectedOutput& output);
  void emit_alert(const InspectedBatch& batch, const InspectedOutput& output);
  bool is_suppressed(const InspectedBatch& batch, const InspectedOutput& output);
  bool emit_roll_up(const RollUp& roll_up, const DeliveryTicket& ticket);
  // Lets roll-ups leave of which the time has come at `clock`.
  void advance_to(Timestamp clock, const DeliveryTicket& ticket);
  void emit_facts(const InspectedBatch& batch, const InspectedOutput& output);
  void emit_finding(const InspectedBatch& batch, const Finding& finding);
  void emit_dead_letter(const InspectedBatch& batch, const InspectedOutput& output);
  // Publishes by `attempt` until the output takes it; `ticket` is counted as pending before. False
  // when it was given up.
  template <class Attempt>
  bool publish(const DeliveryTicket& ticket, const Attempt& attempt);

  // What batches of one plan need.
  struct Generation {
    const InspectPlan* plan;
    std::shared_ptr<const FactPlan> facts;
    std::unique_ptr<AlertBuilder> alert_builder;
    CounterPlaces places;
    BatchCounts counts;  // Of findings, until the batch is finished.
  };
  void add_generation(const InspectPlan& plan);
  Generation& generation_of(const InspectedBatch& batch);

  Publisher& publisher_;
  OffsetTracker& tracker_;
  SharedTotals& totals_;
  std::unique_ptr<Exchange> exchange_;
  std::vector<Correlator> correlators_;  // By facts partition.
  std::vector<Generation> generations_;  // Oldest first.
  AlertCooldowns cooldowns_;
  const bool by_arrival_;
  std::vector<Finding> findings_;
  std::string block_;
  std::string json_;
  uint64_t alerts_published_ = 0;
  uint64_t roll_ups_published_ = 0;
  uint64_t dead_letters_published_ = 0;
  std::vector<std::string> origins_;  // Of findings' triggers, by source.
  std::atomic<bool> abandoned_{false};
  Clock::time_point deadline_ = Clock::time_point::max();
};

}  // namespace sieve
