// A PartStage joins the parts of messages that inspection noted, and inspects what was joined: the
// step between inspection and merging for lanes that have parts.
//
// It works on batches in the order of their lane, because what a message is made of depends on the
// records before it. That makes it serial, and cheap: parts are decoded and keyed by all workers at
// once, and only joined messages are folded and evaluated here.
//
// Thread safety: one thread at a time (that of the merge). Lifetime: shares the InspectPlans. A
// lane without parts costs a look-up a batch; without allocation per record after warm-up, alerts
// apart.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "run/inspector.h"
#include "run/reassembler.h"

namespace sieve {

class PartStage {
 public:
  explicit PartStage(Duration timeout) : timeout_(timeout) {}

  // Completes the results of `batch`. REQUIRES: inspected; batches of a lane come in their order.
  void join(InspectedBatch& batch);
  // Forgets a lane that was revoked, and says what waited there.
  struct Dropped {
    size_t source = 0;
    size_t parts = 0;
  };
  Dropped drop(LaneId lane);
  size_t parts_waiting() const;

  // Joined messages of batches that were inspected by its plan go through `inspector`.
  void add_inspector(std::unique_ptr<Inspector> inspector);
  bool has_inspector(const InspectPlan& plan) const;
  // No batch of `plan` will come any more. What was kept for it is given away, to be freed
  // elsewhere.
  std::unique_ptr<Inspector> forget(const InspectPlan& plan);

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
  using Inspectors = std::vector<std::unique_ptr<Inspector>>;
  Inspectors::const_iterator find(const InspectPlan& plan) const;
  Inspector& inspector_of(const InspectedBatch& batch);

  const Duration timeout_;
  // By plan, few; the first is made with the first part there is.
  Inspectors inspectors_;
  Inspector* inspector_ = nullptr;  // Of the batch at hand.
  std::map<LaneId, Lane> lanes_;    // That had parts.
  std::string blocks_;              // Scratch.
};

}  // namespace sieve
