#include "text/text_marks.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "text/ascii.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sieve {
namespace {

constexpr size_t kChunk = 64;
constexpr size_t kNameBytesMax = 32;

// One bit per byte of a chunk, the first byte lowest.
struct ChunkMasks {
  uint64_t word = 0;  // ASCII letters and digits.
  uint64_t digit = 0;
  uint64_t high = 0;  // Bytes above 0x7F.
  uint64_t sign = 0;  // @ + : ; < = >
  uint64_t space = 0;
  uint64_t letter_i = 0;
  uint64_t letter_d = 0;
};

#if defined(__SSE2__)

inline __m128i equal(__m128i v, char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); }

// Bytes of `v` in [first, first + size], as 0xFF.
inline __m128i within(__m128i v, char first, char size) {
  const __m128i offset = _mm_sub_epi8(v, _mm_set1_epi8(first));
  return _mm_cmpeq_epi8(_mm_min_epu8(offset, _mm_set1_epi8(size)), offset);
}

inline uint64_t bits_of(__m128i v) { return static_cast<uint64_t>(_mm_movemask_epi8(v)) & 0xFFFF; }

inline ChunkMasks masks_of(const char* text) {
  ChunkMasks masks;
  for (unsigned at = 0; at < kChunk; at += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + at));
    const __m128i digit = within(v, '0', 9);
    const __m128i at_or_plus = _mm_or_si128(equal(v, '@'), equal(v, '+'));
    masks.digit |= bits_of(digit) << at;
    masks.word |= bits_of(_mm_or_si128(digit, within(v, 'a', 25))) << at;
    masks.high |= bits_of(v) << at;
    masks.sign |= bits_of(_mm_or_si128(at_or_plus, within(v, ':', '>' - ':'))) << at;
    masks.space |= bits_of(equal(v, ' ')) << at;
    masks.letter_i |= bits_of(equal(v, 'i')) << at;
    masks.letter_d |= bits_of(equal(v, 'd')) << at;
  }
  return masks;
}

#else

inline ChunkMasks masks_of(const char* text) {
  ChunkMasks masks;
  for (unsigned at = 0; at < kChunk; ++at) {
    const char c = text[at];
    masks.digit |= uint64_t{is_ascii_digit(c)} << at;
    masks.word |= uint64_t{is_ascii_word(c)} << at;
    masks.high |= uint64_t{static_cast<unsigned char>(c) >= 0x80} << at;
    masks.sign |= uint64_t{c == '@' || c == '+' || (c >= ':' && c <= '>')} << at;
    masks.space |= uint64_t{c == ' '} << at;
    masks.letter_i |= uint64_t{c == 'i'} << at;
    masks.letter_d |= uint64_t{c == 'd'} << at;
  }
  return masks;
}

#endif

// Whether some kLongWordBytesMin bits follow each other; `tail` is how many did at the end of the
// chunk before, and becomes how many do at the end of this one.
inline bool has_long_run(uint64_t word, size_t& tail) {
  const auto head = static_cast<size_t>(std::countr_one(word));
  const bool across = tail + head >= kLongWordBytesMin;
  tail = word == ~uint64_t{0} ? tail + kChunk : static_cast<size_t>(std::countl_one(word));
  static_assert(kLongWordBytesMin == 26);
  word &= word >> 1;
  word &= word >> 2;
  word &= word >> 4;
  word &= word >> 8;
  return across || (word & (word >> 10)) != 0;
}

class Marker {
 public:
  Marker(std::string_view text, const Entities& links, TextMarks& out)
      : text_(text),
        links_(links),
        out_(out),
        has_links_(!links.urls.empty() || !links.handles.empty()) {}

  void add_chunk(size_t begin, const ChunkMasks& now) {
    out_.has_long_word |= has_long_run(now.word, long_tail_);
    for_each(now.digit & ~moved(before_.digit, now.digit, 1), begin,
             [this](size_t at) { add_group(at); });
    for_each(places_of(now), begin, [this](size_t at) {
      if (!is_behind_latin(at)) add_place(at);
    });
    before_ = now;
  }

 private:
  // The bits of `now` moved up by `by` bytes, filled up from the chunk before.
  static uint64_t moved(uint64_t before, uint64_t now, int by) {
    return now << by | before >> (static_cast<int>(kChunk) - by);
  }

  template <class Action>
  static void for_each(uint64_t bits, size_t begin, Action action) {
    for (; bits != 0; bits &= bits - 1) {
      action(begin + static_cast<size_t>(std::countr_zero(bits)));
    }
  }

  // Starts of words behind what announces a name, with at most one space between.
  uint64_t places_of(const ChunkMasks& now) const {
    const uint64_t starts = now.word & ~moved(before_.word, now.word, 1);
    const uint64_t announcing_before = before_.sign | before_.high;
    const uint64_t announcing = now.sign | now.high;
    const uint64_t behind_space =
        moved(announcing_before, announcing, 2) |
        (moved(before_.letter_d, now.letter_d, 2) & moved(before_.letter_i, now.letter_i, 3));
    return starts & (moved(announcing_before, announcing, 1) |
                     (moved(before_.space, now.space, 1) & behind_space));
  }

  // Whether a Latin letter beyond ASCII stands before `at`, as everywhere in Vietnamese. The names
  // of services that end in a letter beyond ASCII are of other scripts.
  bool is_behind_latin(size_t at) const {
    const auto byte = [this](size_t i) { return static_cast<unsigned char>(text_[i]); };
    if (at > 0 && text_[at - 1] == ' ') --at;
    if (at < 2 || byte(at - 1) < 0x80) return false;
    if (byte(at - 2) >= 0xC3 && byte(at - 2) <= 0xC6) return true;  // U+00C0 to U+01BF.
    return at >= 3 && byte(at - 3) == 0xE1 && byte(at - 2) >= 0xB8 && byte(at - 2) <= 0xBB;
  }

  bool is_in_link(size_t at) const {
    if (!has_links_) return false;
    const auto holds = [at](const auto& link) {
      return at >= link.span.begin && at < link.span.end;
    };
    return std::any_of(links_.urls.begin(), links_.urls.end(), holds) ||
           std::any_of(links_.handles.begin(), links_.handles.end(), holds);
  }

  void add_group(size_t begin) {
    if (is_in_link(begin)) return;
    if (out_.group_count == out_.groups.size()) {
      ++out_.left_out;
      return;
    }
    size_t end = begin + 1;
    while (end < text_.size() && is_ascii_digit(text_[end])) ++end;
    DigitGroup& group = out_.groups[out_.group_count++];
    group = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end), false};
    size_t name = begin;
    while (name > 0 && begin - name < kNameBytesMax && is_name_char(text_[name - 1])) --name;
    while (!is_ascii_word(text_[name])) ++name;
    add_place(name);
    // Digits glued to the name of a service.
    if (name != begin && is_ascii_lower(text_[begin - 1])) add_place(begin);
  }

  // Chunks find their places in order, but for those that digits lead to.
  void add_place(size_t place) {
    if (is_in_link(place)) return;
    const auto at = static_cast<uint32_t>(place);
    size_t i = out_.place_count;
    while (i > 0 && out_.places[i - 1] > at) --i;
    if (i > 0 && out_.places[i - 1] == at) return;
    if (out_.place_count == out_.places.size()) {
      ++out_.left_out;
      return;
    }
    const auto begin = out_.places.begin();
    std::copy_backward(begin + i, begin + out_.place_count, begin + out_.place_count + 1);
    out_.places[i] = at;
    ++out_.place_count;
  }

  std::string_view text_;
  const Entities& links_;
  TextMarks& out_;
  bool has_links_;
  ChunkMasks before_;
  size_t long_tail_ = 0;
};

}  // namespace

void mark_text(std::string_view text, const Entities& links, TextMarks& out) {
  out.group_count = 0;
  out.place_count = 0;
  out.has_long_word = false;
  out.left_out = 0;
  Marker marker(text, links, out);
  size_t at = 0;
  for (; at + kChunk <= text.size(); at += kChunk) {
    marker.add_chunk(at, masks_of(text.data() + at));
  }
  if (at < text.size()) {
    std::array<char, kChunk> rest{};
    std::memcpy(rest.data(), text.data() + at, text.size() - at);
    marker.add_chunk(at, masks_of(rest.data()));
  }
}

}  // namespace sieve
