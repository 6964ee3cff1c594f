// A StateKeeper saves state every so often and finds it again at a start: the directory of the
// configuration, its keys, and a Snapshotter with a schedule. It saves one facts partition at a
// time, or, with the exchange in memory, all of them together as partition 0.
//
// Thread safety: the thread that owns the state; totals() from any. Lifetime: refers to the state
// while a snapshot is under way.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/expected.h"
#include "run/config.h"
#include "run/snapshotter.h"

namespace sieve {

class StateKeeper {
 public:
  using Clock = std::chrono::steady_clock;

  // Opens what `config.state` names, with `partition_count` series of files, for an engine of
  // `version`. Errors: those of the directory, `state_keys` for the file of keys.
  static Expected<std::unique_ptr<StateKeeper>, StreamError> open(const Config& config,
                                                                  size_t partition_count,
                                                                  const std::string& version);

  // See Snapshotter.
  std::optional<RestoredState> restore(int32_t partition,
                                       const std::function<SnapshotBody()>& make_body) {
    return snapshotter_->restore(partition, make_body);
  }
  // Where a lane begins whose state came back, or did not: `span` is what windows look back at.
  static LaneStart start_of(const LaneInfo& lane, const std::optional<RestoredState>& restored,
                            Duration span);

  bool is_under_way() const { return snapshotter_->is_under_way(); }
  // Whether it is time for the next snapshot of `partition`, which none is under way for.
  bool is_due(int32_t partition, Clock::time_point now) const;
  void begin(SnapshotBody body, SnapshotSubject subject, Clock::time_point now);
  // A small step, at most every few milliseconds; true when the snapshot ended.
  bool step(OffsetTracker& tracker, Clock::time_point now);
  // All of one, as it is, whatever was under way: for a state that changes no more. False when
  // `deadline` came first. `serve` lets outputs be delivered meanwhile.
  bool save_now(SnapshotBody body, SnapshotSubject subject, OffsetTracker& tracker,
                Clock::time_point deadline, const std::function<void()>& serve);
  void abandon();
  // Other rules come into force: what is under way is of those before, and the next snapshots begin
  // at the switch.
  void follow_rules(const std::string& digest);

  SnapshotTotals totals() const;

 private:
  StateKeeper() = default;
  void publish_totals();

  std::unique_ptr<SnapshotDirectory> directory_;
  SnapshotKeys keys_;
  std::chrono::milliseconds interval_{};
  std::unique_ptr<Snapshotter> snapshotter_;
  std::map<int32_t, Clock::time_point> next_;  // By partition: when its next one is due.
  Clock::time_point next_step_;
  mutable std::mutex mutex_;
  SnapshotTotals totals_;  // Guarded by mutex_.
};

// The lanes of `cut` by name.
std::vector<LaneMark> marks_of(std::span<const Watermark> cut, std::span<const LaneInfo> lanes);

}  // namespace sieve
