// The records that the body of a snapshot is a sequence of: a tag, the size, and what the tag says.
//
//   { SnapshotRecord record(SnapshotTag::kMarks, out); put_varint(out, 1); ... }
//
// Thread safety: none. Lifetime: refers to the text it appends to.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/byte_codec.h"

namespace sieve {

// Of what the records say; raised when it changes.
inline constexpr uint32_t kSnapshotContentVersion = 2;

enum class SnapshotTag : uint8_t {
  kState = 1,     // A window rule's state: its number and definition.
  kWindows = 2,   // Of one number: a key or the clock.
  kCooldown = 3,  // Of one number: findings that were made.
  kMarks = 4,     // How far each source was applied.
  kAlerts = 5,    // Of messages: cool-downs and roll-ups.
  kLanes = 6,     // Where inputs go on.
  kPlans = 7,     // What facts of plans mean that the log told.
  kCalls = 8      // Of one number: calls that were counted.
};

// Begins a record; its end is the destructor, which writes the size.
class SnapshotRecord {
 public:
  SnapshotRecord(SnapshotTag tag, std::string& out) : out_(out) {
    out_.push_back(static_cast<char>(tag));
    begin_ = out_.size();
    out_.append(sizeof(uint32_t), '\0');
  }
  ~SnapshotRecord() {
    const auto size = static_cast<uint32_t>(out_.size() - begin_ - sizeof(uint32_t));
    std::memcpy(&out_[begin_], &size, sizeof size);
  }
  SnapshotRecord(const SnapshotRecord&) = delete;
  SnapshotRecord& operator=(const SnapshotRecord&) = delete;

 private:
  std::string& out_;
  size_t begin_;
};

// Cuts the body of a snapshot, which comes in frames of any size, into its records.
class SnapshotRecords {
 public:
  // The bytes that follow; REQUIRES: next() gave all records of those before.
  void add(std::string_view frame);
  // The next whole record; false: more bytes are needed. `content` is valid until add().
  bool next(SnapshotTag& tag, std::string_view& content);
  // Bytes that are no whole record: behind the last frame there are none.
  size_t left() const { return bytes_.size() - at_; }

 private:
  std::string bytes_;
  size_t at_ = 0;
};

}  // namespace sieve
