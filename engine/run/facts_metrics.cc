// What EngineMetrics shows of facts and windows.
#include "run/engine_metrics.h"

namespace sieve {

void EngineMetrics::add_correlation() {
  const auto fact = [this](const char* outcome) {
    return registry_.counter("scamsieve_facts_total", "Facts by what became of them.",
                             {{"outcome", outcome}});
  };
  facts_applied_.counter = fact("applied");
  facts_merged_.counter = fact("merged");
  facts_late_.counter = fact("late");
  facts_duplicate_.counter = fact("duplicate");
  facts_unusable_.counter = fact("unusable");
  facts_other_rules_.counter = registry_.counter(
      "scamsieve_facts_under_other_rules_total",
      "Facts made under other rules, before a reload or by another engine: rules that are new here "
      "did not see them.",
      {});
  const auto key = [this](const char* reason) {
    return registry_.counter("scamsieve_window_keys_removed_total",
                             "Window keys removed: at the cap (evicted), or empty (expired).",
                             {{"reason", reason}});
  };
  keys_evicted_.counter = key("evicted");
  keys_expired_.counter = key("expired");
  calls_evicted_.counter = registry_.counter(
      "scamsieve_counted_calls_evicted_total",
      "Calls forgotten at the cap: a further record of one would count again.", {});
  findings_.counter =
      registry_.counter("scamsieve_findings_total", "Windows that became true.", {});
  suppressed_.counter = registry_.counter("scamsieve_findings_suppressed_total",
                                          "Windows true again within their cool-down.", {});
  window_keys_ = registry_.gauge("scamsieve_window_keys", "Window keys in memory.", {});
  state_bytes_ = registry_.gauge("scamsieve_state_bytes",
                                 "Memory of windows, counted calls and cool-downs.", {});
  if (engine_.config().exchange.kind == ExchangeKind::kKafka) add_exchange();
}

void EngineMetrics::add_exchange() {
  const auto counter = [this](const char* name, const char* help) {
    return registry_.counter(name, help, {});
  };
  facts_sent_.counter =
      counter("scamsieve_facts_sent_total", "Facts given to the facts topic by this engine.");
  facts_records_sent_.counter =
      counter("scamsieve_facts_records_sent_total", "Kafka records given to the facts topic.");
  facts_records_acknowledged_.counter =
      counter("scamsieve_facts_records_acknowledged_total", "The same, safe at the brokers.");
  facts_records_damaged_.counter = counter(
      "scamsieve_facts_records_damaged_total",
      "Records of the facts topic that were not understood, as a whole or from a place on.");
  facts_unknown_plan_.counter =
      counter("scamsieve_facts_unknown_plan_total",
              "Unusable facts: the log did not say under which rules they were made.");
  facts_zombie_.counter =
      counter("scamsieve_facts_zombie_total",
              "Unusable facts: of a topic that was made anew since, by its incarnation.");
}

void EngineMetrics::update_correlation(const Totals& totals) {
  const CorrelatorStats& stats = totals.correlation;
  facts_applied_.raise_to(static_cast<double>(stats.applied));
  facts_merged_.raise_to(static_cast<double>(stats.merged));
  facts_late_.raise_to(static_cast<double>(stats.late));
  facts_duplicate_.raise_to(static_cast<double>(stats.duplicate));
  facts_unusable_.raise_to(static_cast<double>(stats.unusable));
  facts_other_rules_.raise_to(static_cast<double>(stats.other_plan));
  keys_evicted_.raise_to(static_cast<double>(stats.keys_evicted));
  keys_expired_.raise_to(static_cast<double>(stats.keys_expired));
  calls_evicted_.raise_to(static_cast<double>(stats.calls_evicted));
  findings_.raise_to(static_cast<double>(stats.findings));
  suppressed_.raise_to(static_cast<double>(stats.suppressed));
  window_keys_.set(static_cast<double>(totals.window_keys));
  state_bytes_.set(static_cast<double>(totals.window_bytes + totals.cooldown_bytes));
  if (engine_.config().exchange.kind == ExchangeKind::kKafka) update_exchange(totals);
}

void EngineMetrics::update_exchange(const Totals& totals) {
  facts_sent_.raise_to(static_cast<double>(totals.facts_sent));
  facts_records_sent_.raise_to(static_cast<double>(totals.facts_records_sent));
  facts_records_acknowledged_.raise_to(static_cast<double>(totals.facts_records_acknowledged));
  facts_records_damaged_.raise_to(static_cast<double>(totals.facts_records_damaged));
  facts_unknown_plan_.raise_to(static_cast<double>(totals.correlation.unknown_plan));
  facts_zombie_.raise_to(static_cast<double>(totals.correlation.zombie));
}

}  // namespace sieve
