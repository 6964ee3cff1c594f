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

class RuleWindows {
 public:
  RuleWindows(const PlannedRule& planned, const CompiledRule& rule, const MeasureLayout& layout,
              std::shared_ptr<WindowState> state, WindowWatcher watcher = {});

  bool counts(const Fact& fact) const { return (fact.features & feature_) != 0; }
  void prefetch(const Fact& fact) const { state_->table.prefetch(fact.key); }

  // Counts the fact and appends what became true; false when the fact is too late.
  // REQUIRES: counts(fact).
  bool apply(const Fact& fact, const FactOrigin& origin, std::vector<Finding>& out);

 private:
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
