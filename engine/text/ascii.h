// ASCII characters of folded texts, in which there are no capitals.
//
// Thread safety: pure.
#pragma once

namespace sieve {

constexpr bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_word(char c) { return is_ascii_lower(c) || is_ascii_digit(c); }
// What names of accounts are made of.
constexpr bool is_name_char(char c) { return is_ascii_word(c) || c == '.' || c == '_' || c == '-'; }

}  // namespace sieve
