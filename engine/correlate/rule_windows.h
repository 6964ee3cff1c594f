// RuleWindows is one window rule of one rule set at work: how a fact counts in its windows, and
// what makes them true. Rule sets that hold the same rule share its state.
//
// Thread safety: none. Lifetime: refers to the CompiledRule, which must outlive it.
#pragma once

#include <memory>
#include <vector>

#include "correlate/correlator.h"
#include "correlate/measure_layout.h"
#include "correlate/window_state.h"

namespace sieve {

// What all facts of one block are of.
struct AppliedRecord {
  FactOrigin origin;
  CallId call;
  uint64_t number = 0;  // As CountedCalls::begin_record() takes it.
};

enum class FactFate : uint8_t {
  kApplied,
  kMerged,  // The rule counted another record of the same call for this key.
  kLate,
};

class RuleWindows {
 public:
  RuleWindows(const PlannedRule& planned, const CompiledRule& rule, const MeasureLayout& layout,
              std::shared_ptr<WindowState> state, WindowWatcher watcher = {});

  bool counts(const Fact& fact) const { return (fact.features & feature_) != 0; }
  void prefetch(const Fact& fact) const { state_->table.prefetch(fact.key); }

  // Counts the fact, if its call does not count already, and appends what became true.
  // REQUIRES: counts(fact).
  FactFate apply(const Fact& fact, const AppliedRecord& record, std::vector<Finding>& out);

 private:
  FactFate count(const Fact& fact, const AppliedRecord& record, WindowTable::Added& added);
  bool is_true(const Fact& fact, const WindowTable::Added& added, int64_t end);
  Timestamp time_of_end(const Fact& fact, const WindowTable::Added& added, int64_t end) const;
  void forget_old_slots();

  // Constant after construction.
  RuleIndex index_;
  const CompiledRule& rule_;
  WindowWatcher watcher_;
  uint64_t feature_;
  MeasureLayout layout_;

  std::shared_ptr<WindowState> state_;
  std::vector<double> numbers_;  // The measures of the window judged last.
};

}  // namespace sieve
