// An OffsetTracker knows, per lane, up to where everything read is finished: the contiguous
// watermark that may be committed. A batch is finished when it was merged and every output made
// from it was delivered. A batch behind an unfinished one never moves the watermark.
//
//   tracker.open(lane, epoch, first_offset);   // On assignment.
//   tracker.add({lane, epoch, sequence, next_offset, outputs = 0});
//   tracker.output_added(ticket); ... tracker.output_delivered(ticket);
//   tracker.merged(ticket);
//   for (const Watermark& w : tracker.take_advanced()) source.commit(...);
//
// It also holds the watermark back by event time while windows live only in memory: a restart must
// re-read what open windows were made of (the state horizon). See ARCHITECTURE.md, "Delivery".
//
// Thread safety: all functions. Calls are per batch or per output, never per record.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
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
  Timestamp time_min = kTimestampMax;  // Event times in the batch; min > max: none.
  Timestamp time_max = kTimestampMin;
};

class OffsetTracker {
 public:
  // `state_span`: how far back in event time window state reaches (longest window plus lateness);
  // zero when nothing is held back.
  explicit OffsetTracker(Duration state_span);

  void open(LaneId lane, uint32_t epoch);
  void close(LaneId lane);
  // REQUIRES: sequences of a lane's epoch arrive as 0, 1, 2, ...
  void add(const BatchMark& mark);
  void output_added(const DeliveryTicket& ticket);
  void output_delivered(const DeliveryTicket& ticket);
  // Event times are known only after inspection.
  void merged(const DeliveryTicket& ticket, Timestamp time_min, Timestamp time_max);

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
    uint64_t sequence;
    int64_t next_offset;
    Timestamp time_min;
    Timestamp time_max;
    uint32_t outputs;
    bool merged;
  };
  struct Lane {
    uint32_t epoch = 0;
    uint64_t first_sequence = 0;  // Of `unfinished.front()`.
    std::deque<Entry> unfinished;
    std::deque<Entry> held;  // Finished, still within the state horizon.
    std::optional<int64_t> finished;
    std::optional<int64_t> committed;
  };

  Entry* find(const DeliveryTicket& ticket);
  void advance(Lane& lane);

  const Duration state_span_;
  mutable std::mutex mutex_;
  std::unordered_map<LaneId, Lane> lanes_;  // Guarded by mutex_.
  Timestamp newest_ = kTimestampMin;        // Guarded by mutex_.
};

}  // namespace sieve
