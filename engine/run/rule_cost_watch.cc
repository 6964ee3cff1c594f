#include "run/rule_cost_watch.h"

#include "base/log.h"

namespace sieve {

std::shared_ptr<RuleCostBoard> RuleCostWatch::make_board(
    std::shared_ptr<const RuleSet> rules) const {
  if (options_.timed_every == 0) return nullptr;
  return std::make_shared<RuleCostBoard>(std::move(rules), options_.timed_every);
}

void RuleCostWatch::begin(std::shared_ptr<RuleCostBoard> board) {
  if (board == nullptr) return;
  budget_.emplace(options_.budget);
  const std::lock_guard lock(mutex_);
  boards_.push_back(std::move(board));
  suspensions_.clear();
}

void RuleCostWatch::service(std::chrono::steady_clock::time_point now) {
  if (!budget_ || now - judged_ < options_.judge_every) return;
  judged_ = now;
  fold_unused();
  if (options_.budget.ns_per_message_max <= 0) return;
  for (const BudgetChange& change : budget_->judge(boards_.back()->total(), now)) apply(change);
}

void RuleCostWatch::apply(const BudgetChange& change) {
  RuleCostBoard& board = *boards_.back();
  const std::string& rule = board.rules().rule(change.rule).full_id;
  board.switches().set_off(change.rule, change.suspended);
  const std::lock_guard lock(mutex_);
  if (!change.suspended) {
    suspensions_.erase(rule);
    log_info("rules", "rule_returned", "rule={}", rule);
    return;
  }
  const Timestamp since = wall_clock_now();
  const Timestamp until = since + Duration{change.length.count()};
  suspensions_[rule] = {rule, since, until, change.ns_per_message};
  log_warning("rules", "rule_suspended", "rule={} us_per_message={:.1f} us_max={:.1f} until={}",
              rule, change.ns_per_message / 1'000, options_.budget.ns_per_message_max / 1'000,
              format_rfc3339(until));
}

void RuleCostWatch::add(const RuleCostBoard& board, Costs& costs) {
  const CostTable total = board.total();
  for (uint32_t i = 0; i < total.rules.size(); ++i) {
    const RuleCost& cost = total.rules[i];
    if (cost.tried + cost.untried > 0) costs[board.rules().rule(RuleIndex(i)).full_id].add(cost);
  }
}

// The plan and the inspectors of a board that is only here are gone, so that it counts no more.
void RuleCostWatch::fold_unused() {
  const std::lock_guard lock(mutex_);
  while (boards_.size() > 1 && boards_.front().use_count() == 1) {
    add(*boards_.front(), former_);
    boards_.erase(boards_.begin());
  }
}

RuleCostWatch::Costs RuleCostWatch::costs() const {
  const std::lock_guard lock(mutex_);
  Costs costs = former_;
  for (const auto& board : boards_) add(*board, costs);
  return costs;
}

std::vector<Suspension> RuleCostWatch::suspensions() const {
  const std::lock_guard lock(mutex_);
  std::vector<Suspension> all;
  for (const auto& [rule, suspension] : suspensions_) all.push_back(suspension);
  return all;
}

}  // namespace sieve
