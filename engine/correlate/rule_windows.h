// RuleWindows is the state of one window rule: its windows and its cool-down, and how a fact counts
// in them.
//
// Thread safety: none. Lifetime: refers to the CompiledRule, which must outlive it.
#pragma once

#include <vector>

#include "correlate/cooldown.h"
#include "correlate/correlator.h"
#include "correlate/measure_layout.h"
#include "correlate/window_table.h"

namespace sieve {

class RuleWindows {
 public:
  RuleWindows(const PlannedRule& planned, const CompiledRule& rule);

  bool counts(const Fact& fact) const { return (fact.features & feature_) != 0; }
  void prefetch(const Fact& fact) const { table_.prefetch(fact.key); }

  // Counts the fact and appends what became true; false when the fact is too late.
  // REQUIRES: counts(fact).
  bool apply(const Fact& fact, const FactOrigin& origin, std::vector<Finding>& out);

  const WindowTable& table() const { return table_; }
  uint64_t suppressed() const { return suppressed_; }
  size_t state_bytes() const { return table_.state_bytes() + cooldown_.state_bytes(); }

 private:
  bool is_true(const WindowTable::Added& added, int64_t end);
  Timestamp time_of_end(const Fact& fact, const WindowTable::Added& added, int64_t end) const;
  void forget_old_slots();

  // Constant after construction.
  RuleIndex index_;
  const CompiledRule& rule_;
  uint64_t feature_;
  MeasureLayout layout_;

  WindowTable table_;
  Cooldown cooldown_;
  std::vector<double> numbers_;  // The measures of the window judged last.
  uint64_t suppressed_ = 0;
};

}  // namespace sieve
