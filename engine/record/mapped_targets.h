// The fields that a mapping may fill, and how a text becomes each of them.
//
// Thread safety: immutable tables and pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "record/decode_error.h"
#include "record/record.h"
#include "record/sms_payload.h"

namespace sieve {

// How the text of a source becomes a value.
enum class TargetType : uint8_t {
  kText,
  kName,  // A text that is not empty.
  kTime,
  kSpan,
  kBool,
  kInt,
  kDegrees,
  kAddress,  // Canonicalised when the record is complete; may be empty.
};

// A value of the target's type; the member that belongs to it is set.
struct TargetValue {
  std::string_view text;
  int64_t number = 0;  // Integers; milliseconds of times and spans.
  double real = 0;
  Tristate flag = Tristate::kAbsent;
};

// Where a message is assembled: its recipient and its payload need places of their own.
struct MappedRecord {
  Record& record;
  Address& to;
  SmsPayload& payload;
};

struct Target {
  std::string_view name;  // As mappings write it: `from.addr`, `duration`, `cell.id`.
  TargetType type;
  bool required;
  DecodeError (*set)(const MappedRecord& out, const TargetValue& value);
};

// In the order in which they are documented.
std::span<const Target> targets_of(RecordKind kind);

// Whether a message's text can come from the target `name`: it needs one such.
bool brings_text(std::string_view name);

// Null when no field of `kind` has this name.
const Target* find_target(RecordKind kind, std::string_view name);

}  // namespace sieve
