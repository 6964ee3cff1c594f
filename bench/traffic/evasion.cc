#include "traffic/evasion.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/utf8.h"
#include "text/evasion.h"

namespace sieve::traffic {
namespace {

constexpr std::array<std::string_view, kEvasionCount> kNames = {
    "zero_width", "cyrillic", "fullwidth", "mathematical", "enclosed",     "thai_lookalike",
    "spaced",     "leet",     "glued_url", "defanged_url", "doubled_marks"};

using enum Evasion;
constexpr Evasion kInThai[] = {kThaiLookalike, kThaiLookalike, kZeroWidth, kSpaced,
                               kDoubledMarks,  kFullwidth,     kGluedUrl,  kLeet,
                               kDefangedUrl,   kMathematical};
constexpr Evasion kInLatin[] = {kCyrillic,  kMathematical, kLeet,      kLeet,        kSpaced,
                                kZeroWidth, kEnclosed,     kFullwidth, kDefangedUrl, kGluedUrl};
constexpr Evasion kInChinese[] = {kFullwidth,   kZeroWidth, kSpaced,
                                  kDefangedUrl, kGluedUrl,  kEnclosed};

bool is_upper(char32_t c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char32_t c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_word(char32_t c) { return is_upper(c) || is_lower(c) || is_digit(c); }
bool is_han(char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }
// A Thai consonant or a vowel written before one: where a syllable may be cut.
bool begins_thai_cluster(char32_t c) {
  return (c >= 0x0E01 && c <= 0x0E2E) || (c >= 0x0E40 && c <= 0x0E44);
}
bool is_thai_tone(char32_t c) { return c >= 0x0E48 && c <= 0x0E4B; }

// Copies the text with its contacts as they are; `edit(c, out)` appends what stands for the
// character c and returns true, or returns false to keep it.
template <class Edit>
bool rewrite(Text& text, Edit edit) {
  std::string out;
  out.reserve(text.bytes.size() * 2);
  size_t contact = 0;
  bool changed = false;
  for (size_t at = 0; at < text.bytes.size();) {
    if (contact < text.contacts.size() && at == text.contacts[contact].begin) {
      Span& span = text.contacts[contact++];
      const Span moved{out.size(), out.size() + span.end - span.begin};
      out.append(text.bytes, span.begin, span.end - span.begin);
      if (text.url.end == span.end) text.url = moved;
      at = span.end;
      span = moved;
      continue;
    }
    const Utf8Char decoded = decode_utf8(text.bytes, at);
    if (edit(decoded.code_point, out)) {
      changed = true;
    } else {
      out.append(text.bytes, at, decoded.size);
    }
    at += decoded.size;
  }
  text.bytes = std::move(out);
  return changed;
}

bool substitute_letters(sieve::Evasion evasion, double share, Random& random, Text& text) {
  return rewrite(text, [&](char32_t c, std::string& out) {
    const char32_t other = evaded_letter(evasion, 0, c);
    if (other == 0 || !random.chance(share)) return false;
    append_utf8(out, other);
    return true;
  });
}

bool insert_invisible(Random& random, Text& text) {
  constexpr std::array<char32_t, 4> kInvisible = {0x200B, 0x200C, 0x2060, 0x00AD};
  const char32_t inserted = random.pick(std::span(kInvisible));
  return rewrite(text, [&](char32_t c, std::string& out) {
    if (!(is_word(c) || is_han(c) || begins_thai_cluster(c)) || !random.chance(0.12)) return false;
    append_utf8(out, inserted);
    append_utf8(out, c);
    return true;
  });
}

char32_t styled(Evasion evasion, char32_t c) {
  if (evasion == kFullwidth) return evaded_letter(sieve::Evasion::kFullWidth, 0, c);
  if (evasion == kMathematical) return evaded_letter(sieve::Evasion::kMathematical, 0, c);
  if (is_upper(c)) return evaded_letter(sieve::Evasion::kSquared, 0, c);
  return is_lower(c) ? evaded_letter(sieve::Evasion::kEnclosed, 0, c) : 0;
}

// Whole words of ASCII in another style of letters.
bool restyle_words(Evasion evasion, Random& random, Text& text) {
  bool styling = random.chance(0.6);
  bool in_word = false;
  return rewrite(text, [&](char32_t c, std::string& out) {
    const bool word = is_word(c);
    if (word && !in_word) styling = random.chance(0.6);
    in_word = word;
    const char32_t other = styled(evasion, c);
    if (other == 0 || !styling) return false;
    append_utf8(out, other);
    return true;
  });
}

// Runs of 5 to 9 letters with a separator between them.
bool space_out(Random& random, Text& text) {
  const char separator = random.chance(0.8) ? ' ' : '.';
  uint32_t left = 0;
  bool in_word = false;
  return rewrite(text, [&](char32_t c, std::string& out) {
    const bool begins_cluster = begins_thai_cluster(c) || is_han(c);
    const bool letter = begins_cluster || is_upper(c) || is_lower(c);
    const bool starts = letter && (!in_word || begins_cluster);
    in_word = letter || c >= 0x80;
    if (!letter) {
      if (c < 0x80) left = 0;
      return false;
    }
    if (left == 0) {
      if (starts && random.chance(begins_cluster ? 0.08 : 0.35)) left = 5 + random.below(5);
      return false;
    }
    --left;
    out += separator;
    append_utf8(out, c);
    return true;
  });
}

bool double_marks(Random& random, Text& text) {
  return rewrite(text, [&](char32_t c, std::string& out) {
    if (c == U'แ') {
      out += "เเ";
      return true;
    }
    if (!is_thai_tone(c) || !random.chance(0.5)) return false;
    append_utf8(out, c);
    append_utf8(out, c);
    return true;
  });
}

// Replaces bytes [begin, end) and moves the spans behind them; spans that overlap are dropped.
void replace_bytes(Text& text, Span range, std::string_view with) {
  text.bytes.replace(range.begin, range.end - range.begin, with);
  const size_t removed = range.end - range.begin;
  const auto move = [&](Span& span) {
    if (span.begin < range.end) return;
    span.begin = span.begin - removed + with.size();
    span.end = span.end - removed + with.size();
  };
  std::erase_if(text.contacts,
                [&](const Span& span) { return span.begin < range.end && range.begin < span.end; });
  for (Span& span : text.contacts) move(span);
  move(text.url);
}

bool glue_url(Text& text) {
  if (text.url.end == 0) return false;
  size_t begin = text.url.begin;
  while (begin > 0 && text.bytes[begin - 1] == ' ') --begin;
  if (begin == text.url.begin) return false;
  replace_bytes(text, {begin, text.url.begin}, "");
  if (text.bytes.compare(text.url.begin, 8, "https://") == 0) {
    const size_t url_end = text.url.end;
    text.bytes.erase(text.url.begin, 8);
    for (Span& span : text.contacts) {
      if (span.begin >= url_end) span.begin -= 8;
      if (span.end >= url_end) span.end -= 8;
    }
    text.url.end -= 8;
  }
  return true;
}

bool defang_url(Random& random, Text& text) {
  if (text.url.end == 0) return false;
  const auto dots = insertions_of(sieve::Evasion::kUrlDressing).first<4>();
  const std::string_view dot = random.pick(dots);
  const std::string_view plain =
      std::string_view(text.bytes).substr(text.url.begin, text.url.end - text.url.begin);
  const bool has_scheme = plain.starts_with("http");
  const std::string url = dressed_url(plain, dot, has_scheme && random.chance(0.7));
  const Span replaced = text.url;
  text.url = {};
  replace_bytes(text, replaced, url);
  text.contacts.insert(std::ranges::lower_bound(text.contacts, replaced.begin, {}, &Span::begin),
                       {replaced.begin, replaced.begin + url.size()});
  return true;
}

}  // namespace

std::string_view name_of(Evasion evasion) { return kNames[static_cast<size_t>(evasion)]; }

std::span<const Evasion> evasions_of(Lang lang) {
  if (lang == Lang::kTh) return kInThai;
  if (lang == Lang::kZh) return kInChinese;
  return kInLatin;
}

bool apply_evasion(Evasion evasion, Random& random, Text& text) {
  switch (evasion) {
    case kZeroWidth:
      return insert_invisible(random, text);
    case kCyrillic:
      return substitute_letters(sieve::Evasion::kLookAlike, 0.5, random, text);
    case kThaiLookalike:
      return substitute_letters(sieve::Evasion::kThaiLookAlike, 0.15, random, text);
    case kLeet:
      return substitute_letters(sieve::Evasion::kDigitForLetter, 0.35, random, text);
    case kFullwidth:
    case kMathematical:
    case kEnclosed:
      return restyle_words(evasion, random, text);
    case kSpaced:
      return space_out(random, text);
    case kGluedUrl:
      return glue_url(text);
    case kDefangedUrl:
      return defang_url(random, text);
    case kDoubledMarks:
      return double_marks(random, text);
  }
  return false;
}

void add_noise(Random& random, Text& text) {
  if (random.chance(0.5)) {
    insert_invisible(random, text);
  } else {
    double_marks(random, text);
  }
}

}  // namespace sieve::traffic
