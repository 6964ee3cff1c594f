#include "stream/kafka_lane.h"

#include <fmt/format.h>

#include <algorithm>

namespace sieve {
namespace {

// What the library mends by itself, and the end of a partition, which is no error at all.
bool passes_by_itself(rd_kafka_resp_err_t error) {
  switch (error) {
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED:
    case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
    case RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR:
      return true;
    default:
      return false;
  }
}

std::string_view bytes_of(const void* data, size_t size) {
  return {static_cast<const char*>(data), size};
}

}  // namespace

void KafkaLane::assign(rd_kafka_t* client, uint32_t epoch, const std::function<void()>& wake) {
  release();
  info_.epoch = epoch;
  wake_ = wake;
  next_sequence_ = 0;
  failed_ = false;
  position_ = -1;
  stored_ = -1;
  queue_.reset(rd_kafka_queue_get_partition(client, info_.origin.c_str(), info_.partition));
  rd_kafka_queue_forward(queue_.get(), nullptr);
  rd_kafka_queue_cb_event_enable(
      queue_.get(), [](rd_kafka_t*, void* opaque) { static_cast<KafkaLane*>(opaque)->wake_(); },
      this);
  is_assigned_ = true;
}

void KafkaLane::release() {
  is_assigned_ = false;
  while (message_at_ < message_count_) rd_kafka_message_destroy(messages_[message_at_++]);
  if (queue_) rd_kafka_queue_cb_event_enable(queue_.get(), nullptr, nullptr);
  queue_.reset();
}

PollStatus KafkaLane::read(RecordBatch& batch) {
  while (!failed_ && batch.records.size() < limits::kBatchRecordsMax &&
         batch.bytes.size() < limits::kBatchBytesTarget &&
         next_message(limits::kBatchRecordsMax - batch.records.size())) {
    rd_kafka_message_t* message = messages_[message_at_++];
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      take_error(*message);
    } else if (message->offset >= position_) {
      // An older offset was given before: 2.0.2 repeats some after a broker was slow.
      take(*message, batch);
    }
    rd_kafka_message_destroy(message);
  }
  batch.bytes.append(limits::kPaddingBytes, '\0');
  if (batch.records.empty()) return failed_ ? PollStatus::kFailed : PollStatus::kIdle;
  batch.next_offset = position_;
  batch.sequence = next_sequence_++;
  return PollStatus::kRecords;
}

// Makes sure that messages_[message_at_] is there, without waiting.
bool KafkaLane::next_message(size_t wanted) {
  if (message_at_ < message_count_) return true;
  const ssize_t got = rd_kafka_consume_batch_queue(queue_.get(), 0, messages_.data(),
                                                   std::min(wanted, kMessagesMax));
  message_at_ = 0;
  message_count_ = got > 0 ? static_cast<size_t>(got) : 0;
  return message_count_ > 0;
}

// Copies: a message that is kept would pin the whole response it came in.
void KafkaLane::take(const rd_kafka_message_t& message, RecordBatch& batch) {
  RawRecord record;
  record.begin = static_cast<uint32_t>(batch.bytes.size());
  record.size = static_cast<uint32_t>(message.len);
  record.size_full = static_cast<int64_t>(message.len);
  batch.bytes += bytes_of(message.payload, message.len);
  record.key_begin = static_cast<uint32_t>(batch.bytes.size());
  record.key_size = static_cast<uint32_t>(message.key_len);
  batch.bytes += bytes_of(message.key, message.key_len);
  record.offset = message.offset;
  record.arrival_ms = std::max<int64_t>(rd_kafka_message_timestamp(&message, nullptr), 0);
  std::vector<Header> headers = copy_headers(message);
  if (!headers.empty()) {
    batch.headers.emplace_back(static_cast<uint32_t>(batch.records.size()), std::move(headers));
  }
  batch.records.push_back(record);
  position_ = message.offset + 1;
}

void KafkaLane::take_error(const rd_kafka_message_t& message) {
  if (passes_by_itself(message.err)) return;
  failed_ = true;
  error_ = kafka_error(message.err,
                       fmt::format("topic `{}` partition {}", info_.origin, info_.partition),
                       rd_kafka_message_errstr(&message));
}

}  // namespace sieve
