// Totals are what the engine has counted since it started: the one set of numbers that metrics, the
// summary of `scan` and tests read, so that they cannot disagree.
//
// Thread safety: Totals is plain data; SharedTotals all functions (one mutex, taken per batch).
#pragma once

#include <array>
#include <mutex>
#include <vector>

#include "correlate/correlator.h"
#include "run/outcome.h"

namespace sieve {

struct Totals {
  std::vector<SourceCounts> sources;  // By source of the configuration.
  std::vector<RuleCounts> rules;      // By rule of the rule set.
  std::vector<uint64_t> excepted;     // By RuleSet::exceptions(): times one held.
  std::array<uint64_t, kStageCount> stage_ns{};
  CorrelatorStats correlation;  // Over all facts partitions.
  uint64_t window_keys = 0;
  uint64_t state_bytes = 0;
  uint64_t alerts_published = 0;  // Handed to an output.
  uint64_t dead_letters_published = 0;
  uint64_t outputs_delivered = 0;  // Alerts and dead letters that are safe at their target.
  uint64_t batches = 0;
  uint64_t parts_waiting = 0;  // Parts of messages that wait for others.

  SourceCounts all_sources() const;
};

class SharedTotals {
 public:
  SharedTotals(size_t source_count, const RuleSet& rules);

  // Adds what a batch, or the findings it completed, counted.
  void add(size_t source, const BatchCounts& counts);
  // Calls `change(totals)` under the lock.
  template <class Change>
  void update(const Change& change) {
    const std::lock_guard lock(mutex_);
    change(totals_);
  }
  Totals get() const;

 private:
  mutable std::mutex mutex_;
  Totals totals_;  // Guarded by mutex_.
};

}  // namespace sieve
