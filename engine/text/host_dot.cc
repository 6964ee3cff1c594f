#include "text/host_dot.h"

#include <algorithm>
#include <array>
#include <bit>

#include "text/entities.h"
#include "text/url_chars.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sieve {
namespace {

constexpr size_t kSpacesMax = 2;

// Thai for dot, Chinese for dot, and the middle dot.
constexpr std::array<std::string_view, 3> kForeignDots = {"จุด", "点", "·"};

size_t skip_spaces(std::string_view text, size_t at) {
  const size_t limit = std::min(at + kSpacesMax, text.size());
  while (at < limit && text[at] == ' ') ++at;
  return at;
}

char closing_of(char opening) {
  return opening == '[' ? ']' : opening == '(' ? ')' : opening == '{' ? '}' : '\0';
}

// The end of a dot in words at `at`, or `at`.
size_t skip_word(std::string_view text, size_t at) {
  for (const std::string_view word : kForeignDots) {
    if (starts_at(text, at, word)) return at + word.size();
  }
  return starts_at(text, at, "dot") ? at + 3 : at;
}

// The end of "[.]", "( dot )" at `at`, or `at`.
size_t skip_bracketed(std::string_view text, size_t at) {
  const char closing = at < text.size() ? closing_of(text[at]) : '\0';
  if (closing == '\0') return at;
  const size_t inside = skip_spaces(text, at + 1);
  size_t end = starts_at(text, inside, ".") ? inside + 1 : skip_word(text, inside);
  if (end == inside) return at;
  end = skip_spaces(text, end);
  return end < text.size() && text[end] == closing ? end + 1 : at;
}

HostDot make_dot(size_t begin, size_t end, bool apart, bool space_before, int dress) {
  return {
      static_cast<uint32_t>(end - begin), apart, space_before, static_cast<uint16_t>(dress), {}};
}

#if defined(__SSE2__)
// A bit for each of the 16 bytes at `at` that may be a mark. Reads 17.
uint32_t mark_bits(const char* at) {
  const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 1));
  const auto is = [](__m128i v, int c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(char(c))); };
  const auto pair = [&](int first, int second) {
    return _mm_and_si128(is(here, first), is(next, second));
  };
  const __m128i ascii = _mm_or_si128(_mm_or_si128(is(here, '.'), is(here, ':')), pair('d', 'o'));
  const __m128i foreign = _mm_or_si128(pair(0xC2, 0xB7), pair(0x82, 0xB9));
  const __m128i found = _mm_or_si128(ascii, _mm_or_si128(foreign, is(here, 0x88)));
  return static_cast<uint32_t>(_mm_movemask_epi8(found));
}
#endif

// The place of the mark in words that the byte at `at` belongs to, or npos.
size_t word_mark_at(std::string_view text, size_t at) {
  constexpr size_t kNone = std::string_view::npos;
  switch (static_cast<unsigned char>(text[at])) {
    case 'd':
      return starts_at(text, at, "dot") ? at : kNone;
    case 0xC2:
      return starts_at(text, at, "·") ? at : kNone;
    case 0x82:
      return at > 0 && starts_at(text, at - 1, "点") ? at - 1 : kNone;
    case 0x88:
      return at > 1 && starts_at(text, at - 2, "จุด") ? at - 2 : kNone;
    default:
      return kNone;
  }
}

size_t mark_at(std::string_view text, size_t at) {
  return text[at] == '.' || text[at] == ':' ? at : word_mark_at(text, at);
}

}  // namespace

HostDot host_dot_at(std::string_view text, size_t at) {
  if (at >= text.size()) return {};
  if (text[at] == '.' && !starts_at(text, at + 1, " "))
    return make_dot(at, at + 1, false, false, 0);
  if (starts_at(text, at, "\\.")) return make_dot(at, at + 2, false, false, kDressedDot);
  const size_t begin = skip_spaces(text, at);
  const bool space_before = begin > at;
  size_t end = skip_bracketed(text, begin);
  if (end > begin) {
    if (space_before) end = skip_spaces(text, end);
    return make_dot(at, end, false, true, kDressedDot | (space_before ? kSpaced : 0));
  }
  if (starts_at(text, begin, ".")) {
    return make_dot(at, skip_spaces(text, begin + 1), true, space_before, kSpaced);
  }
  const size_t word_end = skip_word(text, begin);
  if (word_end == begin) return {};
  end = skip_spaces(text, word_end);
  // "dot" within letters is a part of a word.
  const bool latin = text[begin] == 'd';
  if (latin && (!space_before || end == word_end)) return {};
  HostDot dot = make_dot(at, end, true, true, kDressedDot);
  if (!space_before && end == word_end) dot.letters = text.substr(at, dot.size);
  return dot;
}

size_t host_dot_begin(std::string_view text, size_t mark, size_t floor) {
  size_t begin = mark;
  const auto step_over_spaces = [&] {
    const size_t limit = std::max(floor, begin > kSpacesMax ? begin - kSpacesMax : 0);
    while (begin > limit && text[begin - 1] == ' ') --begin;
  };
  step_over_spaces();
  if (begin > floor && closing_of(text[begin - 1]) != '\0') {
    --begin;
    step_over_spaces();
  } else if (begin == mark && begin > floor && text[begin - 1] == '\\') {
    --begin;
  }
  return begin;
}

size_t find_url_mark(std::string_view text, size_t at) {
#if defined(__SSE2__)
  constexpr size_t kStepBytes = 16;
  constexpr size_t kReadBytes = 17;
  while (at < text.size() && text.size() >= kReadBytes) {
    // The last step goes back to where it can read, past what it has seen.
    const size_t from = std::min(at, text.size() - kReadBytes);
    for (uint32_t bits = mark_bits(text.data() + from) >> (at - from); bits != 0;
         bits &= bits - 1) {
      const size_t mark = mark_at(text, at + static_cast<size_t>(std::countr_zero(bits)));
      if (mark != std::string_view::npos) return mark;
    }
    if (from + kReadBytes == text.size()) {
      at = std::max(at, text.size() - 1);  // The one byte that has none behind it.
      break;
    }
    at = from + kStepBytes;
  }
#endif
  for (; at < text.size(); ++at) {
    const size_t mark = mark_at(text, at);
    if (mark != std::string_view::npos) return mark;
  }
  return text.size();
}

}  // namespace sieve
