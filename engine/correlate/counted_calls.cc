#include "correlate/counted_calls.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "correlate/fact.h"
#include "correlate/snapshot_record.h"

namespace sieve {
namespace {

constexpr size_t kRingMin = 16;
// As the windows' own clock: it moves to the oldest of so many calls in a row.
constexpr uint32_t kTicksPerClock = 64;
// More than one leaves for each that comes, so that expiry keeps up without ever taking long.
constexpr int kExpiryStepsPerCall = 4;
constexpr size_t kCallsPerRecord = 4'096;

// Two calls that start in the same slot are never told apart, so a slot has one of them.
constexpr int64_t kSlotMs = kCallStartTolerance.ms + 1;

int64_t slot_of(Timestamp start) { return start.ms / kSlotMs; }

uint64_t hash_of(const CallOfKey& call) { return mix_key(mix_key(call.key) ^ call.id.value); }

uint64_t hash_in_slot(uint64_t hash, int64_t slot) {
  return mix_key(hash + static_cast<uint64_t>(slot));
}

}  // namespace

CountedCalls::CountedCalls(size_t calls_max)
    : calls_max_(std::clamp<size_t>(calls_max, 1, UINT32_MAX / 2)),
      index_(0, HashOf{this}, Equal{this}) {}

void CountedCalls::begin_record(uint64_t number) {
  if (number == record_) return;
  record_ = number;
  record_begin_ = next_;
}

bool CountedCalls::is_within(uint64_t hash, Timestamp start, Duration distance) const {
  const auto found = index_.find(Hash{hash});
  if (found == index_.end() || *found - first_ >= record_begin_ - first_) return false;
  return std::abs(at(*found).start_ms - start.ms) <= distance.ms;
}

bool CountedCalls::contains(const CallOfKey& call) const {
  if (index_.empty()) return false;
  const uint64_t hash = hash_of(call);
  // A reference comes again with another call some day.
  if (call.id.is_of_ref()) return is_within(hash, call.start, kCallMergeSpan);
  const int64_t slot = slot_of(call.start);
  for (const int64_t near : {slot, slot - 1, slot + 1}) {
    if (is_within(hash_in_slot(hash, near), call.start, kCallStartTolerance)) return true;
  }
  return false;
}

void CountedCalls::insert(const CallOfKey& call) {
  tick(call.start);
  expire();
  const uint64_t hash = hash_of(call);
  push({call.id.is_of_ref() ? hash : hash_in_slot(hash, slot_of(call.start)), call.start.ms});
}

void CountedCalls::push(const Entry& entry) {
  if (size() == calls_max_) {
    pop();
    ++evicted_;
  }
  if (size() == ring_.size()) grow();
  // The newest of equal ones is found; the one before goes when its time comes.
  const auto same = index_.find(Hash{entry.hash});
  if (same != index_.end()) index_.erase(same);
  at(next_) = entry;
  index_.insert(next_++);
}

void CountedCalls::pop() {
  if (snapshot_ != nullptr && snapshot_next_ == first_) save_some(kCallsPerRecord);
  const auto found = index_.find(Hash{at(first_).hash});
  if (found != index_.end() && *found == first_) index_.erase(found);
  // None of the record that was begun is left before the first.
  if (record_begin_ == first_) ++record_begin_;
  ++first_;
}

void CountedCalls::grow() {
  std::vector<Entry> larger(std::max(kRingMin, 2 * ring_.size()));
  for (uint32_t number = first_; number != next_; ++number) {
    larger[number & (larger.size() - 1)] = at(number);
  }
  ring_ = std::move(larger);
}

void CountedCalls::tick(Timestamp start) {
  tick_min_ms_ = std::min(tick_min_ms_, start.ms);
  if (++ticks_ < kTicksPerClock) return;
  clock_ms_ = std::max(clock_ms_, tick_min_ms_);
  tick_min_ms_ = INT64_MAX;
  ticks_ = 0;
}

void CountedCalls::expire() {
  for (int step = 0; step < kExpiryStepsPerCall && first_ != next_; ++step) {
    if (clock_ms_ - at(first_).start_ms <= kCallMergeSpan.ms) return;
    pop();
  }
}

void CountedCalls::begin_snapshot(std::string_view head, std::string& out) {
  snapshot_ = &out;
  snapshot_head_ = head;
  put_signed(snapshot_head_, clock_ms_);
  put_signed(snapshot_head_, tick_min_ms_);
  put_varint(snapshot_head_, ticks_);
  snapshot_next_ = first_;
  snapshot_end_ = next_;
}

bool CountedCalls::continue_snapshot(size_t calls_max) {
  if (snapshot_ != nullptr && snapshot_next_ != snapshot_end_) save_some(calls_max);
  if (snapshot_next_ != snapshot_end_) return false;
  snapshot_ = nullptr;
  return true;
}

void CountedCalls::save_some(size_t calls_max) {
  const size_t left = snapshot_end_ - snapshot_next_;
  const size_t count = std::min({left, std::max<size_t>(calls_max, 1), kCallsPerRecord});
  if (count == 0) return;
  const SnapshotRecord record(SnapshotTag::kCalls, *snapshot_);
  *snapshot_ += snapshot_head_;
  put_varint(*snapshot_, count);
  for (size_t i = 0; i < count; ++i) {
    const Entry& entry = at(snapshot_next_++);
    put_fixed64(*snapshot_, entry.hash);
    put_signed(*snapshot_, entry.start_ms);
  }
}

void CountedCalls::restore(ByteReader& in) {
  const int64_t clock_ms = in.signed_varint();
  const int64_t tick_min_ms = in.signed_varint();
  const uint64_t ticks = in.varint();
  if (clock_ms < 0 || clock_ms > kFactTimeMax.ms || tick_min_ms < 0 || ticks >= kTicksPerClock) {
    return in.fail();
  }
  clock_ms_ = clock_ms;
  tick_min_ms_ = tick_min_ms;
  ticks_ = static_cast<uint32_t>(ticks);
  for (uint64_t left = in.varint(); left > 0 && !in.failed(); --left) {
    Entry entry;
    entry.hash = in.fixed64();
    entry.start_ms = in.signed_varint();
    if (entry.start_ms < 0 || entry.start_ms > kFactTimeMax.ms) in.fail();
    if (!in.failed()) push(entry);
  }
}

size_t CountedCalls::state_bytes() const {
  return ring_.size() * sizeof(Entry) + index_.capacity() * (sizeof(uint32_t) + 1);
}

}  // namespace sieve
