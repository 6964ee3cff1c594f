// An Exchange takes the facts that inspection made of records to the owners of their keys, in the
// order of the merge: within the process, where they are applied at once, or through a topic that
// several engines share. ARCHITECTURE.md, "Exchange", says what it guarantees.
//
// Thread safety: one thread at a time (the one that merges). Lifetime: refers to its collaborators;
// plans until they are forgotten.
#pragma once

#include <memory>
#include <vector>

#include "run/correlate_stage.h"
#include "run/inspected_batch.h"
#include "run/outcome.h"

namespace sieve {

class Exchange {
 public:
  virtual ~Exchange() = default;

  // Takes facts of batches that were inspected by `plan`, too.
  virtual AdoptedWindows adopt(const InspectPlan& plan) = 0;
  // No batch of `plan` will come any more. What it alone held is given away, to be freed elsewhere.
  virtual std::vector<std::shared_ptr<const void>> forget(const InspectPlan& plan) = 0;

  // Takes one output of `batch`. REQUIRES: kFacts.
  virtual void send(const InspectedBatch& batch, const InspectedOutput& output) = 0;
  // Every output of `batch` was sent.
  virtual void finish(const InspectedBatch& batch) = 0;
  // The windows that are in this process, by facts partition, for snapshots; none when facts go
  // through a topic. clear_state() empties them.
  virtual std::vector<Correlator*> correlators() { return {}; }
  virtual void clear_state() {}
  // What the time that send() takes is spent on.
  virtual Stage stage() const = 0;
};

// Applies facts at once, in the order of the merge. Opens all partitions of the plan.
std::unique_ptr<Exchange> make_memory_exchange(const InspectPlan& plan,
                                               std::vector<FactSource> sources, OutputGate& gate,
                                               SharedTotals& totals);

}  // namespace sieve
