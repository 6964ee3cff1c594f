#include "text/grapheme.h"

#include "base/utf8.h"
#include "text/fold_table.h"

namespace sieve {
namespace {

// A cluster longer than this is cut: nothing legible is.
constexpr size_t kClusterCharsMax = 64;

constexpr char32_t kZeroWidthJoiner = 0x200D;

char32_t char_at(std::string_view text, size_t at) { return decode_utf8(text, at).code_point; }

// The beginning of the character before `at`. REQUIRES: at > 0.
size_t before(std::string_view text, size_t at) {
  size_t begin = at - 1;
  for (int tails = 0; tails < 3 && begin > 0; ++tails, --begin) {
    if ((static_cast<unsigned char>(text[begin]) & 0xC0) != 0x80) break;
  }
  return begin + decode_utf8(text, begin).size >= at ? begin : at - 1;
}

bool extends(char32_t c) { return (props_of(c).flags & kExtends) != 0; }
bool is_regional(char32_t c) { return (props_of(c).flags & kRegional) != 0; }
bool is_picture(char32_t c) { return c >= 0x2190 && props_of(c).kind == CharKind::kPunctuation; }

// True when a flag is cut at `at`: an odd number of regional indicators stands before it.
bool cuts_flag(std::string_view text, size_t at) {
  size_t indicators = 0;
  while (at > 0 && indicators < kClusterCharsMax) {
    at = before(text, at);
    if (!is_regional(char_at(text, at))) break;
    ++indicators;
  }
  return indicators % 2 == 1;
}

bool is_boundary(std::string_view text, size_t at) {
  if (at == 0 || at >= text.size()) return true;
  const char32_t next = char_at(text, at);
  const Utf8Char previous = decode_utf8(text, before(text, at));
  if (before(text, at) + previous.size > at) return false;  // Inside of a character.
  const char32_t last = previous.code_point;
  if (last == '\r' && next == '\n') return false;
  if (extends(next)) return last == '\n' || last == '\r';
  if (last == kZeroWidthJoiner && is_picture(next)) return false;
  return !(is_regional(next) && cuts_flag(text, at));
}

}  // namespace

ByteSpan widen_to_clusters(std::string_view text, ByteSpan span) {
  if (span.begin == span.end) return span;
  size_t begin = span.begin;
  size_t end = span.end;
  for (size_t i = 0; i < kClusterCharsMax && !is_boundary(text, begin); ++i) {
    begin = before(text, begin);
  }
  for (size_t i = 0; i < kClusterCharsMax && !is_boundary(text, end); ++i) {
    end += decode_utf8(text, end).size;
  }
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
}

}  // namespace sieve
