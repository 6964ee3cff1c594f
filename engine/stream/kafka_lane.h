// A KafkaLane reads one partition through a queue of its own. Private to stream.
//
// librdkafka 2.0.2 may lose records when a queue is read in batches while partitions are assigned,
// unassigned, paused or moved: the owner keeps those apart by a lock, and never pauses.
//
// Thread safety: assign() and release() while no other function runs; read() on one thread at a
// time; the getters on any thread. Lifetime: the queue must be released before its client ends.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <string>

#include "stream/kafka_client.h"
#include "stream/source.h"

namespace sieve {

class KafkaLane {
 public:
  explicit KafkaLane(LaneInfo info) : info_(std::move(info)) {}
  ~KafkaLane() { release(); }
  KafkaLane(const KafkaLane&) = delete;
  KafkaLane& operator=(const KafkaLane&) = delete;

  // Takes the partition's queue away from the consumer's common queue. REQUIRES: before the
  // partition itself is assigned, or its first records go to the common queue. `wake` is called on
  // a thread of the library when an empty queue gets something.
  void assign(rd_kafka_t* client, uint32_t epoch, const std::function<void()>& wake);

  // No read() and no commit belongs to this assignment any more; what was fetched is dropped.
  void release();

  bool is_assigned() const { return is_assigned_; }
  // Stops commits while the last ones are sent; release() follows.
  void retire() { is_assigned_ = false; }

  const LaneInfo& info() const { return info_; }

  // As RecordSource::poll(). kFailed: error() says why.
  PollStatus read(RecordBatch& batch);
  const StreamError& error() const { return error_; }

  int64_t position() const { return position_; }
  int64_t stored() const { return stored_; }
  void set_stored(int64_t offset) { stored_ = offset; }

 private:
  static constexpr size_t kMessagesMax = 128;

  bool next_message(size_t wanted);
  void take(const rd_kafka_message_t& message, RecordBatch& batch);
  void take_error(const rd_kafka_message_t& message);

  LaneInfo info_;
  KafkaQueuePtr queue_;
  std::function<void()> wake_;
  bool is_assigned_ = false;

  // Of the thread that reads: messages fetched from the queue and not yet taken.
  std::array<rd_kafka_message_t*, kMessagesMax> messages_ = {};
  size_t message_at_ = 0;
  size_t message_count_ = 0;
  uint64_t next_sequence_ = 0;
  bool failed_ = false;
  StreamError error_;

  std::atomic<int64_t> position_ = -1;
  std::atomic<int64_t> stored_ = -1;
};

}  // namespace sieve
