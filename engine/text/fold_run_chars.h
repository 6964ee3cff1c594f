// The characters of fold_run(): what can be told of them from their bytes, and copies that may
// write more than they have to.
//
// Thread safety: constant data and pure functions. Units: bytes.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/utf8.h"
#include "text/fold_table.h"
#include "text/utf8_inline.h"

namespace sieve {

// Letters and digits in lower case; 0: a separator; 1: a control.
inline constexpr auto kRunAscii = [] {
  std::array<unsigned char, 128> folded{};
  for (size_t c = 0; c < folded.size(); ++c) {
    const bool white_space = c >= '\t' && c <= '\r';
    if (c < 0x20 && !white_space) folded[c] = 1;
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper) folded[c] = static_cast<unsigned char>(c | 0x20);
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) folded[c] = static_cast<unsigned char>(c);
  }
  return folded;
}();
inline constexpr unsigned char kRunControl = 1;
inline constexpr unsigned kAsciiLetterBit = 0x40;  // Of letters, not of digits.

inline unsigned char byte_of(char c) { return static_cast<unsigned char>(c); }

inline bool starts_ascii(const char* text) {
  uint64_t words[2];
  std::memcpy(words, text, sizeof words);
  return ((words[0] | words[1]) & 0x8080808080808080U) == 0;
}

// Characters are looked at as numbers whose lowest byte is the first.
static_assert(std::endian::native == std::endian::little);

inline uint64_t load64(const char* from) {
  uint64_t out;
  std::memcpy(&out, from, sizeof out);
  return out;
}

inline void copy3(char* to, const char* from) {
  to[0] = from[0];
  to[1] = from[1];
  to[2] = from[2];
}

// Nearly every mapping is short, and 16 bytes of each may be read.
inline void copy_mapping(char* to, std::string_view mapping) {
  std::memcpy(to, mapping.data(), kFoldBytesSlack);
  if (mapping.size() > kFoldBytesSlack) std::memcpy(to, mapping.data(), mapping.size());
}

// True when the first six of eight bytes at `text` are two characters of kFoldSelf.
inline bool fold_to_themselves(const char* text) {
  if ((load64(text) & 0xC0C0F0C0C0F0) != 0x8080E08080E0) return false;
  return is_in_fold_self(text) && is_in_fold_self(text + 3);
}

// The folded Latin letter beyond ASCII at `raw`, of `size` bytes there, or nothing.
inline std::string_view fold_latin_letter(const char* raw, size_t left, size_t& size) {
  const unsigned char lead = byte_of(*raw);
  size = lead < 0xE0 ? 2 : 3;
  const bool expected = (lead >= 0xC3 && lead < 0xE0) || lead == 0xE1;
  const bool whole = left >= size && is_utf8_tail(raw[1]) && is_utf8_tail(raw[size - 1]);
  if (!expected || !whole) return {};
  const uint16_t row = fold_row_of(decode_at(raw, 0));
  if (use_of_row(row) != RowUse::kLatinLetter) return {};
  return row < kFoldIdentityRows ? std::string_view(raw, size) : mapping_of_row(row);
}

// The character at `raw`: of three bytes here, as nearly all are that come so far.
inline Utf8Char decode_three(const char* raw, size_t left) {
  const auto lead = byte_of(*raw);
  const bool three = lead > 0xE0 && lead < 0xF0 && lead != 0xED && left >= 3 &&
                     is_utf8_tail(raw[1]) && is_utf8_tail(raw[2]);
  return three ? Utf8Char{decode_at(raw, 0), 3, true} : decode_utf8({raw, left}, 0);
}

}  // namespace sieve
