// A Fact is a compact keyed observation that inspect makes of one record for the owner of its key,
// and a block of facts is what the exchange carries: all facts of one record for one facts
// partition, in a versioned binary layout that does not depend on the machine.
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

namespace sieve {

inline constexpr uint8_t kFactBlockVersion = 1;

// Where a record came from: what findings cite and what is de-duplicated by.
struct FactOrigin {
  uint32_t source = 0;  // Index of the input lane's origin (topic or file).
  int32_t partition = 0;
  int64_t offset = 0;
  auto operator<=>(const FactOrigin&) const = default;
};

struct Fact {
  uint16_t projection = 0;  // Which (kind, key fields) of the rule set it is for: see FactPlan.
  uint64_t key = 0;         // Of the entity; equal keys are the same entity.
  Timestamp time;
  uint64_t features =
      0;  // A bit per window rule of the projection that counts it, and per predicate.
  uint8_t value_count = 0;
  std::array<uint64_t, limits::kFactValuesMax>
      values{};           // Hashes of the fields that are counted distinct.
  std::string_view name;  // The entity as people know it (a number, a sender id), at most
                          // limits::kFactNameBytesMax bytes.
};

enum class FactBlockError : uint8_t { kTruncated, kUnknownVersion, kBadValue };

// Appends blocks to a string: begin, add facts, end.
class FactBlockWriter {
 public:
  explicit FactBlockWriter(std::string& out) : out_(out) {}
  void begin(const FactOrigin& origin);
  void add(const Fact& fact);
  void end();

 private:
  std::string& out_;
  size_t count_at_ = 0;
  uint16_t count_ = 0;
};

// Reads one block fact by fact; every length is checked.
class FactBlockReader {
 public:
  static Expected<FactBlockReader, FactBlockError> open(std::string_view block);
  const FactOrigin& origin() const { return origin_; }
  // The next fact; false at the end. A damaged fact ends the block with failed().
  bool next(Fact& fact);
  bool failed() const { return failed_; }

 private:
  std::string_view rest_;
  FactOrigin origin_;
  uint16_t left_ = 0;
  bool failed_ = false;
};

}  // namespace sieve
