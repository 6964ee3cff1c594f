#include "text/vietnamese.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/fold.h"
#include "text/fold_marks.h"
#include "text/fold_table.h"

namespace sieve {
namespace {

constexpr size_t kWordsMin = 2;
constexpr size_t kLettersMin = 7;

constexpr char32_t kDStroke = U'đ';

// Grave, acute, tilde, hook above, dot below.
constexpr std::u32string_view kTones = U"\u0300\u0301\u0303\u0309\u0323";

bool is_tone(char32_t c) { return kTones.find(c) != std::u32string_view::npos; }
bool is_latin_letter(char32_t c) { return c >= U'a' && c <= U'z'; }

// Letters with a hook or a horn, with two diacritics or a dot below, and the four of their own.
bool is_vietnamese_only(char32_t c) {
  return (c >= 0x1EA0 && c <= 0x1EF9) || c == kDStroke || c == U'ă' || c == U'ơ' || c == U'ư';
}

std::u32string decoded(std::string_view text) {
  std::u32string out;
  for (size_t at = 0; at < text.size();) {
    const Utf8Char c = decode_utf8(text, at);
    out += c.code_point;
    at += c.size;
  }
  return out;
}

std::string encoded(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

// The Latin letter under the diacritics of `c`, or `c`.
char32_t base_of(char32_t c) {
  if (c == kDStroke) return U'd';
  char32_t base = c;
  while (const CompositionPair* pair = decomposition_of(base)) base = pair->first;
  return is_latin_letter(base) ? base : c;
}

// The tone of a vowel that has no other diacritic, or 0.
char32_t tone_of(char32_t c) {
  const CompositionPair* pair = decomposition_of(c);
  return pair != nullptr && is_latin_letter(pair->first) && is_tone(pair->second) ? pair->second
                                                                                  : 0;
}

// Whether text[at] and the letter after it are oa, oe or uy with one tone, at the end of a
// syllable. The u of qu belongs to the consonant.
bool has_movable_tone(std::u32string_view text, size_t at) {
  if (at + 1 >= text.size()) return false;
  const bool ends = at + 2 == text.size() || text[at + 2] == U' ';
  const char32_t first = base_of(text[at]);
  const char32_t second = base_of(text[at + 1]);
  const bool movable = (first == U'o' && (second == U'a' || second == U'e')) ||
                       (first == U'u' && second == U'y' && (at == 0 || text[at - 1] != U'q'));
  const char32_t first_tone = tone_of(text[at]);
  const char32_t second_tone = tone_of(text[at + 1]);
  return ends && movable &&
         ((first_tone != 0 && text[at + 1] == second) || (second_tone != 0 && text[at] == first));
}

}  // namespace

// Latin letters with diacritics are U+00C0 to U+024F and U+1E00 to U+1EFF, and marks of their own
// U+0300 to U+036F: in UTF-8 C3 to C9 and CC, CD; and E1 B8 to E1 BB.
bool may_have_diacritics(std::string_view phrase) {
  for (size_t at = 0; at < phrase.size(); ++at) {
    const auto byte = static_cast<unsigned char>(phrase[at]);
    if (byte >= 0xC3 && byte <= 0xCD) return true;
    if (byte != 0xE1 || at + 1 == phrase.size()) continue;
    const auto next = static_cast<unsigned char>(phrase[at + 1]);
    if (next >= 0xB8 && next <= 0xBB) return true;
  }
  return false;
}

std::string without_diacritics(std::string_view phrase) {
  std::u32string text = decoded(phrase);
  std::transform(text.begin(), text.end(), text.begin(), base_of);
  return encoded(text);
}

std::string with_tones(std::string_view phrase, TonePlace place) {
  const std::u32string text = decoded(phrase);
  std::u32string out;
  bool has_moved = false;
  for (size_t at = 0; at < text.size(); ++at) {
    if (!has_movable_tone(text, at)) {
      out += text[at];
      continue;
    }
    has_moved = true;
    const char32_t tone = tone_of(text[at]) != 0 ? tone_of(text[at]) : tone_of(text[at + 1]);
    out += base_of(text[at]);
    if (place == TonePlace::kFirst) out += tone;
    out += base_of(text[++at]);
    if (place == TonePlace::kSecond) out += tone;
  }
  // The fold composes letter and tone.
  return has_moved ? fold_literal(encoded(out), View::kWords) : std::string(phrase);
}

bool is_long_vietnamese(std::string_view phrase) {
  const std::u32string text = decoded(phrase);
  const auto spaces = static_cast<size_t>(std::count(text.begin(), text.end(), U' '));
  const bool has_own = std::any_of(text.begin(), text.end(), is_vietnamese_only);
  const auto letters = std::count_if(text.begin(), text.end(),
                                     [](char32_t c) { return is_latin_letter(base_of(c)); });
  return has_own && spaces + 1 >= kWordsMin && static_cast<size_t>(letters) >= kLettersMin;
}

}  // namespace sieve
