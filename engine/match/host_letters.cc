#include "match/host_letters.h"

#include <algorithm>
#include <utility>

#include "text/fold_table.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

constexpr uint64_t kBase = 0x9E3779B97F4A7C15U;  // 2^64 divided by the golden ratio, odd.

constexpr auto kPowers = [] {
  std::array<uint64_t, kLabelBytesMax + 1> powers{};
  powers[0] = 1;
  for (size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * kBase;
  return powers;
}();

// The letter that `c` is made of, when it is one letter with a mark; else `c`.
char32_t without_mark(char32_t c) {
  const auto* end = kDecompositions + kCompositionCount;
  const auto* found = std::lower_bound(
      kDecompositions, end, c,
      [](uint16_t index, char32_t composed) { return kCompositions[index].composed < composed; });
  if (found == end || kCompositions[*found].composed != c) return c;
  return kCompositions[*found].first;
}

// What the fold makes of `c`, when that is one character; else `c`.
char32_t folded(char32_t c) {
  const uint16_t row = fold_row_of(c);
  if (row < kFoldIdentityRows) return c;
  const std::string_view mapping = mapping_of_row(row);
  if (mapping.empty() || mapping.size() != utf8_size_of_lead(mapping[0])) return c;
  return decode_at(mapping.data(), 0);
}

// One of the letters that look like `c`, the same for all of them; 0 for a mark.
char32_t shape_of(char32_t c) {
  if (c >= 0x80) {
    // Vietnamese letters have two marks.
    c = without_mark(without_mark(folded(c)));
    const CharProps& props = props_of(c);
    if (props.kind == CharKind::kMark && (props.flags & kMarkUnspaced) == 0) return 0;
    if (props.alike != 0) c = static_cast<unsigned char>(props.alike);
  }
  switch (c) {
    case '0':
      return 'o';
    case '1':
    case 'i':
      return 'l';
    case '5':
      return 's';
    default:
      return c;
  }
}

}  // namespace

HostLetters::HostLetters(std::string_view label) {
  for (size_t at = 0; at < label.size(); at += utf8_size_of_lead(label[at])) {
    add(decode_at(label.data(), at));
  }
}

HostLetters skeleton_of(std::u32string_view label) {
  HostLetters out;
  for (const char32_t letter : label) {
    const char32_t shape = shape_of(letter);
    if (shape == 0) continue;
    const char32_t before = out.view().empty() ? 0 : out.view().back();
    const bool is_m = before == 'r' && shape == 'n';
    const bool is_w = before == 'v' && shape == 'v';
    if (is_m || is_w) out.drop_last();
    out.add(is_m ? U'm' : is_w ? U'w' : shape);
  }
  return out;
}

bool is_one_edit(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  a.remove_prefix(static_cast<size_t>(in_a - a.begin()));
  b.remove_prefix(static_cast<size_t>(in_b - b.begin()));
  if (a.size() != b.size()) return a == b.substr(1);
  if (a.empty()) return false;
  if (a.substr(1) == b.substr(1)) return true;
  return a.size() > 1 && a[0] == b[1] && a[1] == b[0] && a.substr(2) == b.substr(2);
}

LetterHashes::LetterHashes(std::u32string_view letters) {
  before_[0] = 0;
  for (size_t i = 0; i < letters.size(); ++i) {
    before_[i + 1] = before_[i] * kBase + letters[i] + 1;
  }
}

uint64_t LetterHashes::power(size_t exponent) { return kPowers[exponent]; }

uint64_t LetterHashes::spread(uint64_t hash) {
  hash ^= hash >> 33;
  hash *= 0xFF51AFD7ED558CCDU;
  hash ^= hash >> 33;
  hash *= 0xC4CEB9FE1A85EC53U;
  return hash ^ hash >> 33;
}

uint64_t hash_of(std::u32string_view letters) {
  return LetterHashes(letters).of(0, letters.size());
}

}  // namespace sieve
