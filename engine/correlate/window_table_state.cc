// Snapshots of a WindowTable: how its keys become bytes while events go on, and come back.
#include <algorithm>

#include "correlate/fact.h"
#include "correlate/snapshot_record.h"
#include "correlate/window_table.h"

namespace sieve {
namespace {

enum class Content : uint8_t { kClock = 1, kSparseKey = 2, kDenseKey = 3 };

// Keys for which there is place before they come: a damaged count must not take all memory.
constexpr uint64_t kReservedMax = 16'000'000;

}  // namespace

void WindowTable::begin_snapshot(uint32_t number, std::string& out) {
  snapshot_ = &out;
  snapshot_number_ = number;
  snapshot_next_ = 0;
  snapshot_end_ = record_count_;
  saved_.assign(record_count_ / 64 + 1, 0);
  save_clock();
}

void WindowTable::cancel_snapshot() {
  snapshot_ = nullptr;
  saved_ = {};
}

bool WindowTable::continue_snapshot(size_t keys_max) {
  if (snapshot_ == nullptr) return true;
  for (size_t keys = 0; keys < keys_max && snapshot_next_ < snapshot_end_; ++snapshot_next_) {
    if (is_saved(snapshot_next_) || record_at(snapshot_next_).key == 0) continue;
    save_key(snapshot_next_);
    ++keys;
  }
  if (snapshot_next_ < snapshot_end_) return false;
  cancel_snapshot();
  return true;
}

void WindowTable::save_before_change(uint32_t index) {
  if (index < snapshot_next_ || index >= snapshot_end_ || is_saved(index)) return;
  save_key(index);
}

void WindowTable::save_clock() {
  SnapshotRecord record(SnapshotTag::kWindows, *snapshot_);
  put_varint(*snapshot_, snapshot_number_);
  put_varint(*snapshot_, static_cast<uint64_t>(Content::kClock));
  put_signed(*snapshot_, clock_bucket_);
  put_signed(*snapshot_, tick_min_ms_);
  put_varint(*snapshot_, ticks_);
  put_varint(*snapshot_, key_count_);
}

void WindowTable::save_key(uint32_t index) {
  mark_saved(index);
  const Record& key = record_at(index);
  SnapshotRecord record(SnapshotTag::kWindows, *snapshot_);
  put_varint(*snapshot_, snapshot_number_);
  const Content content = key.rows.is_dense ? Content::kDenseKey : Content::kSparseKey;
  put_varint(*snapshot_, static_cast<uint64_t>(content));
  put_fixed64(*snapshot_, key.key);
  put_varint(*snapshot_, static_cast<uint64_t>(key.newest_ms));
  if (key.rows.is_dense) {
    dense_[key.rows.block]->save(*snapshot_);
  } else {
    sparse_.save(key.rows, *snapshot_);
  }
}

void WindowTable::restore(ByteReader& in) {
  const auto content = static_cast<Content>(in.varint());
  if (content == Content::kSparseKey || content == Content::kDenseKey) {
    const uint64_t key = in.fixed64();
    const auto newest = static_cast<int64_t>(in.varint());
    const bool is_valid = key != 0 && newest >= 0 && newest <= kFactTimeMax.ms &&
                          shard_of(key).find(Key{key}) == shard_of(key).end();
    if (!is_valid) in.fail();
    if (in.failed()) return;
    const uint32_t index = find_or_create(key, Timestamp{newest});
    if (content == Content::kDenseKey) make_dense(record_at(index));
    restore_rows(in, record_at(index));
    return;
  }
  if (content != Content::kClock) return in.fail();
  clock_bucket_ = std::max<int64_t>(in.signed_varint(), 0);
  tick_min_ms_ = in.signed_varint();
  ticks_ = static_cast<uint32_t>(in.varint());
  const uint64_t keys = std::min<uint64_t>(in.varint(), keys_max_);
  // Growing while keys come back would take as long again.
  for (Shard& shard : shards_) shard.reserve(std::min<uint64_t>(keys, kReservedMax) / kShards);
}

void WindowTable::restore_rows(ByteReader& in, Record& record) {
  if (!record.rows.is_dense) return sparse_.restore(in, record.rows);
  dense_[record.rows.block]->restore(in, shape_, columns_);
}

// The stalest first, as the queue wants them.
void WindowTable::finish_restore() {
  std::vector<uint32_t> order;
  order.reserve(key_count_);
  while (queue_head_ != kNone) order.push_back(pop());
  std::stable_sort(order.begin(), order.end(), [this](uint32_t a, uint32_t b) {
    return record_at(a).newest_ms < record_at(b).newest_ms;
  });
  for (const uint32_t index : order) push(index);
}

}  // namespace sieve
