// A Fact is a compact keyed observation that inspect makes of one record for the owner of its key,
// and a block of facts is what the exchange carries: all facts of one record for one facts
// partition, in a binary layout that does not depend on the machine. What all blocks of one input
// lane have in common, the version of the layout included, stands once before many of them: see
// facts_record.h.
//
//   block:  lead varint · call u64, where the lead says so · count u16 · facts
//   fact:   projection varint · key u64 · time varint · features varint · sizes u8 · values u64...
//           · name bytes
//
// The lead is twice the offset, plus one when the record is of a call that is known by other
// records of it (call_id.h).
//
// Integers are little-endian; a varint is LEB128 of at most the bits that its field may have. The
// first time of a block counts from the epoch, every other from the time before it, zigzag. `sizes`
// holds the number of values (low three bits) and the bytes of the name (high five).
//
// Thread safety: plain data and pure functions. Lifetime: decoded facts refer to the block.
// Units: times are event times in milliseconds.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/expected.h"
#include "base/limits.h"
#include "base/time.h"
#include "correlate/call_id.h"

namespace sieve {

// What the fields may need: together they bound a block of one fact to limits::kFactBytesMax.
inline constexpr int kFactOffsetBits = 55;  // A million records a second for a thousand years.
inline constexpr int kFactTimeBits = 43;    // Until the year 2248.
inline constexpr int kFactFeatureBits = 49;
inline constexpr Timestamp kFactTimeMax{(int64_t{1} << kFactTimeBits) - 1};

// The input lane that records came from, by what is the same in every engine and every run.
struct FactLane {
  uint32_t source = 0;  // fact_source() of the topic.
  int32_t partition = 0;
  // Raised by the operator when the topic was made anew, because its offsets began again.
  uint32_t incarnation = 0;
  auto operator<=>(const FactLane&) const = default;
};

// Where a record came from: what findings cite and what is de-duplicated by.
struct FactOrigin {
  uint32_t source = 0;  // As in FactLane.
  int32_t partition = 0;
  int64_t offset = 0;
  auto operator<=>(const FactOrigin&) const = default;
};

struct Fact {
  uint16_t projection = 0;  // Which (kind, key fields) of the rule set it is for: see FactPlan.
  uint64_t key = 0;         // Of the entity; equal keys are the same entity: see entity_key.h.
  Timestamp time = {};      // 0 to kFactTimeMax.
  // A bit per window rule of the projection that counts it, and per predicate.
  uint64_t features = 0;
  uint8_t value_count = 0;
  // Keys of the fields that are counted distinct; 0: the record lacks the field.
  std::array<uint64_t, limits::kFactValuesMax> values{};
  // What entity_name() needs besides the key, at most limits::kFactNameBytesMax bytes; empty for
  // numbers, which the key holds.
  std::string_view name = {};
};

enum class FactBlockError : uint8_t { kTruncated, kBadValue };

// Appends blocks to a string: begin, add facts, end. REQUIRES: values within the bits above.
class FactBlockWriter {
 public:
  explicit FactBlockWriter(std::string& out) : out_(out) {}
  // Of the record: its offset in its lane, and the call that it is of.
  void begin(int64_t offset, CallId call = {});
  void add(const Fact& fact);
  void end();

 private:
  std::string& out_;
  size_t count_at_ = 0;
  uint16_t count_ = 0;
  int64_t time_before_ms_ = 0;
};

// Reads one block fact by fact; every length and value is checked.
class FactBlockReader {
 public:
  static Expected<FactBlockReader, FactBlockError> open(std::string_view block);
  int64_t offset() const { return offset_; }
  CallId call() const { return call_; }
  // The facts that the block says it has, read or not.
  uint16_t count() const { return count_; }
  // The next fact; false at the end. A damaged fact, or bytes after the last one, end the block
  // with failed().
  bool next(Fact& fact);
  bool failed() const { return failed_; }

 private:
  bool read_fact(Fact& fact);

  std::string_view rest_;
  int64_t offset_ = 0;
  CallId call_;
  uint16_t count_ = 0;
  uint16_t left_ = 0;
  int64_t time_before_ms_ = 0;
  bool failed_ = false;
};

}  // namespace sieve
