#include "run/rule_budget.h"

#include <algorithm>

namespace sieve {
namespace {

uint64_t times_taken(const TimedNs& timed) { return timed.count + timed.interrupted; }

}  // namespace

// A rule that mostly takes longer than an interruption does is not interrupted but slow.
double RuleBudget::ns_per_message(const Account& account, const RuleCost& cost, uint64_t messages) {
  const auto taken = static_cast<double>(cost.timed.count - account.timed.count);
  const auto interrupted = static_cast<double>(cost.timed.interrupted - account.timed.interrupted);
  const auto ns = static_cast<double>(cost.timed.ns - account.timed.ns);
  const auto tried = static_cast<double>(cost.tried - account.tried);
  const double mean = interrupted > taken
                          ? (ns + interrupted * TimedNs::kInterruptedNs) / (taken + interrupted)
                          : ns / std::max(taken, 1.0);
  return mean * tried / static_cast<double>(std::max<uint64_t>(messages - account.messages, 1));
}

void RuleBudget::settle(Account& account, const RuleCost& cost, uint64_t messages) {
  account.messages = messages;
  account.tried = cost.tried;
  account.timed = cost.timed;
}

std::vector<BudgetChange> RuleBudget::judge(const CostTable& total, Time now) {
  std::vector<BudgetChange> changes;
  if (options_.ns_per_message_max <= 0) return changes;
  accounts_.resize(total.rules.size());
  for (uint32_t i = 0; i < accounts_.size(); ++i) {
    Account& account = accounts_[i];
    const RuleCost& cost = total.rules[i];
    if (account.suspended) {
      if (now < account.until) continue;
      account.suspended = false;
      account.strikes = 0;
      settle(account, cost, total.messages);
      changes.push_back({RuleIndex(i), false, 0, {}});
      continue;
    }
    if (times_taken(cost.timed) - times_taken(account.timed) < kTimedMin) continue;
    const double ns = ns_per_message(account, cost, total.messages);
    settle(account, cost, total.messages);
    if (ns <= options_.ns_per_message_max) {
      account.strikes = 0;
      account.suspensions = 0;
      continue;
    }
    if (++account.strikes < kStrikes) continue;
    const auto length = options_.suspend_for * (1 << std::min(account.suspensions, kDoublingsMax));
    ++account.suspensions;
    account.suspended = true;
    account.until = now + length;
    changes.push_back({RuleIndex(i), true, ns, length});
  }
  return changes;
}

}  // namespace sieve
