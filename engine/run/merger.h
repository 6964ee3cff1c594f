// A Merger takes inspected batches of all lanes and hands their outputs to the OutputStage in one
// order: by event time, then lane, then position (files: the same whatever the threads), or as they
// arrive (streams that never end, where waiting for a silent lane would hold back all others).
//
// Thread safety: one thread at a time. Lifetime: refers to its collaborators.
#pragma once

#include <vector>

#include "run/lane_board.h"
#include "run/late_stage.h"
#include "run/output_stage.h"
#include "run/part_stage.h"

namespace sieve {

enum class MergeOrder { kEventTime, kArrival };

class Merger {
 public:
  Merger(MergeOrder order, LaneBoard& board, LateStage& late, PartStage& parts, OutputStage& stage)
      : order_(order), board_(board), late_(late), parts_(parts), stage_(stage) {}

  // Emits all that the order allows now.
  void advance();
  // Forgets a lane that was revoked, with what was taken of it.
  void drop(LaneId lane);

 private:
  // Where the merge stands in one lane.
  struct Cursor {
    LaneId lane;
    InspectedBatch* batch = nullptr;
    size_t next = 0;
    bool exhausted = false;
  };

  static bool precedes(const Cursor& a, const Cursor& b);
  bool find_first(Cursor*& first, Cursor*& second);

  void advance_by_arrival();
  void advance_by_event_time();
  void refresh_lanes();
  bool fill(Cursor& cursor);
  void finish(Cursor& cursor);

  const MergeOrder order_;
  LaneBoard& board_;
  LateStage& late_;
  PartStage& parts_;
  OutputStage& stage_;
  std::vector<Cursor> cursors_;  // In order of lane.
};

}  // namespace sieve
