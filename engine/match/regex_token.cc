#include "match/regex_token.h"

#include <algorithm>

#include "base/utf8.h"

namespace sieve {
namespace {

constexpr uint32_t kRepeatMax = 100'000;  // RE2 refuses more than 1,000.

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_octal(char c) { return c >= '0' && c <= '7'; }

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

RegexToken RegexReader::next() {
  while (!quoted_ && take("\\Q")) quoted_ = true;
  while (quoted_ && take("\\E")) quoted_ = false;
  const size_t begin = at_;
  RegexToken token = read();
  token.source = regex_.substr(begin, at_ - begin);
  return token;
}

RegexToken RegexReader::read() {
  RegexToken token;
  if (at_end()) return token;
  token.kind = RegexTokenKind::kChar;
  if (quoted_) {
    token.code_point = read_char();
    return token;
  }
  switch (peek()) {
    case '(':
      read_group(token);
      return token;
    case ')':
      token.kind = RegexTokenKind::kClose;
      break;
    case '|':
      token.kind = RegexTokenKind::kAlternative;
      break;
    case '^':
      token.kind = RegexTokenKind::kTextBegin;
      break;
    case '$':
      token.kind = RegexTokenKind::kTextEnd;
      break;
    case '.':
      token.kind = RegexTokenKind::kSet;
      token.set.negate();
      break;
    case '[':
      read_set(token);
      return token;
    case '\\':
      read_escape(token);
      return token;
    case '*':
    case '+':
    case '?':
    case '{':
      if (read_braces(token)) return token;
      [[fallthrough]];
    default:
      token.code_point = read_char();
      return token;
  }
  ++at_;
  return token;
}

void RegexReader::read_group(RegexToken& token) {
  token.kind = RegexTokenKind::kOpen;
  ++at_;
  if (!take("?")) return;
  if (take(":")) return;
  if (take("P<") || take("<")) {
    at_ = std::min(regex_.find('>', at_), regex_.size() - 1) + 1;
    return;
  }
  token.kind = RegexTokenKind::kFlags;
  while (!at_end() && peek() != ')' && peek() != ':') ++at_;
  if (!at_end()) ++at_;
}

// `*`, `+`, `?` and `{m,n}`, with the `?` that makes them lazy; false when the brace is a
// character.
bool RegexReader::read_braces(RegexToken& token) {
  const size_t begin = at_;
  const char c = regex_[at_++];
  token.repeat_min = c == '+' ? 1 : 0;
  token.repeat_max = c == '?' ? 1 : RegexToken::kUnbounded;
  if (c == '{') {
    const bool has_min = is_digit(peek());
    token.repeat_min = read_number();
    token.repeat_max = token.repeat_min;
    if (take(",")) token.repeat_max = is_digit(peek()) ? read_number() : RegexToken::kUnbounded;
    if (!has_min || !take("}")) {
      at_ = begin;
      return false;
    }
  }
  take("?");
  token.kind = RegexTokenKind::kRepeat;
  return true;
}

void RegexReader::read_escape(RegexToken& token) {
  ++at_;
  switch (peek()) {
    case 'A':
      token.kind = RegexTokenKind::kTextBegin;
      break;
    case 'z':
      token.kind = RegexTokenKind::kTextEnd;
      break;
    case 'b':
      token.kind = RegexTokenKind::kWordBoundary;
      break;
    case 'B':
      token.kind = RegexTokenKind::kNotWordBoundary;
      break;
    case 'C':
      token.kind = RegexTokenKind::kAnyByte;
      break;
    default:
      if (read_class_escape(token.set)) {
        token.kind = RegexTokenKind::kSet;
      } else {
        token.code_point = read_char_escape();
      }
      return;
  }
  ++at_;
}

void RegexReader::read_set(RegexToken& token) {
  token.kind = RegexTokenKind::kSet;
  ++at_;
  const bool negated = take("^");
  bool first = true;
  while (!at_end() && (first || peek() != ']')) {
    first = false;
    if (read_set_item(token.set)) continue;
    const char32_t low = read_set_char();
    char32_t high = low;
    if (peek() == '-' && at_ + 1 < regex_.size() && peek(1) != ']') {
      ++at_;
      high = read_set_char();
    }
    token.set.add(std::min(low, high), std::max(low, high));
  }
  if (!at_end()) ++at_;
  if (negated) token.set.negate();
}

// A class inside of a class: `[:alpha:]`, `\d`, `\pL`.
bool RegexReader::read_set_item(CharSet& set) {
  if (peek() == '[' && peek(1) == ':') {
    const size_t end = regex_.find(":]", at_ + 2);
    if (end == std::string_view::npos) return false;
    std::string_view name = regex_.substr(at_ + 2, end - at_ - 2);
    const bool negated = name.starts_with('^');
    if (negated) name.remove_prefix(1);
    if (!set.add_named(name, negated)) return false;
    at_ = end + 2;
    return true;
  }
  if (peek() != '\\') return false;
  ++at_;
  if (read_class_escape(set)) return true;
  --at_;
  return false;
}

char32_t RegexReader::read_set_char() {
  if (peek() != '\\') return read_char();
  ++at_;
  return read_char_escape();
}

char32_t RegexReader::read_char() {
  if (at_end()) return U'\uFFFD';
  const Utf8Char c = decode_utf8(regex_, at_);
  at_ += c.size;
  return c.code_point;
}

bool RegexReader::read_class_escape(CharSet& set) {
  switch (peek()) {
    case 'd':
    case 'D':
      set.add_named("digit", peek() == 'D');
      break;
    case 's':
    case 'S':
      set.add_named("perl_space", peek() == 'S');
      break;
    case 'w':
    case 'W':
      set.add_named("word", peek() == 'W');
      break;
    case 'p':
    case 'P':
      set.add_unknown();
      if (peek(1) == '{') at_ = std::min(regex_.find('}', at_), regex_.size() - 1) - 1;
      ++at_;
      read_char();
      return true;
    default:
      return false;
  }
  ++at_;
  return true;
}

char32_t RegexReader::read_char_escape() {
  const char c = peek();
  if (is_octal(c)) {
    char32_t value = 0;
    for (int digits = 0; digits < 3 && is_octal(peek()); ++digits) {
      value = value * 8 + static_cast<char32_t>(regex_[at_++] - '0');
    }
    return value;
  }
  constexpr std::string_view kLetters = "aftnrv";
  constexpr std::string_view kMeanings = "\a\f\t\n\r\v";
  if (c == 'x') {
    ++at_;
    return read_hex();
  }
  if (const size_t index = kLetters.find(c); index != std::string_view::npos && !at_end()) {
    ++at_;
    return static_cast<char32_t>(kMeanings[index]);
  }
  return read_char();
}

char32_t RegexReader::read_hex() {
  const bool braces = take("{");
  char32_t value = 0;
  for (int digits = 0; digits < (braces ? 8 : 2) && hex_value(peek()) >= 0; ++digits) {
    value = (value * 16 + static_cast<char32_t>(hex_value(regex_[at_++]))) & 0x1FFFFF;
  }
  if (braces) take("}");
  return std::min<char32_t>(value, 0x10FFFF);
}

uint32_t RegexReader::read_number() {
  uint32_t value = 0;
  while (is_digit(peek())) {
    value = std::min(value * 10 + static_cast<uint32_t>(regex_[at_++] - '0'), kRepeatMax);
  }
  return value;
}

}  // namespace sieve
