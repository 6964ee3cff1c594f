// A RecordBatch is a run of records of one lane (a file, standard input or one Kafka partition),
// with their bytes: the unit in which records are read, inspected, merged, counted and
// acknowledged.
//
// Thread safety: none; a batch belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/strong_id.h"
#include "base/time.h"

namespace sieve {

// A lane is one ordered sequence of records. Ids are dense per source and never reused in a
// process.
using LaneId = StrongId<struct LaneTag>;

struct RawRecord {
  uint32_t begin = 0;  // Of the value in RecordBatch::bytes.
  uint32_t size = 0;
  uint32_t key_begin = 0;  // Of the Kafka key; size 0: none.
  uint32_t key_size = 0;
  int64_t offset = 0;      // Kafka offset, or line number from 1.
  int64_t arrival_ms = 0;  // Kafka timestamp, or 0 for files.
  int64_t size_full = 0;   // The record's size at its source: more than `size` when it was cut.
};

using Header = std::pair<std::string, std::string>;

struct RecordBatch {
  LaneId lane;
  uint32_t epoch = 0;       // Of the lane's assignment: stale batches are recognised by it.
  uint64_t sequence = 0;    // 0, 1, 2, ... within (lane, epoch).
  int64_t next_offset = 0;  // What to read after this batch (last offset + 1).
  std::vector<RawRecord> records;
  std::string bytes;  // Ends with limits::kPaddingBytes zero bytes.
  // Headers of records that had some, by index into `records`; for dead letters.
  std::vector<std::pair<uint32_t, std::vector<Header>>> headers;

  std::string_view value(const RawRecord& r) const {
    return std::string_view(bytes).substr(r.begin, r.size);
  }
  std::string_view key(const RawRecord& r) const {
    return std::string_view(bytes).substr(r.key_begin, r.key_size);
  }
  // Empties it, keeping the memory.
  void clear() {
    records.clear();
    bytes.clear();
    headers.clear();
  }
};

}  // namespace sieve
