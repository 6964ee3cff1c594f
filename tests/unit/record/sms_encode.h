// Short messages as a phone would write them, for tests: slow and obvious.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "record/gsm_alphabet.h"

namespace sieve::testing {

// Codes of `text`, one a septet; what the alphabets lack is left out.
inline std::string encode_gsm(std::string_view text, GsmLanguages languages) {
  const GsmTable& locking = kGsmLockingTables[languages.locking];
  const GsmTable& shift = kGsmShiftTables[languages.shift];
  std::string codes;
  for (size_t at = 0; at < text.size();) {
    const Utf8Char c = decode_utf8(text, at);
    at += c.size;
    const auto plain = std::find(locking.begin(), locking.end(), c.code_point);
    const auto shifted = std::find(shift.begin(), shift.end(), c.code_point);
    if (plain != locking.end()) {
      codes += static_cast<char>(plain - locking.begin());
    } else if (shifted != shift.end()) {
      codes += kGsmEscape;
      codes += static_cast<char>(shifted - shift.begin());
    }
  }
  return codes;
}

// The bits of octets or septets, each from its lowest bit on.
inline std::string bits_of(std::string_view codes, size_t width) {
  std::string bits;
  for (const char c : codes) {
    for (size_t i = 0; i < width; ++i) bits += (static_cast<unsigned char>(c) >> i & 1) ? '1' : '0';
  }
  return bits;
}

// The whole octets or septets in `bits`.
inline std::string codes_of_bits(std::string_view bits, size_t width) {
  std::string codes;
  for (size_t at = 0; at + width <= bits.size(); at += width) {
    unsigned code = 0;
    for (size_t i = 0; i < width; ++i) code |= (bits[at + i] == '1' ? 1U : 0U) << i;
    codes += static_cast<char>(code);
  }
  return codes;
}

// Header and septets as a phone packs them: zero bits fill up the last septet of the header and the
// last octet of all.
inline std::string pack_septets(std::string_view header, std::string_view septets) {
  std::string bits = bits_of(header, 8);
  while (bits.size() % 7 != 0) bits += '0';
  bits += bits_of(septets, 7);
  while (bits.size() % 8 != 0) bits += '0';
  return codes_of_bits(bits, 8);
}

inline std::string encode_utf16(std::string_view text) {
  std::string octets;
  const auto put = [&octets](char32_t unit) {
    octets += static_cast<char>(unit >> 8);
    octets += static_cast<char>(unit & 0xFF);
  };
  for (size_t at = 0; at < text.size();) {
    const Utf8Char c = decode_utf8(text, at);
    at += c.size;
    if (c.code_point < 0x10000) {
      put(c.code_point);
    } else {
      put(0xD800 + ((c.code_point - 0x10000) >> 10));
      put(0xDC00 + ((c.code_point - 0x10000) & 0x3FF));
    }
  }
  return octets;
}

inline std::string hex_of(std::string_view octets) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string hex;
  for (const char c : octets) {
    hex += kDigits[static_cast<unsigned char>(c) >> 4];
    hex += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return hex;
}

}  // namespace sieve::testing
