// A Reassembler joins the parts of concatenated messages of one lane, in the order of its records.
//
//   reassembler.advance(record.time());   // For every record: who waited too long is over.
//   if (is_part) outcome = reassembler.add(part);
//   while (const JoinedMessage* message = reassembler.next()) inspect(*message);
//
// Two parts belong together when their keys are equal and the message they would be added to lacks
// that part and began within the timeout of it: by distance in time, since 8-bit references of busy
// senders come round within minutes and slots of fixed length would cut messages at their edges.
// Of several such messages it is the latest to begin. A part that is there already, with the same
// text, is a duplicate; with another text it begins a new message.
//
// A message that is not complete when a record comes that is later than its first part by more than
// the timeout is over: it is joined from what is there. A complete one is remembered for as long,
// so that a late duplicate does not begin another.
//
// Reading again from oldest_offset() on gives every message that is still to come once more, the
// same. (A bound that was reached makes an exception: what it pushed out is not waited for.) It may
// also give the end of a message that is done with and began before, as one with missing parts: its
// last part is then that message's last, too, unless it is a duplicate.
//
// Thread safety: none. Units: bytes; event time. Memory: bounded by the options. Allocates nothing
// per record after warm-up.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/limits.h"
#include "base/time.h"
#include "record/record.h"
#include "run/deadline_heap.h"

namespace sieve {

struct ReassemblerOptions {
  Duration timeout{300'000};  // Source of the default: reference bits wrap within minutes.
  size_t messages_max = limits::kReassemblyMessagesPerLaneMax;  // Waiting, or remembered.
  size_t bytes_max = limits::kReassemblyBytesPerLaneMax;        // Of texts and records.
};

struct PartInput {
  Hash128 key;  // See part_key().
  MessagePart part;
  std::string_view text;
  std::string_view record;  // The bytes it was decoded from.
  Timestamp time;
  int64_t offset = 0;
  bool is_late = false;  // It makes no facts.
};

// What two parts of one message have in common (3GPP TS 23.040, 9.2.3.24.1: sender, recipient,
// reference and number of parts), and the centre that numbered them.
Hash128 part_key(const Message& message);

enum class PartOutcome : uint8_t {
  kWaits,
  kCompletes,  // next() has its message.
  kDuplicate
};

// Why a message is given out.
enum class JoinReason : uint8_t {
  kComplete,
  kTimeout,
  kFull,  // Too much waited: it was the first to go.
  kEndOfInput
};
inline constexpr size_t kJoinReasonCount = 4;
// `complete`, `timeout`, `full`, `end_of_input`: the words of metrics.
std::string_view name_of(JoinReason reason);

// Valid until the next call of any function.
struct JoinedMessage {
  std::string_view text;  // Parts in order; " ... " stands for parts that are missing.
  // Of the part that came first; limits::kPaddingBytes may be read behind it.
  std::string_view record;
  uint16_t total = 0;
  uint16_t received = 0;
  int64_t last_offset = 0;  // Of the part that came last.
  bool text_cut = false;
  bool is_late = false;  // `record` is.
  JoinReason reason = JoinReason::kComplete;
};

class Reassembler {
 public:
  explicit Reassembler(const ReassemblerOptions& options);

  // A record of this time was read.
  void advance(Timestamp time);
  // REQUIRES: part.total >= 2, 1 <= part.seq <= part.total.
  PartOutcome add(const PartInput& input);
  // Nothing comes any more: whatever waits is over.
  void end_input();
  // The next message that is complete or over, or null.
  const JoinedMessage* next();

  // The first record that would have to be read again; nothing: none.
  std::optional<int64_t> oldest_offset() const;
  // Nothing waits and nothing is remembered.
  bool empty() const { return oldest_ == kNone; }
  size_t parts_waiting() const { return parts_waiting_; }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  struct Part {
    uint32_t begin = 0;  // In Slot::text.
    uint32_t size = 0;
    uint32_t hash = 0;
    char16_t head = 0;
    char16_t tail = 0;
    bool received = false;
  };
  struct Slot {
    Hash128 key;
    Timestamp first_time;
    int64_t first_offset = 0;
    int64_t last_offset = 0;
    uint32_t total = 0;
    uint32_t received = 0;
    bool complete = false;
    bool ready = false;  // Being given out: nothing is added to it any more.
    bool text_cut = false;
    bool is_late = false;                    // The first part.
    uint32_t older = kNone;                  // The message of the same key that began before.
    uint32_t before = kNone, after = kNone;  // In order of arrival.
    std::vector<Part> parts;                 // By seq - 1.
    std::string text;                        // In order of arrival.
    std::string record;
  };
  struct KeyHash {
    size_t operator()(const Hash128& key) const { return key.low; }
  };
  // A message to be given out; in neither heap meanwhile.
  struct Ready {
    uint32_t slot;
    JoinReason reason;
  };

  // The message the part belongs to, or kNone; `is_duplicate`: it has the part already.
  uint32_t find(const PartInput& input, uint32_t text_hash, bool& is_duplicate) const;
  uint32_t begin(const PartInput& input);
  void put(Slot& slot, const PartInput& input, uint32_t text_hash);
  void make_room(size_t bytes);
  void bound_key(const Hash128& key);
  void set_ready(uint32_t slot, JoinReason reason);
  void finish_given();
  void release_bytes(Slot& slot);
  void remove(uint32_t slot);
  void join(const Slot& slot);
  std::string spare_string();
  bool is_near(const Slot& slot, Timestamp time) const;
  DeadlineHeap::Entry entry_of(uint32_t slot);

  ReassemblerOptions options_;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<uint32_t> free_;
  absl::flat_hash_map<Hash128, uint32_t, KeyHash> latest_;  // The latest to begin.
  DeadlineHeap waiting_;
  DeadlineHeap remembered_;
  uint32_t oldest_ = kNone, newest_ = kNone;  // In order of arrival.
  uint64_t serial_ = 0;
  size_t bytes_ = 0;
  size_t parts_waiting_ = 0;
  std::vector<Ready> ready_;
  size_t given_ = 0;  // Of ready_: how many next() gave; the last of them is being looked at.
  std::vector<std::string> spare_;
  std::string joined_text_;
  JoinedMessage joined_;
};

}  // namespace sieve
