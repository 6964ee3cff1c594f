// What characters of folded text may be in a URL. Folded text has no capitals.
//
// Thread safety: pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/ascii.h"

namespace sieve {

enum UrlCharClass : uint8_t {
  kLabelChar = 1 << 0,  // Letters, digits, '-' and '_'.
  // What may stand in a path; quotes and brackets of the surrounding text may not.
  kPathChar = 1 << 1,
  kClosingChar = 1 << 2,  // Ends a sentence or closes a bracket, rather than a path.
};

inline constexpr auto kUrlChars = [] {
  std::array<uint8_t, 256> classes{};
  const auto add = [&classes](std::string_view chars, uint8_t what) {
    for (const char c : chars) classes[static_cast<unsigned char>(c)] |= what;
  };
  for (int c = '!'; c <= '~'; ++c) classes[static_cast<size_t>(c)] = kPathChar;
  for (const char c : std::string_view("<>\"{}|^`")) classes[static_cast<unsigned char>(c)] = 0;
  add("abcdefghijklmnopqrstuvwxyz0123456789-_", kLabelChar);
  add(".,;:!?)]'*\\", kClosingChar);
  return classes;
}();

inline bool has_class(char c, int classes) {
  return (kUrlChars[static_cast<unsigned char>(c)] & classes) != 0;
}

inline bool is_label_char(char c) { return has_class(c, kLabelChar); }
inline bool is_path_char(char c) { return has_class(c, kPathChar); }
inline bool is_closing_char(char c) { return has_class(c, kClosingChar); }

// '\\' is a slash to browsers.
inline bool is_slash(char c) { return c == '/' || c == '\\'; }

inline bool starts_at(std::string_view text, size_t at, std::string_view what) {
  return at <= text.size() && text.substr(at, what.size()) == what;
}

}  // namespace sieve
