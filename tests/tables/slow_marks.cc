// Marks in the slow reference: composition by ICU, repairs as rules over the end of the open token.
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "tables/slow_fold.h"

namespace sieve::tables {
namespace {

void count(uint16_t& feature) { feature = static_cast<uint16_t>(std::min(feature + 1, 0xFFFF)); }

// As fold_marks.h and fold_ranks.h have it.
constexpr size_t kMarksMax = 16;
constexpr size_t kRankedMax = 12;

int class_of(char32_t c) { return u_getCombiningClass(static_cast<UChar32>(c)); }

// Circumflex and breve come before a tone.
int order_of(char32_t c) { return c == 0x0302 || c == 0x0306 ? 229 : class_of(c); }

const icu::Normalizer2& nfc() {
  UErrorCode status = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFCInstance(status);
}

std::u32string decomposed(char32_t c) {
  icu::UnicodeString parts;
  if (!nfc().getDecomposition(static_cast<UChar32>(c), parts)) return {c};
  std::u32string out;
  for (int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
    out += static_cast<char32_t>(parts.char32At(at));
  }
  return out;
}

// Puts marks in order, each as long as it follows one of a higher order; those of class 0 stay.
// True when the last one was a circumflex or breve and moved.
bool sort_marks(std::u32string& cluster, size_t first) {
  const char32_t mark = cluster.back();
  bool moved = true;
  while (moved) {
    moved = false;
    for (size_t i = first + 1; i < cluster.size(); ++i) {
      if (order_of(cluster[i]) == 0 || order_of(cluster[i - 1]) <= order_of(cluster[i])) continue;
      std::swap(cluster[i - 1], cluster[i]);
      moved = true;
    }
  }
  return order_of(mark) == 229 && cluster.back() != mark;
}

// Thai, and Lao as the Thai that is 0x80 below.
char32_t thai_of(char32_t c) { return c >= 0x0E80 && c < 0x0F00 ? c - 0x80 : c; }
bool is_aa(char32_t c) { return thai_of(c) == 0x0E32 || thai_of(c) == 0x0E33; }
bool is_mark(char32_t c) {
  return c >= 0x0E00 && c < 0x0F00 && (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}
bool is_nikhahit(char32_t c) { return thai_of(c) == 0x0E4D; }
bool is_tone(char32_t c) {
  return is_mark(c) && thai_of(c) >= 0x0E48 && thai_of(c) <= 0x0E4E && !is_nikhahit(c);
}

// Place among the marks of a Burmese or Khmer letter; 0: none.
int rank_of(char32_t c) {
  constexpr std::u32string_view kBurmese[] = {
      U"\u103B",       U"\u103C",       U"\u103D", U"\u103E", U"\u1031", U"\u102D\u102E\u1032",
      U"\u102F\u1030", U"\u102B\u102C", U"\u1036", U"\u1037", U"\u103A", U"\u1038"};
  for (size_t i = 0; i < std::size(kBurmese); ++i) {
    if (kBurmese[i].find(c) != std::u32string_view::npos) return static_cast<int>(i) + 1;
  }
  if (c == 0x17C9 || c == 0x17CA || c == 0x17CC) return 1;
  if (c >= 0x17B6 && c <= 0x17C5) return 2;
  return (c >= 0x17C6 && c <= 0x17D3 && c != 0x17D2) || c == 0x17DD ? 3 : 0;
}

}  // namespace

// What the two compose to, when the fold leaves that alone, or 0.
char32_t SlowFold::composition_of(char32_t first, char32_t second) {
  const UChar32 pair = nfc().composePair(static_cast<UChar32>(first), static_cast<UChar32>(second));
  if (pair < 0) return 0;
  const auto composed = static_cast<char32_t>(pair);
  return character(composed).mapping == std::u32string{composed} ? composed : 0;
}

// A character that may compose with what stands before it, or move before it.
void SlowFold::combine(char32_t mark, Text& text) {
  std::vector<Letter>& letters = text.letters;
  const bool loose = CharacterRules::is_loose_mark(mark);
  const auto combines = [this](char32_t c) { return (props(c).flags & kCombines) != 0; };
  // The cluster: back to the last character that is no such mark.
  size_t begin = letters.size();
  while (begin > text.floor() && letters.size() - begin <= kMarksMax) {
    if (!combines(letters[--begin].c)) break;
  }
  const bool full = letters.size() - begin > kMarksMax;
  const bool alone = begin == letters.size();
  if (full || (alone && loose)) return count(text.features.marks_repaired);
  if (alone) return letters.push_back(letter_of(mark, props(mark)));

  std::u32string cluster = decomposed(letters[begin].c);
  for (size_t i = begin + 1; i < letters.size(); ++i) cluster += letters[i].c;
  cluster += mark;
  const size_t first = combines(cluster[0]) ? 0 : 1;
  if (sort_marks(cluster, first)) count(text.features.marks_repaired);

  std::u32string composed;
  if (first == 1) composed = cluster.substr(0, 1);
  int last_class = 0;
  for (const char32_t c : cluster.substr(first)) {
    const bool blocked = composed.size() != 1 && (last_class == 0 || last_class >= class_of(c));
    const char32_t pair = blocked ? 0 : composition_of(composed[0], c);
    if (pair != 0) {
      composed[0] = pair;
    } else if (CharacterRules::is_loose_mark(c)) {
      count(text.features.marks_repaired);
    } else {
      last_class = class_of(c);
      composed += c;
    }
  }
  // A letter that did not change passes for what it passed for.
  std::vector<Letter> result;
  for (size_t i = 0; i < composed.size(); ++i) {
    const bool same = begin + i < letters.size() && letters[begin + i].c == composed[i];
    result.push_back(same ? letters[begin + i] : letter_of(composed[i], props(composed[i])));
  }
  letters.resize(begin);
  letters.insert(letters.end(), result.begin(), result.end());
}

// The last characters of the open token, the last one first: at most four, all of the script of
// `like`.
std::u32string SlowFold::tail_of(const Text& text, char32_t like) const {
  std::u32string tail;
  for (size_t at = text.letters.size(); at > text.floor() && tail.size() < 4; --at) {
    const char32_t c = text.letters[at - 1].c;
    if (c >> 7 != like >> 7) break;
    tail += c;
  }
  return tail;
}

void SlowFold::replace_tail(Text& text, size_t removed, const std::u32string& chars) {
  text.letters.resize(text.letters.size() - removed);
  for (const char32_t c : chars) text.letters.push_back({c, '\0', false});
  if (removed > 0) count(text.features.marks_repaired);
}

void SlowFold::repair_thai(char32_t c, Text& text) {
  if (is_tone(c)) return add_tone(c, text);
  if (is_mark(c)) return add_vowel(c, text);
  const std::u32string tail = tail_of(text, c) + std::u32string(3, U'\0');
  if (thai_of(c) == 0x0E40) {
    return tail[0] == c ? replace_tail(text, 1, {c + 1}) : replace_tail(text, 0, {c});
  }
  // SARA AA, or LAKKHANGYAO for it.
  if (c == 0x0E45 && (tail[0] == 0x0E24 || tail[0] == 0x0E26)) return replace_tail(text, 0, {c});
  const char32_t aa = c == 0x0E45 ? 0x0E32 : c;
  if (is_nikhahit(tail[0])) return replace_tail(text, 1, {aa + 1});
  if (is_tone(tail[0]) && is_nikhahit(tail[1]) && !is_aa(tail[2])) {
    return replace_tail(text, 2, {tail[0], aa + 1});
  }
  replace_tail(text, 0, {aa});
  if (aa != c) count(text.features.marks_repaired);
}

// One tone, and before SARA AA.
void SlowFold::add_tone(char32_t tone, Text& text) {
  const std::u32string tail = tail_of(text, tone) + std::u32string(2, U'\0');
  if (is_tone(tail[0])) return count(text.features.marks_repaired);
  const bool movable = is_aa(tail[0]) && text.letters.size() > text.floor() + 1 && !is_aa(tail[1]);
  if (!movable) return replace_tail(text, 0, {tone});
  if (is_tone(tail[1])) return count(text.features.marks_repaired);
  replace_tail(text, 1, {tone, tail[0]});
}

// Two different vowel signs, before the tone; LO first.
void SlowFold::add_vowel(char32_t vowel, Text& text) {
  const std::u32string tail = tail_of(text, vowel);
  size_t tones = 0;
  while (tones < tail.size() && is_tone(tail[tones])) ++tones;
  size_t vowels = 0;
  while (tones + vowels < tail.size() && is_mark(tail[tones + vowels])) ++vowels;
  const bool is_there = tail.substr(tones, vowels).find(vowel) != std::u32string::npos;
  if (is_there || vowels >= 2) return count(text.features.marks_repaired);
  const bool first = vowel == 0x0EBC && vowels > 0;
  if (tones == 0 && !first) return replace_tail(text, 0, {vowel});
  if (tones == 0 || !first) return replace_tail(text, 1, {vowel, tail[0]});
  replace_tail(text, 2, {vowel, tail[1], tail[0]});
}

void SlowFold::repair_ranked(char32_t mark, Text& text) {
  std::vector<Letter>& letters = text.letters;
  const bool again = letters.size() > text.floor() && letters.back().c == mark;
  if (again) return count(text.features.marks_repaired);
  if (rank_of(mark) == 0) return letters.push_back({mark, '\0', false});
  std::u32string run;
  for (size_t at = letters.size(); at > text.floor() && run.size() < kRankedMax; --at) {
    if (rank_of(letters[at - 1].c) == 0) break;
    run.insert(0, 1, letters[at - 1].c);
  }
  const auto contains = [&run](char32_t c) { return run.find(c) != std::u32string::npos; };
  if (run.size() == kRankedMax || contains(mark)) return count(text.features.marks_repaired);
  letters.resize(letters.size() - run.size());
  size_t at = run.size();
  while (at > 0 && rank_of(run[at - 1]) > rank_of(mark)) --at;
  bool repaired = at < run.size() && class_of(mark) == 0;
  // Two Khmer vowels that look like a third.
  const std::u32string pair = at > 0 ? std::u32string{run[at - 1], mark} : U"";
  const bool oe = pair == U"\u17C1\u17B8" || pair == U"\u17B8\u17C1";
  const bool oo = pair == U"\u17C1\u17B6" || pair == U"\u17B6\u17C1";
  if (oe || oo) {
    run.erase(--at, 1);
    mark = oe ? 0x17BE : 0x17C4;
    repaired = true;
  }
  const bool follows_u = at == 0 && letters.size() > text.floor() && letters.back().c == 0x1025;
  if (mark == 0x102E && follows_u) {
    letters.back().c = 0x1026;
  } else if (!contains(mark)) {
    run.insert(at, 1, mark);
  }
  for (const char32_t c : run) letters.push_back({c, '\0', false});
  if (repaired) count(text.features.marks_repaired);
}

}  // namespace sieve::tables
