// A RuleCostBoard has what the rules of one rule set cost in all inspectors that use it, and which
// of them are switched off.
//
//   RuleCostBoard board(rules, 1'024);
//   auto share = board.open();               // An inspector, at its start.
//   { const std::lock_guard lock(share->mutex); ... }   // Around each batch.
//   CostTable total = board.total();         // Anyone.
//
// Thread safety: all functions.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "evaluate/rule_cost.h"
#include "evaluate/rule_switches.h"

namespace sieve {

class RuleCostBoard {
 public:
  // What one inspector counts into, while it has the lock.
  struct Share {
    Share(const RuleSet& rules, uint32_t timed_every) : costs(rules, timed_every) {}

    std::mutex mutex;
    CostTable costs;  // Guarded by mutex.
  };

  // One of each `timed_every` messages is timed.
  RuleCostBoard(std::shared_ptr<const RuleSet> rules, uint32_t timed_every);

  std::shared_ptr<Share> open();
  // Of all shares. Holds up each inspector for as long as it takes to add its table.
  CostTable total() const;

  const RuleSet& rules() const { return *rules_; }
  const RuleSwitches& switches() const { return switches_; }
  RuleSwitches& switches() { return switches_; }

 private:
  const std::shared_ptr<const RuleSet> rules_;
  const uint32_t timed_every_;
  RuleSwitches switches_;
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Share>> shares_;  // Guarded by mutex_.
};

}  // namespace sieve
