// What one Kafka record of the facts topic holds: blocks of facts of one input lane, or the plan by
// which such facts were made, so that the log says by itself what its facts mean.
//
//   facts record: version u8 · kind u8 (0) · source varint · partition varint · incarnation varint
//                 · facts partitions varint · plan u32 · (size varint · block)...
//   plan record:  version u8 · kind u8 (1) · facts partitions varint · plan u32 · bytes: see
//                 plan_record.h
//
// Integers are as in fact.h. The number of facts partitions is the one that keys were spread over:
// with another, facts of one key would be in two partitions.
//
// Thread safety: plain data and pure functions. Lifetime: what is read refers to the record.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/expected.h"
#include "correlate/fact.h"

namespace sieve {

// 1 had all of this in each block, and 2 no calls in them.
inline constexpr uint8_t kFactsRecordVersion = 3;

inline constexpr int kFactSourceBits = 28;
inline constexpr int kFactPartitionBits = 21;
inline constexpr int kFactIncarnationBits = 28;
inline constexpr uint32_t kFactIncarnationMax = (uint32_t{1} << kFactIncarnationBits) - 1;

// The number that stands for a topic, or a source of files, in facts: a hash of its name.
uint32_t fact_source(std::string_view name);

enum class FactsRecordKind : uint8_t { kFacts, kPlan };

struct FactsRecordHead {
  FactsRecordKind kind = FactsRecordKind::kFacts;
  FactLane lane;  // Of kFacts.
  uint16_t partition_count = 1;
  uint32_t plan = 0;  // Its digest.
};

// Begins a record in the empty `out`. REQUIRES: values within the bits above.
void begin_facts_record(const FactsRecordHead& head, std::string& out);
// Adds a block to a record of kFacts.
void add_fact_block(std::string_view block, std::string& out);

enum class FactsRecordError : uint8_t { kTruncated, kUnknownVersion, kBadValue };

class FactsRecordReader {
 public:
  static Expected<FactsRecordReader, FactsRecordError> open(std::string_view record);
  const FactsRecordHead& head() const { return head_; }
  // The next block; false at the end, or where the record is damaged: then failed().
  bool next(std::string_view& block);
  bool failed() const { return failed_; }
  // Of kPlan: what follows the head.
  std::string_view plan_bytes() const { return rest_; }

 private:
  bool read_head();

  std::string_view rest_;
  FactsRecordHead head_;
  bool failed_ = false;
};

}  // namespace sieve
