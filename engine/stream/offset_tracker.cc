#include "stream/offset_tracker.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace sieve {
namespace {

// `time - span`, stopping at the least time there is.
Timestamp minus(Timestamp time, Duration span) {
  return time.ms < kTimestampMin.ms + span.ms ? kTimestampMin : time - span;
}

// A batch without event times has made no window.
bool is_released(Timestamp time_max, Timestamp limit) {
  return time_max == kTimestampMin || time_max < limit;
}

}  // namespace

OffsetTracker::OffsetTracker(Duration state_span, IdleRule idle_rule)
    : state_span_(state_span), idle_rule_(std::move(idle_rule)) {
  SIEVE_CHECK(state_span.ms >= 0, "state span {} ms", state_span.ms);
}

void OffsetTracker::set_state_span(Duration state_span) {
  const std::lock_guard lock(mutex_);
  state_span_ = state_span;
  if (state_span != Duration{}) return;
  for (auto& [id, lane] : lanes_) lane.held.clear();
}

void OffsetTracker::open(LaneId lane, uint32_t epoch) {
  const std::lock_guard lock(mutex_);
  Lane fresh;
  fresh.epoch = epoch;
  fresh.active_at = idle_rule_.now();
  lanes_.insert_or_assign(lane, std::move(fresh));
}

void OffsetTracker::close(LaneId lane) {
  const std::lock_guard lock(mutex_);
  lanes_.erase(lane);
}

void OffsetTracker::add(const BatchMark& mark) {
  const std::lock_guard lock(mutex_);
  Lane* lane = find_lane(mark.ticket);
  if (lane == nullptr) return;
  const uint64_t expected = lane->first_sequence + lane->unfinished.size();
  SIEVE_CHECK(mark.ticket.sequence == expected, "lane {} sequence {} instead of {}",
              mark.ticket.lane.value, mark.ticket.sequence, expected);
  Entry entry;
  entry.next_offset = mark.next_offset;
  lane->unfinished.push_back(entry);
  lane->active_at = idle_rule_.now();
}

void OffsetTracker::output_added(const DeliveryTicket& ticket) {
  const std::lock_guard lock(mutex_);
  Entry* entry = find(ticket);
  if (entry == nullptr) return;
  SIEVE_CHECK(!entry->merged, "output added to merged batch {} of lane {}", ticket.sequence,
              ticket.lane.value);
  ++entry->outputs;
}

void OffsetTracker::output_delivered(const DeliveryTicket& ticket) {
  const std::lock_guard lock(mutex_);
  Entry* entry = find(ticket);
  if (entry == nullptr) return;
  SIEVE_CHECK(entry->outputs > 0, "unknown output of batch {} of lane {}", ticket.sequence,
              ticket.lane.value);
  --entry->outputs;
  advance(*find_lane(ticket));
}

void OffsetTracker::merged(const DeliveryTicket& ticket, Timestamp time_min, Timestamp time_max,
                           std::optional<int64_t> resume_offset) {
  const std::lock_guard lock(mutex_);
  Entry* entry = find(ticket);
  if (entry == nullptr) return;
  entry->merged = true;
  if (resume_offset) entry->next_offset = std::min(entry->next_offset, *resume_offset);
  entry->time_min = time_min;
  entry->time_max = time_max;
  Lane& lane = *find_lane(ticket);
  lane.merged = entry->next_offset;
  lane.newest = std::max(lane.newest, time_max);
  lane.active_at = idle_rule_.now();
  newest_ = std::max(newest_, time_max);
  advance(lane);
}

std::vector<Watermark> OffsetTracker::take_advanced() {
  const std::lock_guard lock(mutex_);
  std::vector<Watermark> moved;
  const Timestamp limit = minus(horizon(), state_span_);
  for (auto& [id, lane] : lanes_) {
    std::optional<int64_t> reached = lane.committed;
    if (by_snapshots_) {
      reached = lane.released;
    } else if (state_span_ == Duration{}) {
      reached = lane.finished;
    } else {
      while (!lane.held.empty() && is_released(lane.held.front().time_max, limit)) {
        reached = lane.held.front().next_offset;
        lane.held.pop_front();
      }
    }
    if (reached == lane.committed) continue;
    lane.committed = reached;
    moved.push_back({id, lane.epoch, *reached});
  }
  return moved;
}

void OffsetTracker::hold_for_snapshots() {
  const std::lock_guard lock(mutex_);
  by_snapshots_ = true;
  for (auto& [id, lane] : lanes_) lane.held.clear();
}

std::vector<Watermark> OffsetTracker::cut() const {
  const std::lock_guard lock(mutex_);
  std::vector<Watermark> cut;
  for (const auto& [id, lane] : lanes_) {
    if (lane.merged) cut.push_back({id, lane.epoch, *lane.merged});
  }
  return cut;
}

bool OffsetTracker::is_finished(std::span<const Watermark> cut, bool& is_lost) const {
  const std::lock_guard lock(mutex_);
  bool all = true;
  is_lost = false;
  for (const Watermark& mark : cut) {
    const auto found = lanes_.find(mark.lane);
    const bool is_gone = found == lanes_.end() || found->second.epoch != mark.epoch;
    is_lost = is_lost || is_gone;
    all = all && !is_gone && found->second.finished && *found->second.finished >= mark.next_offset;
  }
  return all;
}

void OffsetTracker::release(std::span<const Watermark> cut) {
  const std::lock_guard lock(mutex_);
  for (const Watermark& mark : cut) {
    const auto found = lanes_.find(mark.lane);
    if (found == lanes_.end() || found->second.epoch != mark.epoch) continue;
    found->second.released = std::max(found->second.released.value_or(0), mark.next_offset);
  }
}

bool OffsetTracker::idle(LaneId lane) const {
  const std::lock_guard lock(mutex_);
  const auto found = lanes_.find(lane);
  return found == lanes_.end() || found->second.unfinished.empty();
}

size_t OffsetTracker::unfinished() const {
  const std::lock_guard lock(mutex_);
  size_t count = 0;
  for (const auto& [id, lane] : lanes_) count += lane.unfinished.size();
  return count;
}

std::optional<int64_t> OffsetTracker::finished_offset(LaneId lane) const {
  const std::lock_guard lock(mutex_);
  const auto found = lanes_.find(lane);
  return found == lanes_.end() ? std::nullopt : found->second.finished;
}

OffsetTracker::Lane* OffsetTracker::find_lane(const DeliveryTicket& ticket) {
  const auto found = lanes_.find(ticket.lane);
  if (found == lanes_.end() || found->second.epoch != ticket.epoch) return nullptr;
  return &found->second;
}

// Null for a ticket of an earlier epoch, whose reports may still arrive.
OffsetTracker::Entry* OffsetTracker::find(const DeliveryTicket& ticket) {
  Lane* lane = find_lane(ticket);
  if (lane == nullptr) return nullptr;
  const uint64_t index = ticket.sequence - lane->first_sequence;
  SIEVE_CHECK(ticket.sequence >= lane->first_sequence && index < lane->unfinished.size(),
              "batch {} of lane {} is not unfinished", ticket.sequence, ticket.lane.value);
  return &lane->unfinished[index];
}

// Moves what is finished at the front out of `unfinished`.
void OffsetTracker::advance(Lane& lane) {
  while (!lane.unfinished.empty()) {
    const Entry& front = lane.unfinished.front();
    if (!front.merged || front.outputs > 0) break;
    lane.finished = front.next_offset;
    if (state_span_ != Duration{} && !by_snapshots_) hold(lane, front);
    lane.unfinished.pop_front();
    ++lane.first_sequence;
  }
}

void OffsetTracker::hold(Lane& lane, const Entry& entry) {
  if (lane.held.size() < kHeldPerLaneMax / 4 && lane.batches_per_held > 1) {
    lane.batches_per_held /= 2;
  }
  if (!lane.held.empty() && lane.held.back().batch_count < lane.batches_per_held) {
    join(lane.held.back(), {entry.next_offset, entry.time_max});
    return;
  }
  if (lane.held.size() == kHeldPerLaneMax) {
    // Joins pairs; what comes after is gathered as coarsely, so that all entries stay alike.
    for (size_t i = 0; i < kHeldPerLaneMax / 2; ++i) {
      Held joined = lane.held[2 * i];
      join(joined, lane.held[2 * i + 1]);
      lane.held[i] = joined;
    }
    lane.held.resize(kHeldPerLaneMax / 2);
    lane.batches_per_held *= 2;
  }
  lane.held.push_back({entry.next_offset, entry.time_max});
}

// Adds the batches of `next`, which follow those of `held`.
void OffsetTracker::join(Held& held, const Held& next) {
  held.next_offset = next.next_offset;
  held.time_max = std::max(held.time_max, next.time_max);
  held.batch_count += next.batch_count;
}

Timestamp OffsetTracker::horizon() const {
  if (state_span_ == Duration{}) return kTimestampMax;
  const auto now = idle_rule_.now();
  Timestamp least = newest_;
  for (const auto& [id, lane] : lanes_) least = std::min(least, horizon_of(lane, now));
  return least;
}

Timestamp OffsetTracker::horizon_of(const Lane& lane,
                                    std::chrono::steady_clock::time_point now) const {
  const bool is_idle = lane.unfinished.empty() && now - lane.active_at >= idle_rule_.after;
  const bool is_undecodable = lane.newest == kTimestampMin && lane.finished.has_value();
  Timestamp least = is_idle || is_undecodable ? kTimestampMax : lane.newest;
  for (const Entry& entry : lane.unfinished) {
    if (entry.merged) least = std::min(least, entry.time_min);
  }
  return least;
}

}  // namespace sieve
