// A Cooldown remembers which findings of one rule were made: one for each key and slot of event
// time. The slot is part of a finding's identity, so that a replay makes the same findings.
//
// Thread safety: none. Allocates for new findings only.
#pragma once

#include <absl/container/flat_hash_set.h>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>

#include "base/byte_codec.h"
#include "base/time.h"
#include "correlate/snapshot_record.h"

namespace sieve {

class Cooldown {
 public:
  // Slots are `length` long and begin at multiples of it since the epoch. At most `entries_max`
  // findings are remembered; beyond, the oldest is forgotten and may be made again, with the same
  // id.
  Cooldown(Duration length, size_t entries_max);

  int64_t slot_of(Timestamp time) const { return time.ms / length_ms_; }
  Timestamp begin_of(int64_t slot) const { return {slot * length_ms_}; }

  bool contains(uint64_t key, int64_t slot) const { return made_.contains({key, slot}); }
  // False when the finding was made before.
  bool insert(uint64_t key, int64_t slot);
  // Forgets slots that ended before `time`, oldest findings first.
  void forget_before(Timestamp time);

  // Appends records of all findings that begin with `head`; restore() takes what stands behind it.
  void save(SnapshotTag tag, std::string_view head, std::string& out) const;
  void restore(ByteReader& in);

  size_t state_bytes() const;

 private:
  using Entry = std::pair<uint64_t, int64_t>;

  int64_t length_ms_;
  size_t entries_max_;
  absl::flat_hash_set<Entry> made_;
  std::deque<Entry> order_;
};

}  // namespace sieve
