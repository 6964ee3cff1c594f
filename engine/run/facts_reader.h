// The FactsReader is the second half of the flow when the exchange is Kafka: it reads the facts
// topic as a member of a group of its own, correlates, publishes and commits, on one thread of its
// own. That thread serves the group, too: partitions come and go between two records, and no lock
// is needed for it.
//
// A partition that is assigned begins with empty windows and reads again from the committed offset,
// which trails by what windows can look back at (OffsetTracker); where state is saved, it begins
// with its newest snapshot and reads on from there. A partition that is revoked is finished, saved,
// committed, and dropped with its windows.
//
//   FactsReader reader(plan, sources, publisher, totals, fail);
//   reader.keep_state(keeper);  // Or null.
//   reader.attach(KafkaSource::open(config, reader));
//   reader.start(); ... reader.stop(deadline);
//
// Thread safety: start, stop, end, adopt, forget from one control thread; delivered() and lags()
// from any. Lifetime: refers to its collaborators; plans until they are forgotten.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "run/correlate_stage.h"
#include "run/input.h"
#include "run/state_keeper.h"
#include "stream/kafka_source.h"

namespace sieve {

class FactsReader final : public AssignmentListener {
 public:
  using Clock = std::chrono::steady_clock;
  // Told what ended the reading, on its thread.
  using Failure = std::function<void(const StreamError&)>;

  // Tickets of its outputs name this input.
  static constexpr uint8_t kInput = 1;

  FactsReader(const InspectPlan& plan, std::vector<FactSource> sources, Publisher& publisher,
              SharedTotals& totals, Failure fail);
  ~FactsReader() override;

  // Before attach(): each partition's windows are saved by `keeper`, unless it is null, and come
  // back when the partition is assigned.
  void keep_state(StateKeeper* keeper);
  void attach(std::unique_ptr<KafkaSource> source);
  void start();
  // Reads no more, finishes what was read, commits and leaves the group. False when `deadline` came
  // first: what is left will be read again.
  bool stop(Clock::time_point deadline);
  // Ends the thread without finishing anything.
  void end();

  // As CorrelateStage. REQUIRES: try_lock() gave the lock.
  std::unique_lock<std::mutex> try_lock() { return {stage_mutex_, std::try_to_lock}; }
  AdoptedWindows adopt(const InspectPlan& plan);
  std::vector<std::shared_ptr<const void>> forget(const InspectPlan& plan);

  void delivered(const DeliveryTicket& ticket) { tracker_.output_delivered(ticket); }
  std::vector<LaneLag> lags() const;

  // AssignmentListener, on the thread of the reader.
  LaneStart start_of(const LaneInfo& lane) override;
  void lanes_assigned(std::span<const LaneInfo> lanes) override;
  void lanes_revoking(std::span<const LaneId> lanes, std::chrono::milliseconds timeout) override;
  void lanes_revoked(std::span<const LaneId> lanes) override;

 private:
  void work();
  bool read(const LaneInfo& lane);
  bool apply(const LaneInfo& lane);
  void commit_finished();
  void save_state();
  bool save_state_now(std::span<const LaneId> lanes, Clock::time_point deadline);
  SnapshotSubject state_to_save(const LaneInfo& lane) const;
  SnapshotBody body_of(const LaneInfo& lane);
  bool drain(std::span<const LaneId> lanes, Clock::time_point deadline);
  bool leave();
  void fail(const StreamError& error);

  // With a lock of their own.
  OffsetTracker tracker_;
  OutputGate gate_;
  // Constant after attach().
  const Failure fail_;
  std::unique_ptr<KafkaSource> source_;

  std::mutex stage_mutex_;         // Held while facts are applied.
  CorrelateStage stage_;           // Guarded by stage_mutex_.
  StateKeeper* keeper_ = nullptr;  // The same.
  Duration state_span_;            // The same.

  // Of the thread.
  std::vector<LaneInfo> lanes_;
  std::map<LaneId, Timestamp> newest_;  // Event time of facts, by lane.
  RecordBatch batch_;
  std::thread thread_;

  std::atomic<bool> stopping_{false};
  std::atomic<Clock::time_point> deadline_{Clock::time_point::max()};
  bool drained_ = false;  // Of the thread until it is joined.
};

}  // namespace sieve
