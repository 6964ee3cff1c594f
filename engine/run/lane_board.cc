#include "run/lane_board.h"

#include <algorithm>

#include "base/check.h"
#include "base/limits.h"

namespace sieve {

void LaneBoard::open(const LaneInfo& lane) {
  const std::lock_guard lock(mutex_);
  const bool added = lanes_.try_emplace(lane.id).second;
  SIEVE_CHECK(added, "lane {} is open already", lane.id.value);
  lanes_[lane.id].info = lane;
  changed_.notify_all();
}

void LaneBoard::expect_header(LaneId lane) {
  const std::lock_guard lock(mutex_);
  lanes_.at(lane).wants_header = true;
}

LaneBoard::Lane* LaneBoard::pick_lane() {
  Lane* best = nullptr;
  for (auto& [id, lane] : lanes_) {
    if (lane.polling || lane.idle || lane.ended || lane.closed) continue;
    if (lane.in_flight >= limits::kBatchesInFlightPerLaneMax) continue;
    if (best == nullptr || lane.in_flight < best->in_flight) best = &lane;
  }
  return best;
}

bool LaneBoard::all_ended() const {
  return std::all_of(lanes_.begin(), lanes_.end(), [](const auto& l) { return l.second.ended; });
}

bool LaneBoard::any_idle() const {
  const auto idle = [](const auto& l) { return l.second.idle && !l.second.closed; };
  return lanes_.empty() || std::any_of(lanes_.begin(), lanes_.end(), idle);
}

LaneBoard::Claim LaneBoard::claim() {
  std::unique_lock lock(mutex_);
  while (true) {
    if (stopped_) return {ClaimStatus::kStopped};
    if (!may_grow_ && all_ended()) return {ClaimStatus::kFinished};
    if (!parked_) {
      if (Lane* lane = pick_lane()) {
        lane->polling = true;
        ++polling_;
        InspectedBatch* batch = free_batch();
        batch->lane = lane->info;
        batch->records.lane = lane->info.id;
        return {ClaimStatus::kWork, batch};
      }
      if (any_idle()) return {ClaimStatus::kIdle};
    }
    changed_.wait(lock);
  }
}

bool LaneBoard::polled(InspectedBatch& batch, PollStatus status) {
  const std::lock_guard lock(mutex_);
  --polling_;
  changed_.notify_all();
  const auto at = lanes_.find(batch.lane.id);
  SIEVE_CHECK(at != lanes_.end(), "lane {} went away while it was read", batch.lane.id.value);
  Lane& lane = at->second;
  lane.polling = false;
  lane.idle = status == PollStatus::kIdle;
  lane.ended = lane.ended || status == PollStatus::kEnd || status == PollStatus::kFailed;
  batch.ends_lane = status == PollStatus::kEnd && lane.next_sequence > 0;
  if (status != PollStatus::kRecords && !batch.ends_lane) {
    free_.push_back(&batch);
    return false;
  }
  if (batch.ends_lane) {
    batch.records.clear();
    batch.records.next_offset = lane.next_offset;
  }
  lane.next_offset = batch.records.next_offset;
  if (lane.wants_header && lane.next_sequence == 0 && !batch.records.records.empty()) {
    lane.header =
        std::make_shared<const std::string>(batch.records.value(batch.records.records.front()));
  }
  batch.csv_header = lane.header;
  batch.records.sequence = lane.next_sequence++;
  batch.records.epoch = lane.info.epoch;
  tracker_.add({batch.ticket(), batch.records.next_offset});
  lane.queue.push_back({&batch, false});
  ++lane.in_flight;
  return true;
}

void LaneBoard::inspected(InspectedBatch& batch) {
  const std::lock_guard lock(mutex_);
  const auto at = lanes_.find(batch.lane.id);
  if (at == lanes_.end() || at->second.info.epoch != batch.records.epoch) {
    release(batch);  // Its lane was revoked meanwhile.
    return;
  }
  for (Entry& entry : at->second.queue) {
    if (entry.batch == &batch) entry.inspected = true;
  }
}

void LaneBoard::wake_idle() {
  const std::lock_guard lock(mutex_);
  for (auto& [id, lane] : lanes_) lane.idle = false;
  changed_.notify_all();
}

InspectedBatch* LaneBoard::take_ready(LaneId id) {
  const std::lock_guard lock(mutex_);
  const auto at = lanes_.find(id);
  if (at == lanes_.end()) return nullptr;
  Lane& lane = at->second;
  if (lane.queue.empty() || !lane.queue.front().inspected) return nullptr;
  InspectedBatch* batch = lane.queue.front().batch;
  lane.queue.pop_front();
  return batch;
}

void LaneBoard::recycle(InspectedBatch& batch) {
  const std::lock_guard lock(mutex_);
  const auto at = lanes_.find(batch.lane.id);
  const bool current = at != lanes_.end() && at->second.info.epoch == batch.records.epoch;
  if (current) --at->second.in_flight;
  release(batch);
}

void LaneBoard::release(InspectedBatch& batch) {
  batch.plan.reset();
  free_.push_back(&batch);
  changed_.notify_all();
}

bool LaneBoard::is_exhausted(LaneId id) const {
  const std::lock_guard lock(mutex_);
  const auto at = lanes_.find(id);
  return at == lanes_.end() || (at->second.ended && at->second.queue.empty());
}

std::vector<LaneId> LaneBoard::lanes() const {
  const std::lock_guard lock(mutex_);
  std::vector<LaneId> ids;
  ids.reserve(lanes_.size());
  for (const auto& [id, lane] : lanes_) ids.push_back(id);
  return ids;
}

void LaneBoard::close(std::span<const LaneId> lanes) {
  const std::lock_guard lock(mutex_);
  for (const LaneId id : lanes) lanes_.at(id).closed = true;
  changed_.notify_all();
}

void LaneBoard::remove(std::span<const LaneId> lanes) {
  const std::lock_guard lock(mutex_);
  for (const LaneId id : lanes) {
    // Batches still being inspected come back through inspected().
    for (const Entry& entry : lanes_.at(id).queue) {
      if (entry.inspected) release(*entry.batch);
    }
    lanes_.erase(id);
  }
}

void LaneBoard::park() {
  std::unique_lock lock(mutex_);
  parked_ = true;
  changed_.wait(lock, [this] { return polling_ == 0; });
}

void LaneBoard::unpark() {
  const std::lock_guard lock(mutex_);
  parked_ = false;
  changed_.notify_all();
}

void LaneBoard::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

size_t LaneBoard::in_flight() const {
  const std::lock_guard lock(mutex_);
  size_t count = polling_;
  for (const auto& [id, lane] : lanes_) count += lane.in_flight;
  return count;
}

InspectedBatch* LaneBoard::free_batch() {
  if (free_.empty()) {
    batches_.push_back(std::make_unique<InspectedBatch>());
    return batches_.back().get();
  }
  InspectedBatch* batch = free_.back();
  free_.pop_back();
  return batch;
}

}  // namespace sieve
