// Payloads from outside: whatever the octets and whatever is said of them, the text is valid UTF-8
// and bounded, and a half of a character waits only in a part and where its U+FFFD stands. The
// first byte is the data coding scheme; the second says, by bits, what the record states.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/limits.h"
#include "base/utf8.h"
#include "record/sms_payload.h"

namespace sieve {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

void require(bool condition) {
  if (!condition) std::abort();
}

Tristate tristate_of(unsigned bits) { return static_cast<Tristate>(bits % 3); }

void check(const Message& message, bool stated) {
  require(is_valid_utf8(message.text));
  require(message.text.size() <= limits::kTextBytesMax);
  require(message.coding != TextCoding::kText);
  if (!message.part) return;
  const MessagePart& part = *message.part;
  require(part.seq >= 1 && part.seq <= part.total && part.total <= 255);
  require(part.ref >= 0 && part.ref <= 65'535);
  require(!stated || part.ref == 9);
  require(part.head == 0 || (part.seq > 1 && message.text.starts_with(kReplacement)));
  require(part.tail == 0 || (part.seq < part.total && message.text.ends_with(kReplacement)));
}

void decode(uint8_t dcs, uint8_t stated, std::string_view octets) {
  static Arena arena;
  arena.reset();
  std::string hex;
  for (const char c : octets) {
    hex += "0123456789abcdef"[static_cast<uint8_t>(c) >> 4];
    hex += "0123456789abcdef"[static_cast<uint8_t>(c) & 15];
  }
  SmsPayload payload;
  payload.dcs = dcs;
  payload.udhi = tristate_of(stated & 3);
  payload.packed = tristate_of(stated >> 2 & 3);
  Message message;
  const bool part = (stated & 16) != 0;
  if (part) message.part = MessagePart{9, 3, 1 + (stated >> 5) % 3};
  if (stated >= 0xF0) {
    payload.b64 = octets;  // As it stands: mostly no base64.
  } else {
    payload.hex = hex;
  }
  const DecodeError error = decode_payload(payload, arena, message);
  require(error == DecodeError::kNone || (payload.b64 && error == DecodeError::kBadPayload));
  if (error == DecodeError::kNone) check(message, part);
}

}  // namespace
}  // namespace sieve

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size >= 2) {
    sieve::decode(data[0], data[1], {reinterpret_cast<const char*>(data + 2), size - 2});
  }
  return 0;
}
