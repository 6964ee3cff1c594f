// EngineMetrics shows an engine's totals as Prometheus metrics: on each scrape the counters are
// brought up to one consistent copy of the totals, so that what is read adds up. Names, meaning and
// what to do are in deploy/README.md.
//
// Thread safety: update() and expose() from any thread. Lifetime: refers to the engine.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "run/engine.h"
#include "run/reloader.h"
#include "serve/metrics.h"

namespace sieve {

class EngineMetrics {
 public:
  EngineMetrics(const Engine& engine, const Reloader& reloader, std::string_view version);

  // The page for Prometheus, from `engine`'s totals of this moment.
  std::string expose();

 private:
  // A counter of the registry and what it shows already.
  struct Shown {
    Counter counter;
    double value = 0;
    void raise_to(double total);
  };
  struct SourceMetrics {
    Shown records;
    Shown bytes;
    Shown late;
    Shown texts_cut;
    std::vector<Shown> outcomes;
    std::vector<Shown> dead_letters;
    std::vector<Shown> payload_notes;
    // Of streams of messages.
    std::vector<Shown> left_out;
    std::vector<Shown> parts;
    std::vector<Shown> joined;  // By JoinReason.
  };
  // Of rules that can hit: helpers cannot.
  struct RuleMetrics {
    Shown hits;
    Shown alerts;
    Shown suppressed;
    bool shadow = false;
  };
  // Of rules that were tried.
  struct CostMetrics {
    Shown tried;
    Shown evaluated;
    Shown untried;
    Shown seconds;
  };
  struct ListMetrics {
    MetricLabels labels;
    Gauge expired;
  };

  void add_sources();
  void add_messages(const MetricLabels& labels, SourceMetrics& metrics);
  void add_rules(const CountedNames& names);
  // What is told of the rules in force, which may be others than at the last page.
  void show_rules(std::shared_ptr<const RuleSet> rules);
  void hide_rules();
  void show_lists();
  void add_correlation();
  void add_snapshots();
  void add_exchange();
  void add_fixed(std::string_view version);
  void add_reloads();
  void update(const Totals& totals);
  static void update_messages(const SourceCounts& counts, SourceMetrics& shown);
  void update_correlation(const Totals& totals);
  void update_snapshots();
  void update_exchange(const Totals& totals);
  void update_lags();
  void update_reloads();
  void update_lists();
  void update_costs();
  void add_cost(const std::string& rule, CostMetrics& shown);

  const Engine& engine_;
  const Reloader& reloader_;
  std::mutex mutex_;
  MetricsRegistry registry_;
  std::vector<SourceMetrics> sources_;
  // As in CountedNames; helpers, which hit nothing by themselves, have no series.
  std::vector<RuleMetrics> rules_;
  std::vector<Shown> excepted_;
  std::map<std::string, CostMetrics> costs_;  // By full id.
  std::vector<std::string> suspended_;        // Rules that have the gauge.
  std::shared_ptr<const RuleSet> in_force_;   // That the page tells of.
  std::vector<Shown> stages_;
  Shown alerts_published_, dead_letters_published_, late_published_, outputs_delivered_, batches_;
  Shown facts_applied_, facts_merged_, facts_late_, facts_duplicate_, facts_unusable_;
  Shown facts_other_rules_, calls_evicted_;
  Shown facts_sent_, facts_records_sent_, facts_records_acknowledged_, facts_records_damaged_;
  Shown facts_unknown_plan_, facts_zombie_;
  Shown keys_evicted_, keys_expired_, findings_, suppressed_, roll_ups_;
  std::vector<ListMetrics> lists_;
  Gauge window_keys_, state_bytes_, parts_waiting_, roll_ups_waiting_;
  std::vector<Shown> reloads_;  // By ReloadOutcome.
  Gauge reload_ok_, loaded_at_;
  Shown snapshots_published_, snapshots_abandoned_, snapshots_failed_;
  std::vector<Shown> snapshots_refused_;  // By SnapshotFaultReason.
  Gauge snapshot_bytes_, snapshot_at_;
  std::vector<MetricLabels> lag_labels_;
};

}  // namespace sieve
