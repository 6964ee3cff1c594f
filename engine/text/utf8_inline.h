// Decoding and encoding of UTF-8 for the loops of the fold, most of it known to be valid.
//
// Thread safety: pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/utf8.h"

namespace sieve {

inline size_t utf8_size(char32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

// The size of the character that begins with `lead`.
constexpr size_t utf8_size_of_lead(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

inline bool is_utf8_tail(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The character at text[at]. REQUIRES: valid UTF-8, a whole character.
inline char32_t decode_at(const char* text, size_t at) {
  const auto byte = [text, at](size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]));
  };
  const char32_t lead = byte(0);
  if (lead < 0x80) return lead;
  if (lead < 0xE0) return (lead & 0x1F) << 6 | (byte(1) & 0x3F);
  if (lead < 0xF0) return (lead & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  return (lead & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
}

// The character that ends before text[end]. REQUIRES: as decode_at(), and end > 0.
inline char32_t decode_before(const char* text, size_t end) {
  size_t begin = end - 1;
  while (is_utf8_tail(text[begin])) --begin;
  return decode_at(text, begin);
}

// As decode_utf8(): the common forms inline, the rest, and all faults, in base.
inline Utf8Char decode_any(std::string_view text, size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const size_t left = text.size() - at;
  const bool two = lead >= 0xC2 && lead < 0xE0 && left >= 2 && is_utf8_tail(text[at + 1]);
  if (two) return {decode_at(text.data(), at), 2, true};
  const bool three = lead > 0xE0 && lead < 0xF0 && lead != 0xED && left >= 3 &&
                     is_utf8_tail(text[at + 1]) && is_utf8_tail(text[at + 2]);
  if (three) return {decode_at(text.data(), at), 3, true};
  const bool four = lead >= 0xF0 && lead < 0xF4 && left >= 4 && is_utf8_tail(text[at + 1]) &&
                    is_utf8_tail(text[at + 2]) && is_utf8_tail(text[at + 3]) &&
                    (lead > 0xF0 || static_cast<unsigned char>(text[at + 1]) >= 0x90);
  if (four) return {decode_at(text.data(), at), 4, true};
  return decode_utf8(text, at);
}

// Writes `c` at `out`, which has room for four bytes, and returns its size.
inline size_t encode_utf8(char32_t c, char* out) {
  const auto tail = [c](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    out[0] = static_cast<char>(c);
    return 1;
  }
  if (c < 0x800) {
    out[0] = static_cast<char>(0xC0 | (c >> 6));
    out[1] = tail(0);
    return 2;
  }
  if (c < 0x10000) {
    out[0] = static_cast<char>(0xE0 | (c >> 12));
    out[1] = tail(6);
    out[2] = tail(0);
    return 3;
  }
  out[0] = static_cast<char>(0xF0 | (c >> 18));
  out[1] = tail(12);
  out[2] = tail(6);
  out[3] = tail(0);
  return 4;
}

}  // namespace sieve
