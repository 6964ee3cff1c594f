// What EngineMetrics shows of snapshots; nothing where state is not saved.
#include "run/engine_metrics.h"

namespace sieve {

void EngineMetrics::add_snapshots() {
  if (!engine_.snapshots()) return;
  const auto snapshot = [this](const char* result) {
    return registry_.counter("scamsieve_snapshots_total",
                             "Snapshots of state by what became of them.", {{"result", result}});
  };
  snapshots_published_.counter = snapshot("published");
  snapshots_abandoned_.counter = snapshot("abandoned");
  snapshots_failed_.counter = snapshot("failed");
  for (const SnapshotFaultReason reason : kSnapshotFaultReasons) {
    snapshots_refused_.push_back({registry_.counter(
        "scamsieve_snapshots_refused_total", "Snapshots that were found at a start and not used.",
        {{"reason", std::string(snapshot_fault_name(reason))}})});
  }
  snapshot_bytes_ = registry_.gauge("scamsieve_snapshot_bytes", "Size of the last snapshot.", {});
  snapshot_at_ = registry_.gauge("scamsieve_snapshot_timestamp_seconds",
                                 "When the last snapshot was published; 0: none was.", {});
}

void EngineMetrics::update_snapshots() {
  const std::optional<SnapshotTotals> totals = engine_.snapshots();
  if (!totals) return;
  snapshots_published_.raise_to(static_cast<double>(totals->published));
  snapshots_abandoned_.raise_to(static_cast<double>(totals->abandoned));
  snapshots_failed_.raise_to(static_cast<double>(totals->failed));
  for (size_t i = 0; i < snapshots_refused_.size(); ++i) {
    snapshots_refused_[i].raise_to(static_cast<double>(totals->refused[i]));
  }
  snapshot_bytes_.set(static_cast<double>(totals->bytes));
  snapshot_at_.set(static_cast<double>(totals->last.ms) / 1'000);
}

}  // namespace sieve
