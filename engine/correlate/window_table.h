// A WindowTable holds the sliding windows of one rule, one for each key.
//
//   const WindowTable::Added added = table.add(key, time, event);
//   if (!added.is_late) totals = table.totals(added, added.bucket);
//
// A key with up to SparseRows::kRowsMax different events (by bucket and values) costs 32 bytes, its
// place in an index (some 8 bytes) and 4 to 24 bytes for each event in most rules; a busier one has
// a DenseWindow until it falls silent. Both count alike: see window_shape.h.
//
// At `keys_max` keys the stalest gives way: the one whose newest event is oldest, as far as
// kEvictionCandidates tell. Keys that no event can reach any more go little by little, two for each
// new event, by a clock that single records from the future cannot move.
//
// Thread safety: none. Allocates for new keys and for growing ones.
#pragma once

#include <absl/container/flat_hash_set.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "correlate/entity_key.h"
#include "correlate/sparse_rows.h"

namespace sieve {

struct WindowTableOptions {
  WindowShape shape;
  WindowColumns columns;
  uint64_t keys_max = limits::kWindowKeysDefault;
};

class WindowTable {
 public:
  static constexpr size_t kEvictionCandidates = 64;

  struct Added {
    bool is_late = false;  // Before the kept buckets: not counted.
    uint32_t record = 0;
    int64_t bucket = 0;
    Timestamp newest;  // Event time of the key's newest event.
    // A bit for each value of WindowColumns::seen_mask that was in the event's window before it.
    uint8_t seen = 0;
  };

  explicit WindowTable(const WindowTableOptions& options);
  // Its index refers to it.
  WindowTable(const WindowTable&) = delete;
  WindowTable& operator=(const WindowTable&) = delete;

  // REQUIRES: time is not before the epoch.
  Added add(uint64_t key, Timestamp time, const WindowEvent& event);

  // Of the key's window that ends with bucket `end`. REQUIRES: `added` is of the last add().
  WindowTotals totals(const Added& added, int64_t end) const;
  bool has_events(const Added& added, int64_t bucket) const;

  // Asks for the memory of `key` ahead of add().
  void prefetch(uint64_t key) const { shard_of(key).prefetch(Key{key}); }

  // Snapshots. From begin_snapshot() on, `out` gets a record for every key as it is now: for those
  // that are about to change before they do, for the others by and by. `number` says in the
  // records whose they are. What the table costs meanwhile is a bit for each key.
  void begin_snapshot(uint32_t number, std::string& out);
  // Writes up to `keys_max` keys more. True when all are written; the snapshot ends then.
  bool continue_snapshot(size_t keys_max);
  void cancel_snapshot();

  // What a record of begin_snapshot() says behind `number`: a key, or the clock. Fails the reader
  // when it says neither. REQUIRES: no event was added yet.
  void restore(ByteReader& in);
  // Behind the last one.
  void finish_restore();

  const WindowShape& shape() const { return shape_; }
  // Expiry's idea of now: never ahead of most events.
  int64_t clock_bucket() const { return clock_bucket_; }
  size_t key_count() const { return key_count_; }
  uint64_t keys_evicted() const { return keys_evicted_; }
  uint64_t keys_expired() const { return keys_expired_; }
  size_t state_bytes() const;

 private:
  struct Key {
    uint64_t value;
  };
  // The index holds numbers of records, found by the keys in the records.
  struct KeyHash {
    using is_transparent = void;
    const WindowTable* table;
    size_t operator()(Key key) const { return mix_key(key.value); }
    size_t operator()(uint32_t index) const { return mix_key(table->record_at(index).key); }
  };
  struct KeyEqual {
    using is_transparent = void;
    const WindowTable* table;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t a, Key b) const { return table->record_at(a).key == b.value; }
    bool operator()(Key a, uint32_t b) const { return (*this)(b, a); }
  };
  using Shard = absl::flat_hash_set<uint32_t, KeyHash, KeyEqual>;
  // Growing one of many small indexes does not stall the stream as growing one large one would.
  static constexpr size_t kShards = 64;  // As shard_index() says.
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr uint32_t kRecordBits = 12;
  static constexpr uint32_t kRecordMask = (1U << kRecordBits) - 1;

  struct Record {
    uint64_t key = 0;
    int64_t newest_ms = 0;
    RowBlock rows;
    uint32_t next = kNone;       // In the queue of keys, or of free records.
    uint32_t queued_bucket = 0;  // Low bits of the newest bucket when it was queued.
  };
  static_assert(sizeof(Record) == 32);

  static size_t shard_index(uint64_t key) { return mix_key(key) >> 58; }
  Shard& shard_of(uint64_t key) { return shards_[shard_index(key)]; }
  const Shard& shard_of(uint64_t key) const { return shards_[shard_index(key)]; }
  Record& record_at(uint32_t index) { return records_[index >> kRecordBits][index & kRecordMask]; }
  const Record& record_at(uint32_t index) const {
    return records_[index >> kRecordBits][index & kRecordMask];
  }
  int64_t newest_bucket(const Record& record) const {
    return shape_.bucket_of(Timestamp{record.newest_ms});
  }

  uint32_t find_or_create(uint64_t key, Timestamp time);
  uint32_t new_record();
  void advance(Record& record, Timestamp time);
  void count(Record& record, int64_t bucket, const WindowEvent& event);
  uint8_t seen_before(const Record& record, int64_t bucket, const WindowEvent& event) const;
  void make_dense(Record& record);
  void free_storage(Record& record);

  // The queue of all keys by staleness, corrected when a key comes to its front.
  void save_clock();
  void save_key(uint32_t index);
  void save_before_change(uint32_t index);
  bool is_saved(uint32_t index) const { return (saved_[index / 64] >> (index % 64) & 1) != 0; }
  void mark_saved(uint32_t index) { saved_[index / 64] |= uint64_t{1} << (index % 64); }
  void restore_rows(ByteReader& in, Record& record);

  void push(uint32_t index);
  uint32_t pop();
  void tick(Timestamp time);
  void expire();
  void evict();
  void erase(uint32_t index);

  // Constant after construction.
  WindowShape shape_;
  WindowColumns columns_;
  uint64_t keys_max_;

  std::vector<Shard> shards_;
  std::vector<std::unique_ptr<Record[]>> records_;
  uint32_t record_count_ = 0;  // Ever used.
  uint32_t first_free_ = kNone;
  size_t key_count_ = 0;
  SparseRows sparse_;
  std::vector<std::unique_ptr<DenseWindow>> dense_;
  std::vector<uint32_t> free_dense_;
  uint32_t queue_head_ = kNone;
  uint32_t queue_tail_ = kNone;

  int64_t clock_bucket_ = 0;
  int64_t tick_min_ms_ = INT64_MAX;
  uint32_t ticks_ = 0;
  uint64_t keys_evicted_ = 0;
  uint64_t keys_expired_ = 0;

  std::string* snapshot_ = nullptr;  // Where one that is under way goes.
  uint32_t snapshot_number_ = 0;
  uint32_t snapshot_next_ = 0;   // Records before it are written.
  uint32_t snapshot_end_ = 0;    // Records from it on came later.
  std::vector<uint64_t> saved_;  // A bit for each record before the end: it is written.
};

}  // namespace sieve
