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

// Bytes that write_utf8 may write.
inline constexpr size_t kUtf8BytesMax = 4;

// Writes `c` at `out`, inline for those who write many, and returns where it ends.
// REQUIRES: at most U+10FFFF; a surrogate would make the text invalid.
inline char* write_utf8(char32_t c, char* out) {
  const auto put = [&out](char32_t byte) { *out++ = static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
  return out;
}

// Appends `code_point`. REQUIRES: a scalar value (no surrogate, at most U+10FFFF).
void append_utf8(std::string& out, char32_t code_point);

bool is_valid_utf8(std::string_view text);
bool is_ascii(std::string_view text);

// Characters (code points) in `text`; an invalid byte counts as one.
size_t count_chars(std::string_view text);

}  // namespace sieve
