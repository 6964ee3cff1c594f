// CountedCalls remembers which calls one rule has counted, for each key, so that further records of
// a call do not count again.
//
//   calls.begin_record(number);
//   if (calls.contains({key, id, start})) return;  // Counted before.
//   calls.insert({key, id, start});                // Once it did count.
//
// A call is remembered until the clock, which single records from the future cannot move, is more
// than kCallMergeSpan past its start. Calls and keys are told apart by hashes of 64 bits: that one
// is taken for one of a million others has a chance below one in a million million.
//
// Thread safety: none; one owner thread. Allocates until it has held as many calls as it ever does.
// Units: event time.
#pragma once

#include <absl/container/flat_hash_set.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_codec.h"
#include "base/time.h"
#include "correlate/call_id.h"
#include "correlate/entity_key.h"

namespace sieve {

// Records of a call come when the call, or a part of it, ends: legs within minutes of each other,
// what is sent again after an outage later. Longer costs memory (some 30 bytes a call, key and
// rule) for the few that come later still.
inline constexpr Duration kCallMergeSpan{3'600'000};
// Legs are seized one after another, by clocks that differ; what billing systems de-duplicate by.
inline constexpr Duration kCallStartTolerance{2'000};
// Of one rule in one facts partition: 30 MB. With four partitions it is reached at 1,100 calls a
// second, and then the span is shorter.
inline constexpr size_t kCountedCallsMax = 1'000'000;

struct CallOfKey {
  uint64_t key = 0;
  CallId id;        // REQUIRES: any().
  Timestamp start;  // As the record has it. REQUIRES: not before the epoch.
};

class CountedCalls {
 public:
  explicit CountedCalls(size_t calls_max = kCountedCallsMax);
  // Its index refers to it.
  CountedCalls(const CountedCalls&) = delete;
  CountedCalls& operator=(const CountedCalls&) = delete;

  // What is asked from now on is of the record with this number, which no record before had. A
  // record that is looked at from both sides may count twice for one key.
  void begin_record(uint64_t number);
  // Whether a record before the one that was begun counted the call.
  bool contains(const CallOfKey& call) const;
  // REQUIRES: !contains(call).
  void insert(const CallOfKey& call);

  // Snapshots: begin_snapshot() fixes what is saved. Then records that begin with `head` are
  // appended to `out` by and by. continue_snapshot() writes up to `calls_max` more: true when that
  // was all. restore() takes what stands behind the head, and fails the reader when it is nothing
  // that was saved. REQUIRES of restore(): nothing was inserted.
  void begin_snapshot(std::string_view head, std::string& out);
  bool continue_snapshot(size_t calls_max);
  void cancel_snapshot() { snapshot_ = nullptr; }
  void restore(ByteReader& in);

  size_t size() const { return next_ - first_; }
  // At the cap: the oldest, a further record of which counts again.
  uint64_t evicted() const { return evicted_; }
  size_t state_bytes() const;

 private:
  struct Entry {
    uint64_t hash = 0;  // Of key, call and, without a reference, when it started.
    int64_t start_ms = 0;
  };
  struct Hash {
    uint64_t value;
  };
  // The index holds numbers of entries, found by the hashes in the entries.
  struct HashOf {
    using is_transparent = void;
    const CountedCalls* calls;
    size_t operator()(Hash hash) const { return hash.value; }
    size_t operator()(uint32_t number) const { return calls->at(number).hash; }
  };
  struct Equal {
    using is_transparent = void;
    const CountedCalls* calls;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t a, Hash b) const { return calls->at(a).hash == b.value; }
    bool operator()(Hash a, uint32_t b) const { return (*this)(b, a); }
  };

  // Numbers go on forever and wrap: the ring has a place for each between the first and the next.
  Entry& at(uint32_t number) { return ring_[number & (ring_.size() - 1)]; }
  const Entry& at(uint32_t number) const { return ring_[number & (ring_.size() - 1)]; }
  bool is_within(uint64_t hash, Timestamp start, Duration distance) const;
  void push(const Entry& entry);
  void pop();
  void grow();
  void tick(Timestamp start);
  void expire();
  void save_some(size_t calls_max);

  size_t calls_max_;
  std::vector<Entry> ring_;  // As many as a power of two.
  uint32_t first_ = 0;
  uint32_t next_ = 0;
  absl::flat_hash_set<uint32_t, HashOf, Equal> index_;
  uint64_t record_ = 0;
  uint32_t record_begin_ = 0;  // Entries from it on are of the record that was begun.

  int64_t clock_ms_ = 0;
  int64_t tick_min_ms_ = INT64_MAX;
  uint32_t ticks_ = 0;
  uint64_t evicted_ = 0;

  std::string* snapshot_ = nullptr;  // Where one that is under way goes.
  std::string snapshot_head_;        // What its records begin with.
  uint32_t snapshot_next_ = 0;       // Entries before it are written.
  uint32_t snapshot_end_ = 0;        // Entries from it on came later.
};

}  // namespace sieve
