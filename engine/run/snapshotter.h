// A Snapshotter saves the state of one facts partition, or of all, at a time, while facts go on,
// and gives it back when a process starts.
//
//   snapshotter.begin(std::move(body), {partition, lanes, cut, clock});
//   while (snapshotter.is_under_way()) {
//     ...                                              // Apply facts.
//     if (snapshotter.step(tracker, keys_per_step)) ... // Saved, or given up.
//   }
//
// A snapshot is published once everything that its state led to is delivered, and only then are the
// offsets of its cut released: what is behind them is never needed again, and what is not is read
// again. So a snapshot holds no alert back for ever.
//
// Thread safety: none; the thread that owns the state. The disk is waited for on another.
// Lifetime: refers to the directory and the state.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "correlate/snapshot_queue.h"
#include "run/snapshot_body.h"
#include "stream/offset_tracker.h"

namespace sieve {

// What is saved.
struct SnapshotSubject {
  int32_t partition = 0;
  std::vector<LaneMark> lanes;
  std::vector<Watermark> cut;  // The same lanes, as their tracker knows them.
  Timestamp clock;             // Event time of the state.
};

struct SnapshotTotals {
  uint64_t published = 0;
  uint64_t abandoned = 0;  // Lanes went while it was written, or the process stopped.
  uint64_t failed = 0;     // It could not be written.
  uint64_t bytes = 0;      // Of the last one.
  Timestamp last;          // When the last one was published; 0: none was.
  std::array<uint64_t, kSnapshotFaultReasons.size()> refused{};  // When restoring, by reason.
};

// A snapshot that came back.
struct RestoredState {
  RestoredWindows windows;
  std::vector<LaneMark> lanes;
};

class Snapshotter {
 public:
  // `header`: what all snapshots of this process say alike. No keys: files are in clear.
  Snapshotter(SnapshotDirectory& directory, const SnapshotKeys& keys, SnapshotHeader header)
      : directory_(directory), keys_(keys), header_(std::move(header)) {}

  // Fills the state that `make_body` gives with the newest snapshot of `partition` that is sound
  // and of this pipeline; every other one is logged and counted. `make_body` is called for each
  // that is tried, and gives empty state. Nothing: there was none.
  std::optional<RestoredState> restore(int32_t partition,
                                       const std::function<SnapshotBody()>& make_body);

  // REQUIRES: none is under way.
  void begin(SnapshotBody body, SnapshotSubject subject);
  bool is_under_way() const { return body_.has_value(); }
  // Goes on, looking at up to `keys_max` keys. True when it ended: published, and the offsets of
  // its cut released in `tracker`, or given up.
  bool step(OffsetTracker& tracker, size_t keys_max);
  // Gives up what is under way: the state is about to change in another way.
  void abandon();

  // From the rule set in force.
  void set_bundle(std::string digest) { header_.bundle = std::move(digest); }
  const SnapshotTotals& totals() const { return totals_; }

 private:
  enum class Stage { kMaking, kDelivering, kWriting };

  void refuse(const SnapshotFault& fault);
  bool end(OffsetTracker& tracker);
  void report(const SnapshotOutcome& outcome);

  SnapshotDirectory& directory_;
  const SnapshotKeys& keys_;
  SnapshotHeader header_;

  std::optional<SnapshotBody> body_;
  SnapshotSubject subject_;
  Stage stage_ = Stage::kMaking;
  std::string frame_;  // Made, and not taken by the queue yet.
  std::chrono::steady_clock::time_point began_at_;
  SnapshotTotals totals_;
  SnapshotQueue queue_;
};

}  // namespace sieve
