// A Record is one decoded message, call or report: plain data that later stages read.
//
// Thread safety: plain data.
// Lifetime: a type of views. Everything in it refers to the record's bytes, to the arena of its
// batch or to static storage, and is valid until the batch is recycled. Copy what must live longer.
// Units: times are event times in milliseconds; durations are milliseconds.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/time.h"

namespace sieve {

enum class RecordKind : uint8_t { kMessage, kCall, kReport };
inline constexpr size_t kRecordKindCount = 3;

// "message", "call", "report": the words of configuration, rules and metrics.
std::string_view name_of(RecordKind kind);

enum class AddressType : uint8_t { kUnknown, kMsisdn, kAlpha, kShort };
std::string_view name_of(AddressType type);

// A field that a record may lack: absent is not false.
enum class Tristate : uint8_t { kAbsent, kFalse, kTrue };

struct Address {
  std::string_view raw;      // As received.
  std::string_view number;   // E.164 with `+`; empty unless `raw` could be read as one.
  std::string_view country;  // ISO 3166-1 alpha-2 of `number`; empty when unknown.
  AddressType type = AddressType::kUnknown;

  // What it is keyed by: the number, or what was received.
  std::string_view key() const { return number.empty() ? raw : number; }
};

struct Cell {
  std::string_view id;
  std::optional<double> lat;
  std::optional<double> lon;
  Tristate border = Tristate::kAbsent;
};

struct Sim {
  std::string_view imsi;
  std::string_view imei;
  std::optional<Timestamp> activated_at;
  Tristate prepaid = Tristate::kAbsent;
};

enum class Channel : uint8_t { kSms, kMms, kRcs, kOtt, kUssd };
std::string_view name_of(Channel channel);

enum class Direction : uint8_t { kAbsent, kMo, kMt, kA2p, kP2a };
std::string_view name_of(Direction direction);  // Empty for kAbsent.

// How the text of a message was written: as text in the record, or in the bytes of its payload.
enum class TextCoding : uint8_t {
  kText,
  kGsm7,  // 3GPP TS 23.038, with its extension and national tables.
  kAscii,
  kLatin1,
  kCyrillic,  // ISO 8859-5.
  kHebrew,    // ISO 8859-8.
  kUcs2,      // UTF-16 of either byte order.
  kUtf8,
  kBinary  // No text: ringtones, settings, a compressed text.
};
std::string_view name_of(TextCoding coding);

// What was wrong with a payload that was decoded all the same.
enum class PayloadNote : uint8_t {
  kWrongCoding,      // Its bytes are not what `dcs` says; `coding` is what they were read as.
  kUncommonCoding,   // `dcs` is reserved or of a coding not built in: read as well as it goes.
  kBadHeader,        // `udhi` is wrong, or the header ends behind its elements or the payload.
  kBadPart,          // The header's part cannot be: not taken as a part.
  kPartDisagrees,    // The record's `part` and the header's differ; the record's is taken.
  kTruncated,        // It ends within a character.
  kLoneSurrogate,    // Half of a pair within the text: U+FFFD there.
  kNoSuchCharacter,  // A code without a character: U+FFFD there.
  kBinary            // No text to be read; `text` is empty.
};
inline constexpr size_t kPayloadNoteCount = 9;
// `wrong_coding`, `bad_header`, ...: the words of metrics.
std::string_view name_of(PayloadNote note);

class PayloadNotes {
 public:
  constexpr void add(PayloadNote note) {
    bits_ = static_cast<uint16_t>(bits_ | 1U << static_cast<unsigned>(note));
  }
  constexpr void add(PayloadNotes notes) { bits_ = static_cast<uint16_t>(bits_ | notes.bits_); }
  constexpr bool has(PayloadNote note) const { return (bits_ >> static_cast<unsigned>(note)) & 1U; }
  constexpr bool any() const { return bits_ != 0; }
  bool operator==(const PayloadNotes&) const = default;

 private:
  uint16_t bits_ = 0;
};
static_assert(kPayloadNoteCount <= 16);

// One part of a concatenated message. A character outside of the basic plane may be split between
// two parts: each of its halves then stands in its text as U+FFFD, and who joins them puts the
// character there.
struct MessagePart {
  int64_t ref = 0;
  int64_t total = 0;
  int64_t seq = 0;
  char16_t head = 0;  // The low surrogate that the text begins with; 0: none.
  char16_t tail = 0;  // The high surrogate that it ends in; 0: none.
};

struct Message {
  using Part = MessagePart;
  struct Route {
    std::string_view peer, smsc, country;
    Tristate intl = Tristate::kAbsent;
  };
  struct SenderProfile {
    Tristate registered = Tristate::kAbsent;
    std::string_view brand, category;
  };

  std::string_view id;
  Timestamp ts;
  Channel channel = Channel::kSms;
  Direction direction = Direction::kAbsent;
  Address from;
  std::span<const Address> to;  // At least one; at most limits::kRecipientsPerMessageMax.
  std::string_view text;        // Valid UTF-8, at most limits::kTextBytesMax.
  bool text_cut = false;        // The record held more text than that.
  TextCoding coding = TextCoding::kText;
  PayloadNotes payload_notes;  // Of a text that comes from a payload.
  std::string_view lang;
  std::optional<Part> part;
  uint16_t parts_received = 0;  // Of a text that was joined from parts; 0: it was not.
  bool incomplete = false;      // Some of its parts are missing.
  Route route;
  SenderProfile sender;
  Sim sim;
  Cell cell;
};

enum class CallKind : uint8_t {
  kMo,
  kMt,
  kGatewayIn,
  kGatewayOut,
  kTransit,
  kRoaming,
  kAttempt,
  kSip
};
std::string_view name_of(CallKind kind);

// One of several records of one long call.
struct PartialCall {
  int64_t seq = 0;
  Tristate last = Tristate::kAbsent;
};

struct Call {
  struct Trunk {
    std::string_view in, out;
    Tristate intl = Tristate::kAbsent;
  };
  struct Roaming {
    std::string_view network;
    Tristate inbound = Tristate::kAbsent;
  };
  using Partial = PartialCall;

  std::string_view id;
  Timestamp ts;  // Start.
  CallKind kind = CallKind::kMo;
  Address from;
  Address to;
  Duration duration;  // 0: unanswered.
  std::optional<Timestamp> answered_at;
  std::optional<Timestamp> ended_at;
  std::optional<Duration> ring;
  std::optional<int64_t> cause;  // Q.850.
  std::string_view attestation;
  Address charge_number;
  Address forwarded_from;
  Sim sim;
  Cell cell;
  Trunk trunk;
  Roaming roaming;
  std::string_view call_ref;
  std::optional<Partial> partial;

  bool answered() const { return duration.ms > 0 || answered_at.has_value(); }
};

struct Report {
  std::string_view id;
  Timestamp ts;
  std::string_view source;  // 7726, 1441, app, honeypot.
  Address from;
  Address to;
  std::string_view text;  // Valid UTF-8, at most limits::kTextBytesMax.
  bool text_cut = false;  // The record held more text than that.
  std::optional<Timestamp> received_at;
  Cell cell;
};

// One of the three; the members of the other kinds are stale and must not be read.
// Which of its two parties a record is looked at from.
enum class Party : uint8_t {
  kNone,  // From neither.
  kFrom,  // Caller or sender.
  kTo,    // Callee or (first) recipient.
};

struct Record {
  RecordKind kind = RecordKind::kMessage;
  Party party = Party::kNone;  // Set by whoever looks at the record from both sides in turn.
  Message message;
  Call call;
  Report report;

  Timestamp time() const;
  std::string_view id() const;
};

}  // namespace sieve
