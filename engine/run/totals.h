// Totals are what the engine has counted since it started: the one set of numbers that metrics, the
// summary of `scan` and tests read, so that they cannot disagree.
//
// Thread safety: Totals is plain data; SharedTotals all functions (one mutex, taken per batch).
#pragma once

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "correlate/correlator.h"
#include "run/outcome.h"

namespace sieve {

// A rule that is, or was, counted.
struct CountedRule {
  std::string full_id;
  RuleMode mode = RuleMode::kAlert;
  RuleSeverity severity = RuleSeverity::kMedium;
  bool emit = true;
  auto operator<=>(const CountedRule&) const = default;
};
struct CountedException {
  std::string rule;   // Its full id.
  std::string label;  // As in CompiledException.
  bool emit = true;   // Of its rule.
  auto operator<=>(const CountedException&) const = default;
};
// What the counters of Totals are of. The rules of the first rule set stand in its order; those
// that later sets bring come behind, and those that go away stay.
struct CountedNames {
  std::vector<CountedRule> rules;
  std::vector<CountedException> exceptions;
};
// Where the counters of one rule set are.
struct CounterPlaces {
  std::vector<uint32_t> rules;       // By RuleIndex.
  std::vector<uint32_t> exceptions;  // By RuleSet::exceptions().
};

struct Totals {
  std::vector<SourceCounts> sources;  // By source of the configuration.
  std::shared_ptr<const CountedNames> names;
  std::vector<RuleCounts> rules;   // By names->rules.
  std::vector<uint64_t> excepted;  // By names->exceptions: times one held.
  std::array<uint64_t, kStageCount> stage_ns{};
  CorrelatorStats correlation;  // Over all facts partitions.
  uint64_t window_keys = 0;
  uint64_t window_bytes = 0;
  uint64_t cooldown_bytes = 0;  // Of suppressed alerts, roll-ups included.
  // Through the facts topic; 0 with the exchange in memory.
  uint64_t facts_sent = 0;
  uint64_t facts_records_sent = 0;  // Kafka records, those that tell a plan included.
  uint64_t facts_records_acknowledged = 0;
  uint64_t facts_records_damaged = 0;  // Read, and not understood.
  uint64_t alerts_published = 0;       // Handed to an output, roll-ups included.
  uint64_t roll_ups = 0;               // That left.
  uint64_t roll_ups_waiting = 0;       // For the end of their slot.
  uint64_t dead_letters_published = 0;
  uint64_t late_published = 0;     // Records that came too late.
  uint64_t outputs_delivered = 0;  // All of these that are safe at their target.
  uint64_t batches = 0;
  uint64_t parts_waiting = 0;  // Parts of messages that wait for others.

  SourceCounts all_sources() const;
};

class SharedTotals {
 public:
  explicit SharedTotals(size_t source_count);

  // Makes counters for what `rules` brings anew.
  CounterPlaces add_rules(const RuleSet& rules);
  // Adds what a batch, or the findings it completed, counted by the rules at `places`.
  void add(size_t source, const BatchCounts& counts, const CounterPlaces& places);
  // Calls `change(totals)` under the lock.
  template <class Change>
  void update(const Change& change) {
    const std::lock_guard lock(mutex_);
    change(totals_);
  }
  Totals get() const;

 private:
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  Totals totals_;
  std::map<CountedRule, uint32_t> rule_places_;
  std::map<CountedException, uint32_t> exception_places_;
};

}  // namespace sieve
