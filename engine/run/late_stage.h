// A LateStage takes the facts from records that come too late and gives such records to the late
// output: the step between inspection and the joining of parts.
//
// What a record says does not depend on its time: its alert leaves, and its outcome is what it was.
// Windows alone do not see it.
//
// It works on batches in the order of their lane, because a LaneClock does. That makes it serial,
// and cheap: a batch without a late record costs two comparisons once the clock runs.
//
// Thread safety: one thread at a time (that of the merge). Allocates nothing per record after
// warm-up.
#pragma once

#include <map>
#include <vector>

#include "run/inspected_batch.h"
#include "run/lane_clock.h"

namespace sieve {

class LateStage {
 public:
  // `bounds`: by source.
  explicit LateStage(std::vector<EventTimeBounds> bounds) : bounds_(std::move(bounds)) {}

  // REQUIRES: inspected, its parts not joined; batches of a lane come in their order.
  void screen(InspectedBatch& batch);
  // Forgets a lane that was revoked: whoever has it next begins with another clock.
  void drop(LaneId lane) { clocks_.erase(lane); }

 private:
  LaneClock& clock_of(const InspectedBatch& batch);
  void replace_outputs(InspectedBatch& batch);

  const std::vector<EventTimeBounds> bounds_;
  std::map<LaneId, LaneClock> clocks_;
  std::vector<InspectedOutput> outputs_;  // Scratch.
};

}  // namespace sieve
