// A RuleBudget says which rules to suspend because they cost more than they may, and when they may
// try again.
//
// What a rule costs is the time that its condition takes, with what that looks for, spread over all
// messages; of the wall clock, without times so long that the thread was interrupted. It is judged
// whenever 32 messages more were timed in which it was tried, and suspended after three such
// judgements in a row: one thread that is interrupted at the wrong time does not cost a rule its
// say. A suspended rule returns after `suspend_for`, then after twice that, four times that, up to
// 32 times, if it is too dear again at once.
//
//   RuleBudget budget(options);
//   for (const BudgetChange& change : budget.judge(board.total(), now)) ...
//
// Thread safety: none. One per rule set.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "evaluate/rule_cost.h"

namespace sieve {

struct RuleBudgetOptions {
  double ns_per_message_max = 0;  // 0: nothing is suspended.
  std::chrono::milliseconds suspend_for{600'000};
};

struct BudgetChange {
  RuleIndex rule;
  bool suspended = false;              // False: it returns.
  double ns_per_message = 0;           // When it is suspended: at the last judgement.
  std::chrono::milliseconds length{};  // The same: for how long.
};

class RuleBudget {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr uint64_t kTimedMin = 32;
  static constexpr int kStrikes = 3;
  static constexpr int kDoublingsMax = 5;

  explicit RuleBudget(const RuleBudgetOptions& options) : options_(options) {}

  // `total` is what rules cost since the rule set came into force; it only grows.
  std::vector<BudgetChange> judge(const CostTable& total, Time now);

 private:
  // Of a rule; the counters are those at its last judgement.
  struct Account {
    uint64_t messages = 0;
    uint64_t tried = 0;
    TimedNs timed;
    int strikes = 0;
    int suspensions = 0;  // Without a judgement in its favour since.
    bool suspended = false;
    Time until;
  };

  // Since its last judgement.
  static double ns_per_message(const Account& account, const RuleCost& cost, uint64_t messages);
  static void settle(Account& account, const RuleCost& cost, uint64_t messages);

  const RuleBudgetOptions options_;
  std::vector<Account> accounts_;  // By rule.
};

}  // namespace sieve
