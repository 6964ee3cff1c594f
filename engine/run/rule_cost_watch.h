// A RuleCostWatch keeps what rules cost since the engine started, over all rule sets that were in
// force, and suspends those in force that cost too much (run/rule_budget.h).
//
//   RuleCostWatch watch(options);
//   auto board = watch.make_board(rules);   // For a plan; null when costs are not measured.
//   watch.begin(board);                     // The plan is in force.
//   watch.service(steady_clock::now());     // Control loop; does something about once a second.
//
// A rule set that comes into force ends all suspensions: what was changed may be what was too slow.
//
// Thread safety: make_board(), costs() and suspensions() from any thread, the rest from one.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "run/rule_budget.h"
#include "run/rule_cost_board.h"

namespace sieve {

struct Suspension {
  std::string rule;  // Its full id.
  Timestamp since;
  Timestamp until;
  double ns_per_message = 0;
};

class RuleCostWatch {
 public:
  struct Options {
    uint32_t timed_every = 0;  // 0: costs are not measured.
    RuleBudgetOptions budget;
    std::chrono::milliseconds judge_every{1'000};
  };
  // By full id: of rules that were tried, or left untried.
  using Costs = std::map<std::string, RuleCost>;

  explicit RuleCostWatch(const Options& options) : options_(options) {}

  std::shared_ptr<RuleCostBoard> make_board(std::shared_ptr<const RuleSet> rules) const;
  void begin(std::shared_ptr<RuleCostBoard> board);
  void service(std::chrono::steady_clock::time_point now);

  Costs costs() const;
  // Those that last.
  std::vector<Suspension> suspensions() const;

 private:
  static void add(const RuleCostBoard& board, Costs& costs);
  void fold_unused();
  void apply(const BudgetChange& change);

  const Options options_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  Costs former_;                                        // Of rule sets that nobody uses any more.
  std::vector<std::shared_ptr<RuleCostBoard>> boards_;  // Oldest first; the last is in force.
  std::map<std::string, Suspension> suspensions_;
  // Of the control thread.
  std::optional<RuleBudget> budget_;
  std::chrono::steady_clock::time_point judged_;
};

}  // namespace sieve
