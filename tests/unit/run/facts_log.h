// A facts topic in memory, what writes to it and what reads from it, and outputs that remember what
// they were given: for tests of the exchange without a broker.
//
// Thread safety: all functions of FactsLog and MemorySink.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "run/kafka_exchange.h"
#include "stream/kafka_source.h"
#include "unit/evaluate/rules_of.h"
#include "unit/run/engine_fixture.h"

namespace sieve {

// Keeps records by partition and reports each as delivered at once, unless told to hold or refuse.
class MemorySink final : public RecordSink {
 public:
  explicit MemorySink(DeliveryListener& listener, size_t partition_count = 1)
      : listener_(listener), partitions_(partition_count) {}

  bool publish(const OutputRecord& record, const DeliveryTicket& ticket) override {
    {
      const std::lock_guard lock(mutex_);
      if (refuses_) {
        refused_ = true;
        refused_once_.notify_all();
        return false;
      }
      const auto partition = static_cast<size_t>(std::max(record.partition, 0));
      partitions_.at(partition).emplace_back(record.value);
      keys_.emplace_back(record.key);
      if (holds_) {
        held_.push_back(ticket);
        return true;
      }
    }
    listener_.delivered(ticket);
    return true;
  }
  void service(std::chrono::milliseconds) override {}
  bool flush(std::chrono::milliseconds) override { return true; }
  size_t pending() const override { return 0; }

  void set_refuses(bool refuses) {
    const std::lock_guard lock(mutex_);
    refuses_ = refuses;
  }
  void wait_for_refusal() {
    std::unique_lock lock(mutex_);
    refused_once_.wait(lock, [this] { return refused_; });
  }
  void hold() {
    const std::lock_guard lock(mutex_);
    holds_ = true;
  }
  // Reports what was held.
  void release() {
    std::vector<DeliveryTicket> held;
    {
      const std::lock_guard lock(mutex_);
      holds_ = false;
      held.swap(held_);
    }
    for (const DeliveryTicket& ticket : held) listener_.delivered(ticket);
  }

  std::vector<std::string> records(size_t partition = 0) const {
    const std::lock_guard lock(mutex_);
    return partitions_.at(partition);
  }
  std::vector<std::string> keys() const {
    const std::lock_guard lock(mutex_);
    return keys_;
  }

 private:
  DeliveryListener& listener_;
  mutable std::mutex mutex_;
  std::vector<std::vector<std::string>> partitions_;
  std::vector<std::string> keys_;
  bool refuses_ = false;
  bool refused_ = false;
  std::condition_variable refused_once_;
  bool holds_ = false;
  std::vector<DeliveryTicket> held_;
};

// Calls `on_delivered` for each delivery; a failure fails the test.
class ForwardDeliveries final : public DeliveryListener {
 public:
  std::function<void(const DeliveryTicket&)> on_delivered = [](const DeliveryTicket&) {};

  void delivered(const DeliveryTicket& ticket) override { on_delivered(ticket); }
  void delivery_failed(const DeliveryTicket&, const StreamError& error) override {
    ADD_FAILURE() << error.message;
  }
};

// `yaml`, as in kTestRules, for calls that are spread over `partition_count` facts partitions.
inline std::shared_ptr<const InspectPlan> facts_plan(const std::string& yaml,
                                                     size_t partition_count) {
  auto plan = std::make_shared<InspectPlan>();
  plan->rules = testing::compiled(testing::loaded_from(yaml));
  plan->facts = std::make_shared<FactPlan>(plan->rules);
  plan->mappings = {native_mapping(RecordKind::kCall, "TH")};
  plan->facts_partition_count = partition_count;
  return plan;
}

inline const std::vector<FactSource> kCallSource = {{77, 0, "calls"}};

// Inspected calls of one lane, [first, last): each caller makes `calls_each` in a row.
inline std::unique_ptr<InspectedBatch> call_batch(const std::shared_ptr<const InspectPlan>& plan,
                                                  int64_t first, int64_t last,
                                                  int64_t calls_each = 3, int32_t lane = 0) {
  auto batch = std::make_unique<InspectedBatch>();
  batch->lane.origin = "calls";
  batch->lane.partition = lane;
  batch->records.lane = batch->lane.id = LaneId(static_cast<uint32_t>(lane));
  for (int64_t i = first; i < last; ++i) {
    const std::string text = call_json(i, 1'767'600'000'000 + i, i / calls_each);
    RawRecord& raw = batch->records.records.emplace_back();
    raw.begin = static_cast<uint32_t>(batch->records.bytes.size());
    raw.size = static_cast<uint32_t>(text.size());
    raw.size_full = raw.size;
    raw.offset = i;
    batch->records.bytes += text;
  }
  batch->records.bytes.append(limits::kPaddingBytes, '\0');
  Inspector(plan).inspect(*batch);
  return batch;
}

inline void send_all(Exchange& exchange, const InspectedBatch& batch) {
  for (const InspectedOutput& output : batch.outputs) exchange.send(batch, output);
  exchange.finish(batch);
}

// Reads `sink` as a consumer group would a topic; assignments are made by the test and told on the
// thread that serves.
class MemorySource final : public KafkaSource {
 public:
  MemorySource(const MemorySink& log, AssignmentListener& listener)
      : log_(log), listener_(listener) {}

  // Changes the assignment, and returns when the listener knows.
  void assign(std::vector<int32_t> partitions) {
    std::unique_lock lock(mutex_);
    wanted_ = std::move(partitions);
    ++change_;
    changed_.wait(lock, [this] { return done_ == change_; });
  }
  // Waits until everything of the log was read, and what was made of it is done.
  void wait_until_read() {
    std::unique_lock lock(mutex_);
    is_read_ = false;
    changed_.wait(lock, [this] { return is_read_; });
  }
  int64_t committed(int32_t partition) const {
    const std::lock_guard lock(mutex_);
    return committed_.at(static_cast<size_t>(partition));
  }

  std::vector<LaneInfo> lanes() const override { return assigned_; }
  PollStatus poll(LaneId lane, RecordBatch& batch) override;
  void wait(std::chrono::milliseconds) override { std::this_thread::yield(); }
  void commit(LaneId lane, uint32_t, int64_t offset) override {
    const std::lock_guard lock(mutex_);
    committed_.at(lane.index()) = offset;
  }
  StreamError last_error() const override { return {}; }
  void service(std::chrono::milliseconds) override;
  bool close(std::chrono::milliseconds) override {
    reassign({});
    return true;
  }
  std::vector<LaneProgress> progress() const override { return {}; }

 private:
  void reassign(const std::vector<int32_t>& partitions);

  const MemorySink& log_;
  AssignmentListener& listener_;
  std::vector<LaneInfo> assigned_;
  std::vector<size_t> positions_ = std::vector<size_t>(16, 0);
  std::vector<uint64_t> sequences_ = std::vector<uint64_t>(16, 0);
  uint32_t epoch_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::vector<int64_t> committed_ = std::vector<int64_t>(16, 0);
  std::vector<int32_t> wanted_;
  int change_ = 0;
  int done_ = 0;
  bool is_read_ = false;
};

inline PollStatus MemorySource::poll(LaneId lane, RecordBatch& batch) {
  const std::vector<std::string> records = log_.records(lane.index());
  batch.clear();
  size_t& position = positions_[lane.index()];
  if (position >= records.size()) return PollStatus::kIdle;
  RawRecord& raw = batch.records.emplace_back();
  raw.offset = static_cast<int64_t>(position);
  raw.size = static_cast<uint32_t>(records[position].size());
  batch.bytes = records[position++];
  batch.lane = lane;
  batch.epoch = epoch_;
  batch.sequence = sequences_[lane.index()]++;
  batch.next_offset = static_cast<int64_t>(position);
  return PollStatus::kRecords;
}

inline void MemorySource::service(std::chrono::milliseconds) {
  std::vector<int32_t> wanted;
  int change = 0;
  {
    const std::lock_guard lock(mutex_);
    is_read_ = done_ == change_ && std::all_of(assigned_.begin(), assigned_.end(), [this](auto& l) {
                 return positions_[l.id.index()] == log_.records(l.id.index()).size();
               });
    changed_.notify_all();
    if (done_ == change_) return;
    wanted = wanted_;
    change = change_;
  }
  reassign(wanted);
  const std::lock_guard lock(mutex_);
  done_ = change;
  is_read_ = false;
  changed_.notify_all();
}

inline void MemorySource::reassign(const std::vector<int32_t>& partitions) {
  std::vector<LaneId> gone;
  for (const LaneInfo& lane : assigned_) gone.push_back(lane.id);
  if (!gone.empty()) {
    listener_.lanes_revoking(gone, std::chrono::seconds(10));
    listener_.lanes_revoked(gone);
  }
  assigned_.clear();
  ++epoch_;
  for (const int32_t partition : partitions) {
    LaneInfo& lane = assigned_.emplace_back();
    lane.id = LaneId(static_cast<uint32_t>(partition));
    lane.origin = "facts";
    lane.partition = partition;
    lane.epoch = epoch_;
    positions_[lane.id.index()] = static_cast<size_t>(committed(partition));
    sequences_[lane.id.index()] = 0;
  }
  if (!assigned_.empty()) listener_.lanes_assigned(assigned_);
}

}  // namespace sieve
