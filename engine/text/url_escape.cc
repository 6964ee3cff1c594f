#include "text/url_escape.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/fold_table.h"
#include "text/idna_mapping.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

constexpr int kNoDigit = -1;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return kNoDigit;
}

struct Byte {
  char value;
  size_t size;
};

Byte byte_at(std::string_view text, size_t at) {
  if (text[at] != '%' || at + 2 >= text.size()) return {text[at], 1};
  const int high = hex_value(text[at + 1]);
  const int low = hex_value(text[at + 2]);
  if (high == kNoDigit || low == kNoDigit) return {text[at], 1};
  return {static_cast<char>(high * 16 + low), 3};
}

void put(std::string_view bytes, size_t place, UnescapedText& out) {
  if (bytes.size() > UnescapedText::kBytesMax - out.size) return;
  for (const char c : bytes) {
    out.places[out.size] = static_cast<uint32_t>(place);
    out.bytes[out.size++] = c;
  }
}

}  // namespace

void unescape_authority(std::string_view text, size_t begin, UnescapedText& out) {
  out.size = 0;
  const size_t end = text.size();
  size_t at = begin;
  while (at < end && out.size < UnescapedText::kBytesMax) {
    // One character, of at most four bytes.
    std::array<char, 4> bytes;
    size_t count = 0;
    size_t after = at;
    const Byte lead = byte_at(text, at);
    const size_t wanted = utf8_size_of_lead(lead.value);
    while (count < wanted && after < end) {
      const Byte byte = byte_at(text, after);
      bytes[count++] = byte.value;
      after += byte.size;
    }
    const Utf8Char decoded = decode_utf8({bytes.data(), count}, 0);
    if (!decoded.valid || decoded.size != count) break;
    // Letters that were written plainly are folded already; of the others, a host keeps some.
    const std::string_view letter(bytes.data(), count);
    const bool stays = idna_mapping_of(decoded.code_point) != nullptr;
    put(stays ? letter : fold_alone(decoded.code_point, letter), at, out);
    at = after;
  }
  out.places[out.size] = static_cast<uint32_t>(at);
}

}  // namespace sieve
