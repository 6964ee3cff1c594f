#include "run/rule_cost_board.h"

namespace sieve {

RuleCostBoard::RuleCostBoard(std::shared_ptr<const RuleSet> rules, uint32_t timed_every)
    : rules_(std::move(rules)), timed_every_(timed_every), switches_(rules_->rules().size()) {}

std::shared_ptr<RuleCostBoard::Share> RuleCostBoard::open() {
  auto share = std::make_shared<Share>(*rules_, timed_every_);
  const std::lock_guard lock(mutex_);
  shares_.push_back(share);
  return share;
}

CostTable RuleCostBoard::total() const {
  CostTable total(*rules_, timed_every_);
  const std::lock_guard lock(mutex_);
  for (const auto& share : shares_) {
    const std::lock_guard share_lock(share->mutex);
    total.add(share->costs);
  }
  return total;
}

}  // namespace sieve
