// What the metrics page tells of the cost of rules: see engine_metrics.h.
#include "run/engine_metrics.h"

namespace sieve {
namespace {

constexpr char kRuleSuspendedName[] = "scamsieve_rule_suspended";

}  // namespace

// Series are made when a rule is tried first, and stay.
void EngineMetrics::update_costs() {
  for (const auto& [rule, cost] : engine_.rule_costs().costs()) {
    const auto [at, is_new] = costs_.try_emplace(rule);
    CostMetrics& shown = at->second;
    if (is_new) add_cost(rule, shown);
    shown.tried.raise_to(static_cast<double>(cost.tried));
    shown.evaluated.raise_to(static_cast<double>(cost.evaluated));
    shown.untried.raise_to(static_cast<double>(cost.untried));
    shown.seconds.raise_to(cost.ns_estimated() / 1e9);
  }
  for (const std::string& rule : suspended_) {
    registry_.remove_gauge(kRuleSuspendedName, {{"rule", rule}});
  }
  suspended_.clear();
  for (const Suspension& suspension : engine_.rule_costs().suspensions()) {
    suspended_.push_back(suspension.rule);
    registry_
        .gauge(kRuleSuspendedName, "1: the rule cost too much and is not tried for now.",
               {{"rule", suspension.rule}})
        .set(1);
  }
}

void EngineMetrics::add_cost(const std::string& rule, CostMetrics& shown) {
  const MetricLabels labels = {{"rule", rule}};
  shown.tried.counter = registry_.counter("scamsieve_rule_tried_total",
                                          "Messages that could have made a rule true.", labels);
  shown.evaluated.counter = registry_.counter(
      "scamsieve_rule_evaluated_total",
      "Of those, messages for which its condition was run: in others what fired ruled it out.",
      labels);
  shown.untried.counter = registry_.counter(
      "scamsieve_rule_untried_total",
      "Messages for which a rule was not tried because it was suspended.", labels);
  shown.seconds.counter = registry_.counter(
      "scamsieve_rule_seconds_total",
      "Seconds that trying a rule took, estimated from the messages that were timed.", labels);
}

}  // namespace sieve
