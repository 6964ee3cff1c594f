#include "match/cluster_boundary.h"

#include <algorithm>
#include <iterator>

#include "base/utf8.h"

namespace sieve {
namespace {

struct MarkRange {
  char32_t low;
  char32_t high;
};

// Sorted. Combining marks (general categories Mn, Mc, Me) and the two SARA AM.
constexpr MarkRange kMarks[] = {
    {0x0300, 0x036F}, {0x0E31, 0x0E31}, {0x0E33, 0x0E3A}, {0x0E47, 0x0E4E}, {0x0EB1, 0x0EB1},
    {0x0EB3, 0x0EBC}, {0x0EC8, 0x0ECE}, {0x102B, 0x103E}, {0x1056, 0x1059}, {0x105E, 0x1060},
    {0x1062, 0x1064}, {0x1067, 0x106D}, {0x1071, 0x1074}, {0x1082, 0x108D}, {0x108F, 0x108F},
    {0x109A, 0x109D}, {0x17B4, 0x17D3}, {0x17DD, 0x17DD}, {0x1AB0, 0x1ACE}, {0x1DC0, 0x1DFF},
    {0x200D, 0x200D}, {0x20D0, 0x20F0}, {0x302A, 0x302F}, {0x3099, 0x309A}, {0xA9E5, 0xA9E5},
    {0xAA7B, 0xAA7D}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFF9E, 0xFF9F}, {0xE0100, 0xE01EF},
};

// The next letter is written below the one before these: Burmese virama and Khmer coeng.
constexpr bool stacks_next(char32_t c) { return c == 0x1039 || c == 0x17D2; }

bool is_mark(char32_t c) {
  const MarkRange* range =
      std::lower_bound(std::begin(kMarks), std::end(kMarks), c,
                       [](const MarkRange& mark, char32_t value) { return mark.high < value; });
  return range != std::end(kMarks) && range->low <= c;
}

char32_t char_before(std::string_view text, size_t at) {
  do {
    --at;
  } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return decode_utf8(text, at).code_point;
}

}  // namespace

bool is_cluster_boundary(std::string_view text, size_t at) {
  if (at == 0 || at >= text.size()) return true;
  const auto next = static_cast<unsigned char>(text[at]);
  if (next >= 0x80 && is_mark(decode_utf8(text, at).code_point)) return false;
  const auto previous = static_cast<unsigned char>(text[at - 1]);
  return previous < 0x80 || !stacks_next(char_before(text, at));
}

}  // namespace sieve
