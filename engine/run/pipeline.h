// A Pipeline runs the whole flow: sources -> inspect -> merge -> correlate -> publish -> commit.
//
//   Pipeline pipeline(plan, source, publisher, options);
//   pipeline.start();
//   while (!pipeline.finished()) { pipeline.service(); wait_a_little(); }   // The control loop.
//   PipelineEnd end = pipeline.stop(drain_timeout);
//
// Workers are all alike: each reads a batch of some lane, inspects it, and then, if no other worker
// is at it, merges what is ready, correlates and publishes. With one thread this is a plain loop,
// and with any number the order of the outputs is the same.
//
// Thread safety: start, service and stop from one control thread. Lifetime: refers to its
// collaborators, which must outlive it.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "run/exchange.h"
#include "run/facts_reader.h"
#include "run/inspector.h"
#include "run/lane_board.h"
#include "run/merger.h"
#include "run/output_stage.h"
#include "run/plan_board.h"
#include "run/publisher.h"
#include "run/state_keeper.h"
#include "run/totals.h"
#include "stream/offset_tracker.h"
#include "stream/source.h"

namespace sieve {

struct PipelineOptions {
  size_t threads = 1;
  MergeOrder order = MergeOrder::kArrival;
  // Sources (by index) whose lanes begin with a line of column names.
  std::vector<bool> has_header;
  std::vector<FactSource> fact_sources;      // By source.
  std::vector<EventTimeBounds> event_times;  // By source.
  // Facts go through a topic, so that no offset waits for windows.
  bool facts_through_kafka = false;
};

class Pipeline final : public AssignmentListener, public DeliveryListener {
 public:
  // `publisher` is set by attach() because outputs need their listener, this pipeline, first.
  Pipeline(std::shared_ptr<const InspectPlan> plan, const PipelineOptions& options);
  ~Pipeline() override;

  // Before attach(): state is saved by `keeper`, unless it is null, and comes back in attach().
  // Until then, no lane may begin.
  void keep_state(StateKeeper* keeper) { keeper_ = keeper; }
  void attach(RecordSource& source, Publisher& publisher);
  // What reads the facts topic, once attached: give it its source before start(). Null: the
  // exchange is in memory.
  FactsReader* facts_reader() { return facts_reader_.get(); }
  // Opens the lanes that `source` has now and starts the workers.
  void start();
  // Serves deliveries and commits what is finished; never waits.
  void service();
  // Every lane ended and everything published is delivered; or an error ended it.
  bool finished() const;
  std::optional<StreamError> error() const;

  // Reads no more, finishes what was read within `timeout`, commits, and ends the workers. False
  // when not everything could be finished: what is left will be read again.
  bool stop(std::chrono::milliseconds timeout);
  // Ends the workers without finishing anything; what was read is read again.
  void end_workers();

  // A plan for all workers: checked, with an inspector for each and one more for joined messages.
  struct NextPlan {
    std::shared_ptr<const InspectPlan> plan;
    std::vector<std::unique_ptr<Inspector>> inspectors;
  };
  static constexpr size_t kSpareInspectors = 1;
  size_t threads() const { return options_.threads; }
  // Goes on with `next`, from one batch to the next; false when outputs hold the merge up: try
  // again. Batches that were inspected before keep the plan they have.
  bool adopt(NextPlan& next, AdoptedWindows& windows);
  // Every worker inspects by the newest plan.
  bool adopted() const { return plans_.adopted() || working_ == 0; }
  // Frees what nobody needs any more of plans before.
  void collect_plans();

  Totals totals() const { return totals_.get(); }
  // Batches read and not yet merged; outputs not yet delivered.
  size_t in_flight() const { return board_.in_flight(); }

  // AssignmentListener.
  LaneStart start_of(const LaneInfo& lane) override;
  void lanes_assigned(std::span<const LaneInfo> lanes) override;
  void lanes_revoking(std::span<const LaneId> lanes, std::chrono::milliseconds timeout) override;
  void lanes_revoked(std::span<const LaneId> lanes) override;
  // DeliveryListener.
  void delivered(const DeliveryTicket& ticket) override;
  void delivery_failed(const DeliveryTicket& ticket, const StreamError& error) override;
  // Of the facts topic.
  DeliveryListener& facts_deliveries() { return facts_deliveries_; }
  // Ends the run as an output that failed does. From any thread.
  void fail(const StreamError& error);

 private:
  // Records of the facts topic are no outputs that anybody waits for but the offsets.
  struct FactsDeliveries final : DeliveryListener {
    explicit FactsDeliveries(Pipeline& owner) : pipeline(owner) {}
    void delivered(const DeliveryTicket& ticket) override;
    void delivery_failed(const DeliveryTicket& ticket, const StreamError& error) override;
    Pipeline& pipeline;
  };

  void open_lane(const LaneInfo& lane);
  void work();
  bool read_and_inspect(Inspector& inspector, InspectedBatch& batch);
  void merge();
  void restore_state();
  void save_state();
  bool save_state_now(std::chrono::steady_clock::time_point deadline);
  SnapshotSubject state_to_save() const;
  bool keeps_windows() const { return keeper_ != nullptr && facts_reader_ == nullptr; }
  void commit_finished();
  bool drain(std::span<const LaneId> lanes, std::chrono::milliseconds timeout);
  void drop_parts(LaneId lane);

  // Constant after start().
  const PipelineOptions options_;
  std::shared_ptr<const InspectPlan> first_plan_;  // Until attach().
  RecordSource* source_ = nullptr;
  Publisher* publisher_ = nullptr;
  StateKeeper* keeper_ = nullptr;  // Used by whoever has merge_mutex_.
  FactsDeliveries facts_deliveries_{*this};
  std::unique_ptr<OutputGate> gate_;
  std::unique_ptr<FactsReader> facts_reader_;
  std::unique_ptr<Exchange> exchange_;
  std::unique_ptr<OutputStage> stage_;
  std::unique_ptr<LateStage> late_;
  std::unique_ptr<PartStage> parts_;
  std::unique_ptr<Merger> merger_;
  std::vector<std::thread> workers_;

  // With a lock of their own.
  OffsetTracker tracker_;
  LaneBoard board_;
  SharedTotals totals_;
  PlanBoard plans_;

  std::mutex merge_mutex_;  // Held by whoever merges; by the control thread for a moment.
  std::atomic<bool> merge_wanted_{false};
  std::atomic<bool> merging_{false};  // A worker merges, or is about to.
  std::atomic<size_t> working_{0};
  // Of the control thread: what came back, for lanes that begin for the first time.
  std::optional<RestoredState> restored_;
  Duration restored_span_;
  std::set<std::pair<std::string, int32_t>> begun_;

  mutable std::mutex error_mutex_;
  std::optional<StreamError> error_;  // Guarded by error_mutex_.
  std::atomic<bool> failed_{false};
};

}  // namespace sieve
