#include "text/fold_ranks.h"

#include <algorithm>
#include <array>

#include "text/fold_table.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

struct RankedRange {
  char32_t first;
  char32_t last;
  uint8_t rank;
};

constexpr RankedRange kRanks[] = {
    // Burmese: the four medials, the vowel before, above, below and after, then what closes.
    {0x103B, 0x103B, 1},
    {0x103C, 0x103C, 2},
    {0x103D, 0x103D, 3},
    {0x103E, 0x103E, 4},
    {0x1031, 0x1031, 5},
    {0x102D, 0x102E, 6},
    {0x1032, 0x1032, 6},
    {0x102F, 0x1030, 7},
    {0x102B, 0x102C, 8},
    {0x1036, 0x1036, 9},
    {0x1037, 0x1037, 10},
    {0x103A, 0x103A, 11},
    {0x1038, 0x1038, 12},
    // Khmer: register shifters and robat, vowels, other signs.
    {0x17C9, 0x17CA, 1},
    {0x17CC, 0x17CC, 1},
    {0x17B6, 0x17C5, 2},
    {0x17C6, 0x17C8, 3},
    {0x17CB, 0x17CB, 3},
    {0x17CD, 0x17D1, 3},
    {0x17D3, 0x17D3, 3},
    {0x17DD, 0x17DD, 3},
};

constexpr auto make_ranks(char32_t first) {
  std::array<uint8_t, 0x80> ranks{};
  for (const RankedRange& range : kRanks) {
    for (char32_t c = range.first; c <= range.last; ++c) {
      if (c >= first && c < first + ranks.size()) ranks[c - first] = range.rank;
    }
  }
  return ranks;
}
constexpr auto kBurmeseRanks = make_ranks(0x1000);
constexpr auto kKhmerRanks = make_ranks(0x1780);

// 0: not ranked.
uint8_t rank_of(char32_t c) {
  if (c >> 7 == 0x1000 >> 7) return kBurmeseRanks[c & 0x7F];
  return c >> 7 == 0x1780 >> 7 ? kKhmerRanks[c & 0x7F] : 0;
}

// The Khmer vowel that two others are typed for, and look like, or 0.
char32_t merged(char32_t first, char32_t second) {
  if (first != 0x17C1 && second != 0x17C1) return 0;
  const char32_t other = first == 0x17C1 ? second : first;
  return other == 0x17B8 ? 0x17BE : other == 0x17B6 ? 0x17C4 : 0;
}

// The ranked marks at the end of the text, the first one first, and room for one more.
struct MarkRun {
  std::array<char32_t, kRankedMarksMax + 1> marks;
  size_t size = 0;
  size_t begin = 0;  // In the text.

  bool contains(char32_t mark) const {
    return std::find(marks.begin(), marks.begin() + size, mark) != marks.begin() + size;
  }
  void insert(size_t at, char32_t mark) {
    std::copy_backward(marks.begin() + at, marks.begin() + size, marks.begin() + size + 1);
    marks[at] = mark;
    ++size;
  }
  void erase(size_t at) {
    std::copy(marks.begin() + at + 1, marks.begin() + size, marks.begin() + at);
    --size;
  }
};

MarkRun read_run(const TextEnd& end) {
  MarkRun run;
  run.begin = end.size;
  while (run.size < kRankedMarksMax && run.begin >= end.floor + 3) {
    const char32_t c = decode_before(end.text, run.begin);
    if (rank_of(c) == 0) break;
    run.insert(0, c);
    run.begin -= 3;
  }
  return run;
}

// Burmese LETTER U and VOWEL SIGN II compose.
constexpr char32_t kLetterU = 0x1025;
constexpr char32_t kLetterUu = 0x1026;

bool makes_uu(const TextEnd& end, size_t begin, char32_t mark) {
  return mark == 0x102E && begin >= end.floor + 3 && decode_before(end.text, begin) == kLetterU;
}

}  // namespace

MarkResult add_ranked(const TextEnd& end, char32_t mark) {
  const MarkResult dropped{end.size, end.size, 1};
  const bool alone = end.size < end.floor + 3;
  if (!alone && decode_before(end.text, end.size) == mark) return dropped;
  const uint8_t rank = rank_of(mark);
  if (rank == 0) return {end.size + encode_utf8(mark, end.text + end.size), end.size, 0};
  MarkRun run = read_run(end);
  if (run.size == kRankedMarksMax || run.contains(mark)) return dropped;
  size_t at = run.size;
  while (at > 0 && rank_of(run.marks[at - 1]) > rank) --at;
  // Those that Unicode orders, too, are no disorder.
  const bool moved = at < run.size && props_of(mark).combining_class == 0;
  const char32_t both = at > 0 ? merged(run.marks[at - 1], mark) : 0;
  if (both != 0) run.erase(--at);
  size_t from = run.begin;
  size_t size = from;
  if (at == 0 && makes_uu(end, from, mark)) {
    from -= 3;
    size = from + encode_utf8(kLetterUu, end.text + from);
  } else if (both == 0 || !run.contains(both)) {
    run.insert(at, both != 0 ? both : mark);
  }
  for (size_t i = 0; i < run.size; ++i) size += encode_utf8(run.marks[i], end.text + size);
  return {size, from, static_cast<uint16_t>(moved || both != 0 ? 1 : 0)};
}

}  // namespace sieve
