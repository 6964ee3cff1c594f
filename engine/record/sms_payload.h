// A short message as the network carried it, and the text in it.
//
// Thread safety: pure functions. Lifetime: the text is in the arena.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/arena.h"
#include "record/decode_error.h"
#include "record/record.h"

namespace sieve {

// The `payload` of a record.
struct SmsPayload {
  std::optional<std::string_view> b64;  // Its octets in base64, or
  std::optional<std::string_view> hex;  // in hexadecimal digits.
  int64_t dcs = 0;                      // Data coding scheme, 0 to 255: see sms_coding.h.
  Tristate udhi = Tristate::kAbsent;    // A user data header comes before the text.
  Tristate packed = Tristate::kAbsent;  // Septets are packed; absent: found out.

  bool has_octets() const { return b64.has_value() || hex.has_value(); }
};

inline constexpr int64_t kDcsMax = 255;

// What the octets say: the text of `message` with its coding, notes and, unless the record has
// given it, its part. kBadPayload: they are no base64 or hexadecimal.
// REQUIRES: payload.has_octets(); message.part is what the record says.
DecodeError decode_payload(const SmsPayload& payload, Arena& arena, Message& message);

}  // namespace sieve
