#include "stream/kafka_consumer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/log.h"
#include "stream/kafka_start.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using MessagePtr = std::unique_ptr<rd_kafka_message_t, KafkaDeleter<rd_kafka_message_destroy>>;

// Errors that are told to the application and need no action: the library goes on trying.
bool is_informational(rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR__TRANSPORT || error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN ||
         error == RD_KAFKA_RESP_ERR__RESOLVE || error == RD_KAFKA_RESP_ERR__TIMED_OUT ||
         error == RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED ||
         error == RD_KAFKA_RESP_ERR__PARTITION_EOF ||
         error == RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS;
}

}  // namespace

KafkaConsumer::KafkaConsumer(KafkaSourceConfig config, AssignmentListener& listener)
    : config_(std::move(config)), listener_(listener) {}

KafkaConsumer::~KafkaConsumer() {
  // Without a proper close() nobody listens any more: leave without telling anyone.
  if (client_ == nullptr) return;
  for (auto& lane : lanes_) lane->release();
  rd_kafka_destroy_flags(client_, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

std::vector<LaneInfo> KafkaConsumer::lanes() const {
  const std::shared_lock lock(assignment_mutex_);
  std::vector<LaneInfo> infos;
  for (const auto& lane : lanes_) {
    if (lane->is_assigned()) infos.push_back(lane->info());
  }
  return infos;
}

PollStatus KafkaConsumer::poll(LaneId id, RecordBatch& batch) {
  batch.clear();
  batch.lane = id;
  if (failed_) return PollStatus::kFailed;
  PollStatus status = PollStatus::kIdle;
  StreamError error;
  {
    const std::shared_lock lock(assignment_mutex_);
    SIEVE_CHECK(id.index() < lanes_.size(), "lane {} of {}", id.value, lanes_.size());
    KafkaLane& lane = *lanes_[id.index()];
    if (!lane.is_assigned()) return PollStatus::kIdle;
    batch.epoch = lane.info().epoch;
    status = lane.read(batch);
    if (status == PollStatus::kFailed) error = lane.error();
  }
  if (status == PollStatus::kFailed) {
    const std::lock_guard lock(error_mutex_);
    last_error_ = std::move(error);
  }
  return status;
}

// Each thread remembers what it has been woken for: an arrival between its last poll and this call
// is not missed, whichever thread was woken first.
void KafkaConsumer::wait(milliseconds timeout) {
  struct Seen {
    const KafkaConsumer* source = nullptr;
    uint64_t wake_count = 0;
  };
  static thread_local Seen seen;
  std::unique_lock lock(wake_mutex_);
  if (seen.source == this) {
    woken_.wait_for(lock, timeout, [&] { return wake_count_ != seen.wake_count; });
  }
  seen = {this, wake_count_};
}

void KafkaConsumer::wake() {
  const std::lock_guard lock(wake_mutex_);
  ++wake_count_;
  woken_.notify_all();
}

void KafkaConsumer::commit(LaneId id, uint32_t epoch, int64_t offset) {
  const std::shared_lock lock(assignment_mutex_);
  const std::lock_guard storing(commit_mutex_);
  if (id.index() >= lanes_.size()) return;
  KafkaLane& lane = *lanes_[id.index()];
  if (!lane.is_assigned() || lane.info().epoch != epoch || offset <= lane.stored()) return;
  const KafkaPartitionsPtr list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), lane.info().origin.c_str(), lane.info().partition)
      ->offset = offset;
  const rd_kafka_resp_err_t error = rd_kafka_offsets_store(client_, list.get());
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
    lane.set_stored(offset);
  } else {
    log_warning("kafka", "offset_not_stored", "topic={} partition={} offset={} reason={}",
                lane.info().origin, lane.info().partition, offset,
                log_value(rd_kafka_err2str(error)));
  }
}

StreamError KafkaConsumer::last_error() const {
  const std::lock_guard lock(error_mutex_);
  return last_error_;
}

void KafkaConsumer::fail(StreamError error) {
  {
    const std::lock_guard lock(error_mutex_);
    last_error_ = std::move(error);
  }
  failed_ = true;
  wake();
}

std::vector<LaneProgress> KafkaConsumer::progress() const {
  const std::shared_lock lock(assignment_mutex_);
  std::vector<LaneProgress> all;
  for (const auto& lane : lanes_) {
    if (!lane->is_assigned()) continue;
    LaneProgress progress = {lane->info(), lane->position(), lane->stored()};
    int64_t low = -1;
    int64_t high = -1;
    // Local: what the last fetch said.
    if (rd_kafka_get_watermark_offsets(client_, progress.lane.origin.c_str(),
                                       progress.lane.partition, &low,
                                       &high) == RD_KAFKA_RESP_ERR_NO_ERROR) {
      progress.end = std::max<int64_t>(high, -1);
    }
    all.push_back(std::move(progress));
  }
  return all;
}

void KafkaConsumer::service(milliseconds timeout) {
  if (client_ == nullptr) return;
  const MessagePtr message(rd_kafka_consumer_poll(client_, kafka_timeout_ms(timeout)));
  if (!message) return;
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    // A record outside its lane would be lost without a trace.
    fail({"kafka_error",
          fmt::format("a record of partition {} arrived outside its queue", message->partition)});
  } else if (!is_informational(message->err)) {
    fail_as(message->err, rd_kafka_message_errstr(message.get()));
  }
}

bool KafkaConsumer::close(milliseconds timeout) {
  if (client_ == nullptr) return true;
  close_deadline_ = Clock::now() + timeout;
  KafkaQueuePtr queue(rd_kafka_queue_new(client_));
  const KafkaErrorPtr error(rd_kafka_consumer_close_queue(client_, queue.get()));
  if (error) abandon_all();  // After a fatal error there is no group to leave.
  while (!error && !rd_kafka_consumer_closed(client_) && Clock::now() < *close_deadline_) {
    rd_kafka_queue_poll_callback(queue.get(), 50);
  }
  const bool closed = error || rd_kafka_consumer_closed(client_) != 0;
  const std::unique_lock lock(assignment_mutex_);
  for (auto& lane : lanes_) lane->release();
  queue.reset();
  // A client that cannot close (2.0.2 has such bugs) would hang in its destruction as well.
  if (closed) rd_kafka_destroy_flags(client_, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
  client_ = nullptr;
  return closed;
}

milliseconds KafkaConsumer::drain_timeout() const {
  if (!close_deadline_) return config_.drain_timeout;
  const auto left = std::chrono::duration_cast<milliseconds>(*close_deadline_ - Clock::now());
  // The rest is for the commit and for leaving the group.
  return std::clamp(left * 6 / 10, milliseconds(0), config_.drain_timeout);
}

// Nothing can be read any more. A fatal error is only a cover for its cause.
void KafkaConsumer::fail_as(rd_kafka_resp_err_t error, const char* reason) {
  char why[512] = "";
  const std::string doing = fmt::format("group `{}`", config_.group);
  if (error == RD_KAFKA_RESP_ERR__FATAL) {
    const rd_kafka_resp_err_t cause = rd_kafka_fatal_error(client_, why, sizeof why);
    fail(kafka_error(cause, doing, why));
  } else {
    fail(kafka_error(error, doing, reason == nullptr ? "" : reason));
  }
}

void KafkaConsumer::on_error(rd_kafka_t*, int code, const char* reason, void* opaque) {
  auto* self = static_cast<KafkaConsumer*>(opaque);
  if (code == RD_KAFKA_RESP_ERR__FATAL) {
    self->fail_as(RD_KAFKA_RESP_ERR__FATAL, reason);
  } else {
    log_warning("kafka", "client_error", "group={} reason={}", log_value(self->config_.group),
                log_value(reason));
  }
}

void KafkaConsumer::on_rebalance(rd_kafka_t* client, rd_kafka_resp_err_t what,
                                 Partitions* partitions, void* opaque) {
  auto* self = static_cast<KafkaConsumer*>(opaque);
  if (what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    self->assign(partitions);
  } else if (what == RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS) {
    self->revoke(*partitions);
  } else {
    rd_kafka_assign(client, nullptr);
    self->fail(kafka_error(what, fmt::format("group `{}`", self->config_.group)));
  }
}

void KafkaConsumer::assign(Partitions* partitions) {
  std::vector<LaneInfo> infos;
  rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
  {
    const std::unique_lock lock(assignment_mutex_);
    ++epoch_;
    for (int i = 0; i < partitions->cnt; ++i) {
      KafkaLane& lane = lane_of(partitions->elems[i]);
      lane.assign(client_, epoch_, [this] { wake(); });
      infos.push_back(lane.info());
    }
    std::vector<LaneStart> starts;
    for (const LaneInfo& info : infos) starts.push_back(listener_.start_of(info));
    set_kafka_starts(client_, starts, *partitions);
    error = rd_kafka_assign(client_, partitions);
  }
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    fail(kafka_error(error, fmt::format("group `{}`: assignment", config_.group)));
    return;
  }
  log_info("kafka", "assigned", "group={} partitions={} epoch={}", log_value(config_.group),
           infos.size(), epoch_);
  listener_.lanes_assigned(infos);
  wake();
}

void KafkaConsumer::revoke(const Partitions& partitions) {
  std::vector<LaneId> ids;
  {
    const std::unique_lock lock(assignment_mutex_);
    for (int i = 0; i < partitions.cnt; ++i) {
      ids.push_back(lane_of(partitions.elems[i]).info().id);
    }
  }
  // A lost assignment belongs to others already: there is nothing to wait for, nor to commit.
  const bool lost = rd_kafka_assignment_lost(client_) != 0;
  log_info("kafka", "revoking", "group={} partitions={} lost={}", log_value(config_.group),
           ids.size(), lost);
  listener_.lanes_revoking(ids, lost ? milliseconds(0) : drain_timeout());
  {
    const std::unique_lock lock(assignment_mutex_);
    for (const LaneId id : ids) lanes_[id.index()]->retire();
  }
  if (!lost) commit_stored(ids);
  unassign(ids);
  listener_.lanes_revoked(ids);
}

void KafkaConsumer::commit_stored(std::span<const LaneId> ids) {
  const KafkaPartitionsPtr list(rd_kafka_topic_partition_list_new(static_cast<int>(ids.size())));
  for (const LaneId id : ids) {
    const KafkaLane& lane = *lanes_[id.index()];
    if (lane.stored() < 0) continue;
    rd_kafka_topic_partition_list_add(list.get(), lane.info().origin.c_str(), lane.info().partition)
        ->offset = lane.stored();
  }
  if (list->cnt == 0) return;
  // On a queue of our own, because rd_kafka_commit() waits for ever when the coordinator is gone.
  const KafkaQueuePtr queue(rd_kafka_queue_new(client_));
  rd_kafka_resp_err_t error =
      rd_kafka_commit_queue(client_, list.get(), queue.get(), nullptr, nullptr);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
    constexpr milliseconds kCommitTimeout(5'000);
    const KafkaEventPtr event(rd_kafka_queue_poll(
        queue.get(),
        kafka_timeout_ms(std::max(std::min(kCommitTimeout, drain_timeout()), milliseconds(500)))));
    error = event ? rd_kafka_event_error(event.get()) : RD_KAFKA_RESP_ERR__TIMED_OUT;
  }
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
  log_warning("kafka", "commit_failed", "group={} reason={} note={}", log_value(config_.group),
              log_value(rd_kafka_err2str(error)), log_value("records will be read again"));
}

void KafkaConsumer::unassign(std::span<const LaneId> ids) {
  const std::unique_lock lock(assignment_mutex_);
  for (const LaneId id : ids) lanes_[id.index()]->release();
  rd_kafka_assign(client_, nullptr);
}

// As if the assignment was lost.
void KafkaConsumer::abandon_all() {
  std::vector<LaneId> ids;
  for (const LaneInfo& lane : lanes()) ids.push_back(lane.id);
  if (ids.empty()) return;
  listener_.lanes_revoking(ids, milliseconds(0));
  unassign(ids);
  listener_.lanes_revoked(ids);
}

// Makes the lane when the partition is new. REQUIRES: assignment_mutex_ is held alone.
KafkaLane& KafkaConsumer::lane_of(const rd_kafka_topic_partition_t& partition) {
  const auto [found, is_new] =
      by_partition_.try_emplace({partition.topic, partition.partition}, lanes_.size());
  if (is_new) {
    LaneInfo info;
    info.id = LaneId(static_cast<uint32_t>(lanes_.size()));
    info.origin = partition.topic;
    info.partition = partition.partition;
    const auto topic =
        std::find_if(config_.topics.begin(), config_.topics.end(),
                     [&](const KafkaTopic& candidate) { return candidate.name == info.origin; });
    SIEVE_CHECK(topic != config_.topics.end(), "assigned topic {}", info.origin);
    info.source = topic->source;
    lanes_.push_back(std::make_unique<KafkaLane>(std::move(info)));
  }
  return *lanes_[found->second];
}

}  // namespace sieve
