#include "correlate/window_table.h"

#include <algorithm>
#include <array>

namespace sieve {
namespace {

// The clock of expiry moves to the oldest of so many events in a row: as many would have to agree
// on a time in the future.
constexpr uint32_t kTicksPerClock = 64;
// More than one key leaves for each that can come, so that expiry keeps up.
constexpr int kExpiryStepsPerEvent = 2;
constexpr size_t kIdleDenseMax = 256;

uint32_t bits_of(int64_t bucket) { return static_cast<uint32_t>(bucket); }

}  // namespace

WindowTable::WindowTable(const WindowTableOptions& options)
    : shape_(options.shape),
      columns_(options.columns),
      keys_max_(std::clamp<uint64_t>(options.keys_max, 1, kNone - 1)),
      sparse_(options.columns) {
  for (size_t i = 0; i < kShards; ++i) shards_.emplace_back(0, KeyHash{this}, KeyEqual{this});
}

WindowTable::Added WindowTable::add(uint64_t key, Timestamp time, const WindowEvent& event) {
  tick(time);
  expire();
  Added added;
  added.bucket = shape_.bucket_of(time);
  added.record = find_or_create(key, time);
  if (snapshot_ != nullptr) save_before_change(added.record);
  Record& record = record_at(added.record);
  if (time.ms > record.newest_ms) advance(record, time);
  added.newest = Timestamp{record.newest_ms};
  added.is_late = added.bucket <= newest_bucket(record) - shape_.kept;
  if (added.is_late) return added;
  if (columns_.seen_mask != 0) added.seen = seen_before(record, added.bucket, event);
  count(record, added.bucket, event);
  return added;
}

uint8_t WindowTable::seen_before(const Record& record, int64_t bucket,
                                 const WindowEvent& event) const {
  const int64_t begin = shape_.window_begin(bucket, newest_bucket(record));
  const auto has = [&](size_t column) {
    const uint64_t value = event.values[column];
    if (value == 0) return false;
    if (record.rows.is_dense) return dense_[record.rows.block]->has_value(column, value, bucket);
    return sparse_.has_value(record.rows, column, value, begin, bucket);
  };
  uint8_t seen = 0;
  for (size_t column = 0; column < columns_.values; ++column) {
    const auto bit = static_cast<uint8_t>(1U << column);
    if ((columns_.seen_mask & bit) != 0 && has(column)) seen |= bit;
  }
  return seen;
}

WindowTotals WindowTable::totals(const Added& added, int64_t end) const {
  const Record& record = record_at(added.record);
  if (record.rows.is_dense) return dense_[record.rows.block]->totals(end);
  return sparse_.totals(record.rows, shape_.window_begin(end, newest_bucket(record)), end);
}

bool WindowTable::has_events(const Added& added, int64_t bucket) const {
  const RowBlock& rows = record_at(added.record).rows;
  return rows.is_dense ? dense_[rows.block]->has_events(bucket) : sparse_.has_events(rows, bucket);
}

uint32_t WindowTable::find_or_create(uint64_t key, Timestamp time) {
  Shard& shard = shard_of(key);
  const auto found = shard.find(Key{key});
  if (found != shard.end()) return *found;
  if (key_count_ >= keys_max_) evict();
  const uint32_t index = new_record();
  record_at(index) = Record{.key = key, .newest_ms = time.ms, .rows = {}};
  // It is no part of a snapshot that began before.
  if (snapshot_ != nullptr && index < snapshot_end_) mark_saved(index);
  shard.insert(index);
  ++key_count_;
  push(index);
  return index;
}

uint32_t WindowTable::new_record() {
  if (first_free_ != kNone) {
    const uint32_t index = first_free_;
    first_free_ = record_at(index).next;
    return index;
  }
  if ((record_count_ >> kRecordBits) == records_.size()) {
    records_.push_back(std::make_unique<Record[]>(size_t{1} << kRecordBits));
  }
  return record_count_++;
}

void WindowTable::advance(Record& record, Timestamp time) {
  const int64_t before = newest_bucket(record);
  const int64_t now = shape_.bucket_of(time);
  record.newest_ms = time.ms;
  if (now == before) return;
  if (now - before >= shape_.kept) {
    free_storage(record);
  } else if (record.rows.is_dense) {
    dense_[record.rows.block]->advance(now);
  }
}

void WindowTable::count(Record& record, int64_t bucket, const WindowEvent& event) {
  const int64_t kept_begin = newest_bucket(record) - shape_.kept + 1;
  if (!record.rows.is_dense) {
    if (sparse_.add(record.rows, kept_begin, bucket, event)) return;
    make_dense(record);
  }
  dense_[record.rows.block]->add(event, bucket);
}

void WindowTable::make_dense(Record& record) {
  uint32_t index = static_cast<uint32_t>(dense_.size());
  if (free_dense_.empty()) {
    dense_.push_back(nullptr);
  } else {
    index = free_dense_.back();
    free_dense_.pop_back();
  }
  if (dense_[index] == nullptr) dense_[index] = std::make_unique<DenseWindow>();
  const int64_t newest = newest_bucket(record);
  dense_[index]->reset(shape_, columns_, newest);
  sparse_.move_to(record.rows, newest - shape_.kept + 1, *dense_[index]);
  record.rows.block = index;
  record.rows.is_dense = true;
}

void WindowTable::free_storage(Record& record) {
  if (!record.rows.is_dense) return sparse_.free(record.rows);
  // Some are kept for the next busy keys; the memory of the rest is given back.
  if (free_dense_.size() >= kIdleDenseMax) dense_[record.rows.block] = nullptr;
  free_dense_.push_back(record.rows.block);
  record.rows = {};
}

void WindowTable::push(uint32_t index) {
  Record& record = record_at(index);
  record.next = kNone;
  record.queued_bucket = bits_of(newest_bucket(record));
  if (queue_tail_ == kNone) {
    queue_head_ = index;
  } else {
    record_at(queue_tail_).next = index;
  }
  queue_tail_ = index;
}

uint32_t WindowTable::pop() {
  const uint32_t index = queue_head_;
  queue_head_ = record_at(index).next;
  if (queue_head_ == kNone) queue_tail_ = kNone;
  return index;
}

void WindowTable::tick(Timestamp time) {
  tick_min_ms_ = std::min(tick_min_ms_, time.ms);
  if (++ticks_ < kTicksPerClock) return;
  clock_bucket_ = std::max(clock_bucket_, shape_.bucket_of(Timestamp{tick_min_ms_}));
  tick_min_ms_ = INT64_MAX;
  ticks_ = 0;
}

void WindowTable::expire() {
  for (int step = 0; step < kExpiryStepsPerEvent && queue_head_ != kNone; ++step) {
    const auto age =
        static_cast<int32_t>(bits_of(clock_bucket_) - record_at(queue_head_).queued_bucket);
    if (age < shape_.kept) return;
    const uint32_t index = pop();
    if (newest_bucket(record_at(index)) + shape_.kept <= clock_bucket_) {
      erase(index);
      ++keys_expired_;
    } else {
      push(index);
    }
  }
}

// The front of the queue is the stalest unless it was touched since it was queued: then it goes to
// the back. Looking at a bounded number keeps the pause short.
void WindowTable::evict() {
  std::array<uint32_t, kEvictionCandidates> candidates;
  size_t count = 0;
  size_t stalest = 0;
  while (count < candidates.size() && queue_head_ != kNone) {
    const uint32_t index = candidates[count] = pop();
    const Record& record = record_at(index);
    if (record.newest_ms < record_at(candidates[stalest]).newest_ms) stalest = count;
    ++count;
    if (record.queued_bucket == bits_of(newest_bucket(record))) break;
  }
  for (size_t i = 0; i < count; ++i) {
    if (i != stalest) push(candidates[i]);
  }
  erase(candidates[stalest]);
  ++keys_evicted_;
}

// REQUIRES: not in the queue.
void WindowTable::erase(uint32_t index) {
  if (snapshot_ != nullptr) save_before_change(index);
  Record& record = record_at(index);
  free_storage(record);
  shard_of(record.key).erase(index);
  record.key = 0;
  record.next = first_free_;
  first_free_ = index;
  --key_count_;
}

size_t WindowTable::state_bytes() const {
  size_t bytes = records_.size() * (sizeof(Record) << kRecordBits) + sparse_.state_bytes();
  for (const Shard& shard : shards_) {
    bytes += shard.capacity() * (sizeof(Shard::value_type) + 1);
  }
  for (const auto& window : dense_) {
    if (window != nullptr) bytes += window->state_bytes();
  }
  return bytes;
}

}  // namespace sieve
