// An OffsetTracker knows, per lane, up to where everything read is finished: the contiguous
// watermark that may be committed. A batch is finished when it was merged and every output made
// from it was delivered. A batch behind an unfinished one never moves the watermark.
//
//   tracker.open(lane, epoch);                 // On assignment.
//   tracker.add({ticket, next_offset});        // When a batch was read.
//   tracker.output_added(ticket); ... tracker.output_delivered(ticket);
//   tracker.merged(ticket, time_min, time_max);
//   for (const Watermark& w : tracker.take_advanced()) source.commit(...);
//
// The state horizon. While windows live only in memory, a restart must read again what they were
// made of, so a finished batch is held back until nothing can need it any more:
//
//   it is released when   time_max < H - state_span,   where H is the least of
//     - time_min of each batch that is merged but not delivered: it will be read again, and its
//       records must find their windows;
//     - the newest event time of each lane that is not idle: the lane's next records may be that
//       old. A lane that has finished nothing yet holds everything; one whose finished batches had
//       no event times at all (nothing could be decoded) holds nothing;
//     - the newest event time of all lanes.
//   A batch without event times made no window and is never held itself.
//
// state_span is the longest window plus the lateness that rules allow. That suffices because a
// record that still counts is at most the lateness older than the newest of its lane, and looks
// back at most one window from there. Assumed: event times are clamped to the near future before
// they come here (one record from the year 2099 would release everything, or hold its lane), and an
// idle lane comes back with records near the newest time. A lane is idle when it has no unfinished
// batch and gave none for IdleRule::after; without that rule a silent lane would hold all others
// for ever. With a state_span of zero nothing is held.
//
// Snapshots. Where state is saved, nothing is held by time: after hold_for_snapshots() a watermark
// is released only by release(), with what a saved snapshot holds. A cut says where the lanes are
// at one moment; a snapshot of the state at that moment is good once all of the cut is finished: an
// alert that was not delivered must be made again, and the state would keep it from it.
//
// Memory: held batches are joined with their neighbours, evenly, to at most kHeldPerLaneMax entries
// a lane; an entry is released when all of its batches may be, which is later, never sooner.
//
// Thread safety: all functions. Calls are per batch or per output, never per record.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "stream/batch.h"
#include "stream/sink.h"

namespace sieve {

struct Watermark {
  LaneId lane;
  uint32_t epoch = 0;
  int64_t next_offset = 0;
};

// What one batch contributes.
struct BatchMark {
  DeliveryTicket ticket;
  int64_t next_offset = 0;
};

// When a lane without unfinished batches stops holding others back, by a clock that never goes
// back.
struct IdleRule {
  std::chrono::milliseconds after = std::chrono::seconds(30);
  std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
};

class OffsetTracker {
 public:
  static constexpr size_t kHeldPerLaneMax = 1024;  // Even, for joining in pairs.

  // `state_span`: how far back in event time window state reaches (longest window plus lateness);
  // zero when nothing is held back.
  explicit OffsetTracker(Duration state_span, IdleRule idle_rule = {});
  // From now on, for what was not released yet.
  void set_state_span(Duration state_span);

  // Everything known of an earlier epoch of `lane` is dropped; calls for it do nothing from now on.
  void open(LaneId lane, uint32_t epoch);
  void close(LaneId lane);
  // REQUIRES: sequences of a lane's epoch arrive as 0, 1, 2, ..., next offsets do not fall.
  void add(const BatchMark& mark);
  // REQUIRES: before merged() of the same ticket.
  void output_added(const DeliveryTicket& ticket);
  void output_delivered(const DeliveryTicket& ticket);
  // Event times are known only after inspection; min > max: the batch has none. `resume_offset`:
  // what must be read again although the batch is finished, such as the first part of a message
  // that waits for more; the batch then releases offsets up to there only.
  // REQUIRES: resume offsets of a lane do not fall.
  void merged(const DeliveryTicket& ticket, Timestamp time_min, Timestamp time_max,
              std::optional<int64_t> resume_offset = std::nullopt);

  // From now on watermarks are released by release() alone.
  void hold_for_snapshots();
  // Up to where each lane is merged: what state that is saved now holds. A lane of which nothing
  // was merged yet is not in it.
  std::vector<Watermark> cut() const;
  // Whether everything up to `cut` is finished. False for ever when a lane was closed meanwhile:
  // `is_lost` then.
  bool is_finished(std::span<const Watermark> cut, bool& is_lost) const;
  void release(std::span<const Watermark> cut);

  // Watermarks that moved since the last call.
  std::vector<Watermark> take_advanced();
  // True when every batch of `lane` is finished.
  bool idle(LaneId lane) const;
  // Batches that are not finished, over all lanes.
  size_t unfinished() const;
  // For shutdown without windows to rebuild: the watermark without the state horizon.
  std::optional<int64_t> finished_offset(LaneId lane) const;

 private:
  struct Entry {
    int64_t next_offset;
    Timestamp time_min = kTimestampMax;
    Timestamp time_max = kTimestampMin;
    uint32_t outputs = 0;
    bool merged = false;
  };
  struct Held {
    int64_t next_offset;
    Timestamp time_max;
    uint32_t batch_count = 1;
  };
  struct Lane {
    uint32_t epoch = 0;
    uint64_t first_sequence = 0;  // Of `unfinished.front()`.
    std::deque<Entry> unfinished;
    std::deque<Held> held;  // Finished, still within the state horizon.
    uint32_t batches_per_held = 1;
    std::optional<int64_t> merged;  // Batches up to it are merged, in their order.
    std::optional<int64_t> finished;
    std::optional<int64_t> released;  // By release().
    std::optional<int64_t> committed;
    Timestamp newest = kTimestampMin;  // Event time seen; kTimestampMin: none yet.
    std::chrono::steady_clock::time_point active_at;
  };

  Lane* find_lane(const DeliveryTicket& ticket);
  Entry* find(const DeliveryTicket& ticket);
  void advance(Lane& lane);
  void hold(Lane& lane, const Entry& entry);
  static void join(Held& held, const Held& next);
  Timestamp horizon() const;
  Timestamp horizon_of(const Lane& lane, std::chrono::steady_clock::time_point now) const;

  Duration state_span_;        // Guarded by mutex_.
  bool by_snapshots_ = false;  // Guarded by mutex_.
  const IdleRule idle_rule_;
  mutable std::mutex mutex_;
  std::unordered_map<LaneId, Lane> lanes_;  // Guarded by mutex_.
  Timestamp newest_ = kTimestampMin;        // Guarded by mutex_.
};

}  // namespace sieve
