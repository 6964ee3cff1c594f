// A JsonCursor walks the tokens of one JSON text in order, without building a tree.
//
//   if (cursor.open(bytes) == DecodeError::kNone) ...
//
// simdjson's first stage (which validates UTF-8, strings' ends and control characters) lists where
// tokens begin; we walk that list ourselves instead of through simdjson::ondemand, because the end
// of a string is then known without reading it, strings without escapes need no copy, and a value
// that nobody wants costs one step. What is skipped is checked for brackets only, as ondemand does.
//
// Thread safety: none. Lifetime: `bytes` must outlive the walk; views point into them.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/arena.h"
#include "record/decode_error.h"

namespace sieve {

class JsonCursor {
 public:
  JsonCursor();
  ~JsonCursor();
  JsonCursor(JsonCursor&&) noexcept;
  JsonCursor& operator=(JsonCursor&&) = delete;

  // Begins at the first token of `bytes`, which is `{`; the last one is `}`: anything else
  // is malformed. That is why no reader
  // of a scalar has to look for the end: only who moves over a `}` can reach it.
  // REQUIRES: at most limits::kRecordBytesMax, limits::kPaddingBytes readable bytes behind them.
  DecodeError open(std::string_view bytes);

  bool at_end() const { return at_ == end_; }
  // The first byte of the token ahead. REQUIRES: not at the end; so for all that follow.
  char peek() const { return base_[*at_]; }
  // Moves over the token ahead when it begins with `c`.
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  // Moves over `null`.
  bool take_null() {
    if (peek() != 'n' || token() != "null") return false;
    ++at_;
    return true;
  }
  // The scalar ahead as written, which is moved over. REQUIRES: peek() begins a scalar.
  std::string_view take_token() {
    const std::string_view out = token();
    ++at_;
    return out;
  }
  // What stands between the quotes of the string ahead, which is moved over. REQUIRES: peek() is a
  // quote.
  std::string_view take_raw_string() {
    const char* const begin = base_ + *at_ + 1;
    const char* end = base_ + *++at_ - 1;  // Where the next token follows at once: the quote.
    while (*end != '"') --end;
    return {begin, static_cast<size_t>(end - begin)};
  }
  // Where the token ahead begins.
  const char* here() const { return base_ + *at_; }
  // Moves over a key and its colon. REQUIRES: they are ahead.
  void skip_key() { at_ += 2; }
  // Moves over one value of any kind; false when there is none or its brackets do not close.
  bool skip_value();

  // Whether strings of this text may hold escapes, so that most need not be searched for them.
  bool may_have_escapes() const { return may_have_escapes_; }

 private:
  struct Index;

  std::string_view token() const {
    const uint32_t begin = at_[0];
    uint32_t end = at_[1];
    while (is_space(base_[end - 1])) --end;
    return {base_ + begin, end - begin};
  }
  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  std::unique_ptr<Index> index_;
  const char* base_ = nullptr;
  const uint32_t* at_ = nullptr;  // Offsets of tokens; what follows the last is the text's size.
  const uint32_t* end_ = nullptr;
  bool may_have_escapes_ = false;
};

// `raw`, what stands between the quotes of a JSON string, with its escapes resolved: a view of
// `raw` itself when it has none, else of memory in `arena`. A lone surrogate becomes U+FFFD, so
// that a text cut inside a pair is still read. False: an escape that JSON does not have. At least
// kUnescapedPadding readable bytes follow what stands in the arena.
inline constexpr size_t kUnescapedPadding = 16;
bool unescape_json(std::string_view raw, Arena& arena, std::string_view& out);

}  // namespace sieve
