// UTF-8 (RFC 3629): decode one character, encode one, validate a text.
//
// Thread safety: pure functions. Units: sizes are bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sieve {

struct Utf8Char {
  char32_t code_point = 0xFFFD;
  uint32_t size =
      1;  // Bytes to move on: for an invalid sequence, its maximal subpart (Unicode 3.9).
  bool valid = false;  // Overlong forms, surrogates and values above U+10FFFF are invalid.
};

// The character that starts at byte `at`. REQUIRES: at < text.size().
Utf8Char decode_utf8(std::string_view text, size_t at);

// Appends `code_point`. REQUIRES: a scalar value (no surrogate, at most U+10FFFF).
void append_utf8(std::string& out, char32_t code_point);

bool is_valid_utf8(std::string_view text);
bool is_ascii(std::string_view text);

// Characters (code points) in `text`; an invalid byte counts as one.
size_t count_chars(std::string_view text);

}  // namespace sieve
