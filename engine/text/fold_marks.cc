#include "text/fold_marks.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/fold_ranks.h"
#include "text/fold_table.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

// Room for a base of several parts (at most four), its marks and one more.
struct Cluster {
  std::array<char32_t, kMarksPerBaseMax + 8> chars;
  size_t size = 0;

  void add(char32_t c) { chars[size++] = c; }
};

uint8_t class_of(char32_t c) { return props_of(c).combining_class; }
bool is_loose(char32_t c) { return (props_of(c).flags & kLoose) != 0; }
bool combines(char32_t c) { return (props_of(c).flags & kCombines) != 0; }

// Hangul syllables compose by arithmetic (Unicode 3.12).
char32_t compose_hangul(char32_t first, char32_t second) {
  if (first >= 0x1100 && first < 0x1113 && second >= 0x1161 && second < 0x1176) {
    return 0xAC00 + ((first - 0x1100) * 21 + (second - 0x1161)) * 28;
  }
  const bool open = first >= 0xAC00 && first < 0xD7A4 && (first - 0xAC00) % 28 == 0;
  return open && second > 0x11A7 && second < 0x11C3 ? first + (second - 0x11A7) : 0;
}

// The composition of the two, or 0.
char32_t compose(char32_t first, char32_t second) {
  const CompositionPair* end = kCompositions + kCompositionCount;
  const CompositionPair* found =
      std::partition_point(kCompositions, end, [first, second](const CompositionPair& p) {
        return p.first < first || (p.first == first && p.second < second);
      });
  if (found != end && found->first == first && found->second == second) return found->composed;
  return compose_hangul(first, second);
}

// Adds the parts of `c`: a base and up to three marks.
void add_decomposed(char32_t c, Cluster& cluster) {
  std::array<char32_t, 4> marks;
  size_t count = 0;
  for (const CompositionPair* pair = decomposition_of(c); pair != nullptr && count < marks.size();
       pair = decomposition_of(c)) {
    marks[count++] = pair->second;
    c = pair->first;
  }
  cluster.add(c);
  while (count > 0) cluster.add(marks[--count]);
}

// Circumflex and breve belong to the letter and stand below a tone: Vietnamese that is typed the
// other way round looks the same.
bool is_below_tone(char32_t mark) { return mark == 0x0302 || mark == 0x0306; }

uint8_t order_of(char32_t c) { return is_below_tone(c) ? 229 : class_of(c); }

// Stable insertion sort by combining class; a base and a mark of class 0 do not move. Returns how
// many marks moved that Unicode would have left.
uint16_t order(Cluster& cluster) {
  const size_t first = combines(cluster.chars[0]) ? 0 : 1;
  uint16_t repairs = 0;
  for (size_t i = first + 1; i < cluster.size; ++i) {
    const char32_t c = cluster.chars[i];
    const uint8_t place = order_of(c);
    size_t at = i;
    while (place != 0 && at > first && order_of(cluster.chars[at - 1]) > place) {
      cluster.chars[at] = cluster.chars[at - 1];
      --at;
    }
    cluster.chars[at] = c;
    if (at < i && is_below_tone(c)) ++repairs;
  }
  return repairs;
}

// Composes in place (Unicode D117) and drops loose marks that do not. Returns how many.
uint16_t compose_and_drop(Cluster& cluster) {
  const bool has_base = !combines(cluster.chars[0]);
  size_t kept = has_base ? 1 : 0;
  uint16_t dropped = 0;
  uint8_t last_class = 0;
  for (size_t i = kept; i < cluster.size; ++i) {
    const char32_t c = cluster.chars[i];
    const uint8_t cc = class_of(c);
    const bool blocked = kept != 1 && (last_class >= cc || last_class == 0);
    const char32_t composed = blocked ? 0 : compose(cluster.chars[0], c);
    if (composed != 0) {
      cluster.chars[0] = composed;
    } else if (is_loose(c)) {
      ++dropped;
    } else {
      last_class = cc;
      cluster.chars[kept++] = c;
    }
  }
  cluster.size = kept;
  return dropped;
}

// How much of `text` the cluster begins with.
size_t unchanged_size(std::string_view text, const Cluster& cluster) {
  size_t at = 0;
  for (size_t i = 0; i < cluster.size && at < text.size(); ++i) {
    if (decode_at(text.data(), at) != cluster.chars[i]) break;
    at += utf8_size(cluster.chars[i]);
  }
  return at;
}

// Thai and Lao marks, by what they may follow. Lao is 0x80 above Thai.
enum class MarkType : uint8_t { kNone, kVowel, kTone, kNikhahit };

constexpr char32_t thai_of(char32_t c) { return c >= 0x0E80 && c < 0x0F00 ? c - 0x80 : c; }

bool is_aa(char32_t c) { return thai_of(c) == 0x0E32 || thai_of(c) == 0x0E33; }

MarkType mark_type(char32_t c) {
  if (props_of(c).kind != CharKind::kMark || c < 0x0E00 || c >= 0x0F00) return MarkType::kNone;
  const char32_t t = thai_of(c);
  if (t == 0x0E4D) return MarkType::kNikhahit;
  return t >= 0x0E48 && t <= 0x0E4E ? MarkType::kTone : MarkType::kVowel;
}

// The last characters of the text that are of the script of a new one, at most as many as matter:
// a cluster keeps two vowel signs and one tone, and may end in SARA AA or SARA AM.
struct ThaiTail {
  std::array<char32_t, 4> chars;  // The last one first.
  size_t size = 0;
};

ThaiTail read_tail(const TextEnd& end, char32_t next) {
  ThaiTail tail;
  size_t at = end.size;
  while (tail.size < tail.chars.size() && at >= end.floor + 3) {
    const char32_t c = decode_before(end.text, at);
    if (c >> 7 != next >> 7) break;
    tail.chars[tail.size++] = c;
    at -= 3;
  }
  return tail;
}

// Replaces the last `removed` characters, which are Thai or Lao, by `chars`.
template <size_t N>
MarkResult replace_tail(const TextEnd& end, size_t removed, const std::array<char32_t, N>& chars) {
  const size_t from = end.size - 3 * removed;
  size_t size = from;
  for (const char32_t c : chars) size += encode_utf8(c, end.text + size);
  return {size, from, static_cast<uint16_t>(removed > 0 ? 1 : 0)};
}

MarkResult dropped(const TextEnd& end) { return {end.size, end.size, 1}; }

// SARA AA after NIKHAHIT, a tone between them or not, is SARA AM.
MarkResult add_sara_aa(const TextEnd& end, const ThaiTail& tail, char32_t aa) {
  const char32_t am = aa + 1;
  if (tail.size > 0 && mark_type(tail.chars[0]) == MarkType::kNikhahit) {
    return replace_tail<1>(end, 1, {am});
  }
  const bool tone_between = tail.size > 1 && mark_type(tail.chars[0]) == MarkType::kTone &&
                            mark_type(tail.chars[1]) == MarkType::kNikhahit;
  // After another SARA AA the tone would have to move again.
  const bool in_order = tail.size < 3 || !is_aa(tail.chars[2]);
  if (tone_between && in_order) return replace_tail<2>(end, 2, {tail.chars[0], am});
  return replace_tail<1>(end, 0, {aa});
}

// LAKKHANGYAO belongs after the letters RU and LU; elsewhere it is written for SARA AA, which it
// resembles.
MarkResult add_lakkhangyao(const TextEnd& end, const ThaiTail& tail) {
  const bool in_place = tail.size > 0 && (tail.chars[0] == 0x0E24 || tail.chars[0] == 0x0E26);
  if (in_place) return replace_tail<1>(end, 0, {0x0E45});
  MarkResult result = add_sara_aa(end, tail, 0x0E32);
  result.repairs = 1;
  return result;
}

// One tone per cluster, before SARA AA and SARA AM.
MarkResult add_tone(const TextEnd& end, const ThaiTail& tail, char32_t tone) {
  if (tail.size == 0) return replace_tail<1>(end, 0, {tone});
  const char32_t last = tail.chars[0];
  if (mark_type(last) == MarkType::kTone) return dropped(end);
  // The letter it belongs to stands before SARA AA; in disorder beyond that it stays where it is.
  const bool movable =
      is_aa(last) && end.size > end.floor + 3 && !(tail.size > 1 && is_aa(tail.chars[1]));
  if (!movable) return replace_tail<1>(end, 0, {tone});
  if (tail.size > 1 && mark_type(tail.chars[1]) == MarkType::kTone) return dropped(end);
  return replace_tail<2>(end, 1, {tone, last});
}

// At most two different vowel signs, before the tone. Lao SEMIVOWEL SIGN LO, below, is the first.
MarkResult add_vowel(const TextEnd& end, const ThaiTail& tail, char32_t vowel) {
  size_t tones = 0;
  while (tones < tail.size && mark_type(tail.chars[tones]) == MarkType::kTone) ++tones;
  size_t vowels = 0;
  for (size_t i = tones; i < tail.size; ++i, ++vowels) {
    const MarkType type = mark_type(tail.chars[i]);
    if (type == MarkType::kNone) break;
    if (tail.chars[i] == vowel) return dropped(end);
  }
  if (vowels >= 2) return dropped(end);
  const bool first = vowel == 0x0EBC && vowels > 0;
  if (tones == 0 && !first) return replace_tail<1>(end, 0, {vowel});
  if (tones == 0) return replace_tail<2>(end, 1, {vowel, tail.chars[0]});
  if (!first) return replace_tail<2>(end, 1, {vowel, tail.chars[0]});
  return replace_tail<3>(end, 2, {vowel, tail.chars[1], tail.chars[0]});
}

}  // namespace

const CompositionPair* decomposition_of(char32_t c) {
  const uint16_t* end = kDecompositions + kCompositionCount;
  const uint16_t* found = std::partition_point(
      kDecompositions, end, [c](uint16_t i) { return kCompositions[i].composed < c; });
  return found != end && kCompositions[*found].composed == c ? &kCompositions[*found] : nullptr;
}

MarkResult add_combining(const TextEnd& end, char32_t mark) {
  size_t start = end.size;
  size_t marks = 0;
  bool at_base = false;
  while (start > end.floor && !at_base && marks <= kMarksPerBaseMax) {
    const char32_t c = decode_before(end.text, start);
    start -= utf8_size(c);
    at_base = !combines(c);
    ++marks;
  }
  const bool full = marks > kMarksPerBaseMax;
  if (start == end.size || full) {
    if (full || is_loose(mark)) return dropped(end);
    return {end.size + encode_utf8(mark, end.text + end.size), end.size, 0};
  }
  Cluster cluster;
  for (size_t at = start; at < end.size;) {
    const char32_t c = decode_at(end.text, at);
    at += utf8_size(c);
    if (cluster.size == 0) {
      add_decomposed(c, cluster);
    } else {
      cluster.add(c);
    }
  }
  cluster.add(mark);
  const auto repairs = static_cast<uint16_t>(order(cluster) + compose_and_drop(cluster));
  const size_t from = start + unchanged_size({end.text + start, end.size - start}, cluster);
  size_t size = start;
  for (size_t i = 0; i < cluster.size; ++i) size += encode_utf8(cluster.chars[i], end.text + size);
  return {size, from, repairs};
}

MarkResult add_repaired(const TextEnd& end, char32_t c) {
  if (c >= 0x1000) return add_ranked(end, c);
  const ThaiTail tail = read_tail(end, c);
  switch (thai_of(c)) {
    case 0x0E32:
      return add_sara_aa(end, tail, c);
    case 0x0E40:  // Two SARA E are typed for, and look like, one SARA AE.
      if (tail.size > 0 && tail.chars[0] == c) return replace_tail<1>(end, 1, {c + 1});
      return replace_tail<1>(end, 0, {c});
    case 0x0E45:
      return add_lakkhangyao(end, tail);
    default:
      return mark_type(c) == MarkType::kTone ? add_tone(end, tail, c) : add_vowel(end, tail, c);
  }
}

}  // namespace sieve
