// A RegexReader takes a regular expression of RE2's syntax apart into tokens, one after the other
// and without a tree, each with its place in the expression.
//
// Thread safety: none. Lifetime: refers to the expression.
#pragma once

#include <cstdint>
#include <string_view>

#include "match/char_set.h"

namespace sieve {

enum class RegexTokenKind : uint8_t {
  kEnd,
  kChar,             // `code_point`.
  kSet,              // `set`: a class, `.`, \d and the like.
  kOpen,             // A group, captured or not.
  kClose,            // )
  kAlternative,      // |
  kRepeat,           // *, +, ?, {m,n}: `repeat_min`, `repeat_max`.
  kTextBegin,        // ^ \A
  kTextEnd,          // $ \z
  kWordBoundary,     // \b
  kNotWordBoundary,  // \B
  kFlags,            // (?i) and the like.
  kAnyByte,          // \C
};

struct RegexToken {
  static constexpr uint32_t kUnbounded = UINT32_MAX;

  RegexTokenKind kind = RegexTokenKind::kEnd;
  char32_t code_point = 0;
  CharSet set;
  uint32_t repeat_min = 0;
  uint32_t repeat_max = 0;
  std::string_view source;  // What it was read from.
};

class RegexReader {
 public:
  // REQUIRES: RE2 accepts `regex`. (For others the tokens mean nothing, but reading them is safe.)
  explicit RegexReader(std::string_view regex) : regex_(regex) {}

  RegexToken next();

 private:
  RegexToken read();
  void read_group(RegexToken& token);
  void read_escape(RegexToken& token);
  void read_set(RegexToken& token);
  bool read_set_item(CharSet& set);
  char32_t read_set_char();
  bool read_braces(RegexToken& token);
  char32_t read_char();
  // After a backslash: a character, or a class that is added to `set`.
  bool read_class_escape(CharSet& set);
  char32_t read_char_escape();
  char32_t read_hex();
  uint32_t read_number();

  bool at_end() const { return at_ >= regex_.size(); }
  char peek(size_t ahead = 0) const {
    return at_ + ahead < regex_.size() ? regex_[at_ + ahead] : '\0';
  }
  bool take(std::string_view text) {
    if (!regex_.substr(at_).starts_with(text)) return false;
    at_ += text.size();
    return true;
  }

  std::string_view regex_;
  size_t at_ = 0;
  bool quoted_ = false;  // Between \Q and \E.
};

}  // namespace sieve
