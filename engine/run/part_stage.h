// A PartStage joins the parts of messages that inspection noted, and inspects what was joined: the
// step between inspection and merging for lanes that have parts.
//
// It works on batches in the order of their lane, because what a message is made of depends on the
// records before it. That makes it serial, and cheap: parts are decoded and keyed by all workers at
// once, and only joined messages are folded and evaluated here.
//
// Thread safety: one thread at a time (that of the merge). Lifetime: shares the InspectPlan. A lane
// without parts costs a look-up a batch; without allocation per record after warm-up, alerts apart.
#pragma once

#include <map>
#include <memory>

#include "run/inspector.h"
#include "run/reassembler.h"

namespace sieve {

class PartStage {
 public:
  explicit PartStage(std::shared_ptr<const InspectPlan> plan) : plan_(std::move(plan)) {}

  // Completes the results of `batch`. REQUIRES: inspected; batches of a lane come in their order.
  void join(InspectedBatch& batch);
  // Forgets a lane that was revoked, and says what waited there.
  struct Dropped {
    size_t source = 0;
    size_t parts = 0;
  };
  Dropped drop(LaneId lane);
  size_t parts_waiting() const;

 private:
  struct Lane {
    size_t source;
    Reassembler reassembler;
  };

  void join_record(InspectedBatch& batch, Reassembler& lane, uint32_t index, const NotedPart* part);
  void inspect_ready(InspectedBatch& batch, Reassembler& lane, const JoinedPlace& place);
  void end_lane(InspectedBatch& batch, Reassembler& lane);
  void put_in_order(InspectedBatch& batch);
  void join_fact_blocks(InspectedBatch& batch);

  std::shared_ptr<const InspectPlan> plan_;
  std::unique_ptr<Inspector> inspector_;  // Made with the first part there is.
  std::map<LaneId, Lane> lanes_;          // That had parts.
  std::string blocks_;                    // Scratch.
};

}  // namespace sieve
