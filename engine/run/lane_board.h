// A LaneBoard says which lane is to be read next and keeps each lane's batches in order from the
// moment they are read until they are merged: the shared state of the pipeline's workers.
//
//   LaneBoard::Claim claim = board.claim();      // kWork: a lane to read and a batch to read into.
//   board.polled(claim, source.poll(claim.lane, claim.batch->records));
//   inspect(*claim.batch); board.inspected(*claim.batch);
//   InspectedBatch* next = board.take_ready(lane);   // By whoever merges, in lane order.
//   board.recycle(next);
//
// A lane has at most limits::kBatchesInFlightPerLaneMax batches between poll and recycle; the lane
// with the fewest is read next, so that a merge that waits for one lane gets it.
//
// Thread safety: all functions; one mutex, taken per batch.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "run/inspected_batch.h"
#include "stream/offset_tracker.h"

namespace sieve {

class LaneBoard {
 public:
  enum class ClaimStatus {
    kWork,      // Read `lane` into `batch`.
    kIdle,      // Every lane that may be read had nothing the last time: wait for the source.
    kFinished,  // No lane will ever have anything again.
    kStopped,   // stop() was called.
  };
  struct Claim {
    ClaimStatus status = ClaimStatus::kIdle;
    InspectedBatch* batch = nullptr;
  };

  // `may_grow`: lanes can still be opened later (Kafka), so that no lanes is kIdle and not
  // kFinished.
  // Batches are added to `tracker` as they are read, in the order of their lane.
  LaneBoard(bool may_grow, OffsetTracker& tracker) : may_grow_(may_grow), tracker_(tracker) {}

  void open(const LaneInfo& lane);
  // Lets a CSV lane's first line be kept as its header.
  void expect_header(LaneId lane);

  // Waits while there is work that other threads must finish first.
  Claim claim();
  // After the claimed lane was polled. True when the batch is to be inspected: it has records, or
  // it is the empty one that ends a lane which had some.
  bool polled(InspectedBatch& batch, PollStatus status);
  void inspected(InspectedBatch& batch);
  // Lets lanes that were idle be claimed again.
  void wake_idle();

  // The oldest batch of `lane` that was not taken, when it is inspected; null otherwise.
  InspectedBatch* take_ready(LaneId lane);
  void recycle(InspectedBatch& batch);
  // True when the lane ended and every batch of it was taken.
  bool is_exhausted(LaneId lane) const;
  std::vector<LaneId> lanes() const;  // In order of id.

  // No new claims for `lanes`; what is read goes on.
  void close(std::span<const LaneId> lanes);
  // Removes `lanes` with all their batches. REQUIRES: parked, and no merge is under way.
  void remove(std::span<const LaneId> lanes);
  // Returns when no thread is between claim() and polled(); claim() waits until unpark().
  void park();
  void unpark();
  // claim() returns kStopped from now on; batches in flight go on.
  void stop();

  // Batches that were read and not yet recycled.
  size_t in_flight() const;

 private:
  struct Entry {
    InspectedBatch* batch;
    bool inspected;
  };
  struct Lane {
    LaneInfo info;
    std::deque<Entry> queue;  // Not yet taken, in order.
    size_t in_flight = 0;     // In `queue`, or taken and not recycled.
    uint64_t next_sequence = 0;
    int64_t next_offset = 0;
    bool polling = false;
    bool idle = false;
    bool ended = false;
    bool closed = false;
    bool wants_header = false;
    std::shared_ptr<const std::string> header;
  };

  Lane* pick_lane();
  bool all_ended() const;
  bool any_idle() const;
  InspectedBatch* free_batch();
  void release(InspectedBatch& batch);

  const bool may_grow_;
  OffsetTracker& tracker_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::map<LaneId, Lane> lanes_;
  std::vector<std::unique_ptr<InspectedBatch>> batches_;
  std::vector<InspectedBatch*> free_;
  size_t polling_ = 0;
  bool parked_ = false;
  bool stopped_ = false;
};

}  // namespace sieve
