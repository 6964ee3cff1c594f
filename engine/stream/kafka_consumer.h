// The KafkaSource itself; see kafka_source.h. Private to stream.
//
// Thread safety: as KafkaSource. Lifetime: refers to the listener.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <utility>

#include "stream/kafka_lane.h"
#include "stream/kafka_source.h"

namespace sieve {

class KafkaConsumer final : public KafkaSource {
 public:
  KafkaConsumer(KafkaSourceConfig config, AssignmentListener& listener);
  ~KafkaConsumer() override;

  // Makes the client and subscribes. Call once.
  Expected<void, StreamError> start(int partition_count);

  std::vector<LaneInfo> lanes() const override;
  PollStatus poll(LaneId id, RecordBatch& batch) override;
  void wait(std::chrono::milliseconds timeout) override;
  void commit(LaneId id, uint32_t epoch, int64_t offset) override;
  StreamError last_error() const override;
  void service(std::chrono::milliseconds timeout) override;
  [[nodiscard]] bool close(std::chrono::milliseconds timeout) override;
  std::vector<LaneProgress> progress() const override;

 private:
  using Partitions = rd_kafka_topic_partition_list_t;

  Expected<KafkaConfPtr, StreamError> make_conf(int partition_count) const;
  static void on_rebalance(rd_kafka_t* client, rd_kafka_resp_err_t what, Partitions* partitions,
                           void* opaque);
  static void on_error(rd_kafka_t* client, int error, const char* reason, void* opaque);
  void assign(Partitions* partitions);
  void revoke(const Partitions& partitions);
  void commit_stored(std::span<const LaneId> ids);
  void unassign(std::span<const LaneId> ids);
  void abandon_all();
  KafkaLane& lane_of(const rd_kafka_topic_partition_t& partition);
  std::chrono::milliseconds drain_timeout() const;
  void wake();
  void fail(StreamError error);
  void fail_as(rd_kafka_resp_err_t error, const char* reason);

  // Constant after start().
  const KafkaSourceConfig config_;
  AssignmentListener& listener_;
  rd_kafka_t* client_ = nullptr;

  // Of the control thread.
  uint32_t epoch_ = 0;
  std::optional<std::chrono::steady_clock::time_point> close_deadline_;

  // Shared by poll() and commit(); alone by whatever changes the assignment.
  mutable std::shared_mutex assignment_mutex_;
  std::vector<std::unique_ptr<KafkaLane>> lanes_;                   // By LaneId.
  std::map<std::pair<std::string, int32_t>, size_t> by_partition_;  // Index into lanes_.

  std::mutex commit_mutex_;  // Held while storing, so that stored offsets never fall.

  std::mutex wake_mutex_;
  std::condition_variable woken_;
  uint64_t wake_count_ = 0;  // Guarded by wake_mutex_.

  mutable std::mutex error_mutex_;
  StreamError last_error_;  // Guarded by error_mutex_.
  std::atomic<bool> failed_ = false;
};

}  // namespace sieve
