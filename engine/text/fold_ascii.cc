#include "text/fold_ascii.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sieve {
namespace {

constexpr size_t kChunk = 64;

// One bit per byte of a chunk, the first byte lowest.
struct ChunkMasks {
  uint64_t letter = 0;
  uint64_t digit = 0;
  uint64_t letter_o = 0;
  uint64_t low = 0;  // Controls, and bytes above 0x7F.
};

#if defined(__SSE2__)

// Bytes of `v` in [first, first + size], as 0xFF.
inline __m128i within(__m128i v, char first, char size) {
  const __m128i offset = _mm_sub_epi8(v, _mm_set1_epi8(first));
  return _mm_cmpeq_epi8(_mm_min_epu8(offset, _mm_set1_epi8(size)), offset);
}

inline uint64_t bits_of(__m128i v) { return static_cast<uint64_t>(_mm_movemask_epi8(v)) & 0xFFFF; }

// Lower case to `text`; the same with every separator a space to `blanked`.
inline ChunkMasks fold_chunk(const char* raw, char* text, char* blanked) {
  ChunkMasks masks;
  for (unsigned i = 0; i < kChunk; i += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(raw + i));
    const __m128i case_bit = _mm_set1_epi8(0x20);
    const __m128i letter = within(_mm_or_si128(v, case_bit), 'a', 25);
    const __m128i digit = within(v, '0', 9);
    const __m128i lower = _mm_or_si128(v, _mm_and_si128(letter, case_bit));
    const __m128i word = _mm_or_si128(letter, digit);
    const __m128i blank =
        _mm_or_si128(_mm_and_si128(word, lower), _mm_andnot_si128(word, case_bit));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(text + i), lower);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(blanked + i), blank);
    masks.letter |= bits_of(letter) << i;
    masks.digit |= bits_of(digit) << i;
    masks.letter_o |= bits_of(_mm_cmpeq_epi8(lower, _mm_set1_epi8('o'))) << i;
    masks.low |= bits_of(_mm_cmplt_epi8(v, case_bit)) << i;
  }
  return masks;
}

inline void copy16(char* to, const char* from) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to),
                   _mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
}

#else

inline ChunkMasks fold_chunk(const char* raw, char* text, char* blanked) {
  ChunkMasks masks;
  for (unsigned i = 0; i < kChunk; ++i) {
    const auto byte = static_cast<unsigned char>(raw[i]);
    const bool letter = static_cast<unsigned char>((byte | 0x20) - 'a') < 26;
    const bool digit = static_cast<unsigned char>(byte - '0') < 10;
    text[i] = static_cast<char>(letter ? byte | 0x20 : byte);
    blanked[i] = letter || digit ? text[i] : ' ';
    masks.letter |= uint64_t{letter} << i;
    masks.digit |= uint64_t{digit} << i;
    masks.letter_o |= uint64_t{text[i] == 'o'} << i;
    masks.low |= uint64_t{byte < 0x20 || byte > 0x7F} << i;
  }
  return masks;
}

inline void copy16(char* to, const char* from) { std::memcpy(to, from, 16); }

#endif

// How many of the first `size` bytes of a chunk may be folded here.
inline size_t foldable_size(const char* raw, uint64_t low, size_t size) {
  for (uint64_t left = low; left != 0; left &= left - 1) {
    const auto at = static_cast<size_t>(std::countr_zero(left));
    const bool white_space = raw[at] >= '\t' && raw[at] <= '\r';
    if (!white_space) return std::min(at, size);
  }
  return size;
}

// Copies the bytes of `blanked` whose bit is set in `kept`; returns the end of the copy.
inline char* copy_kept(const char* blanked, uint64_t kept, char* to) {
  while (kept != 0) {
    const int begin = std::countr_zero(kept);
    const int size = std::countr_one(kept >> begin);
    // By hand: as a loop it becomes `rep movs`, which takes longer to start than to copy.
    copy16(to, blanked + begin);
    if (size > 16) copy16(to + 16, blanked + begin + 16);
    if (size > 32) {
      copy16(to + 32, blanked + begin + 32);
      copy16(to + 48, blanked + begin + 48);
    }
    to += size;
    if (begin + size == 64) break;
    kept &= ~uint64_t{0} << (begin + size);
  }
  return to;
}

// Three tokens of one character, close together.
inline bool chained(uint64_t singles) {
  const uint64_t pairs = singles & (singles >> 2 | singles >> 3 | singles >> 4 | singles >> 5);
  return (pairs & (pairs >> 2 | pairs >> 3 | pairs >> 4 | pairs >> 5)) != 0;
}

// Looks across the edges of chunks: `before` is the mask of the chunk before.
struct HintState {
  uint64_t letter = 0;
  uint64_t digit = 0;
  uint64_t word = 0;
  uint64_t singles = 0;
};

inline uint64_t shifted(uint64_t mask, uint64_t before, int by) {
  return mask << by | before >> (64 - by);
}

inline void take_hints(const ChunkMasks& m, HintState& before, AsciiRun& run) {
  const uint64_t word = m.letter | m.digit;
  const uint64_t singles = word & ~shifted(word, before.word, 1) & ~(word >> 1);
  const uint64_t digit1 = shifted(m.digit, before.digit, 1);
  const uint64_t digit2 = shifted(m.digit, before.digit, 2);
  const uint64_t letter2 = shifted(m.letter, before.letter, 2);
  const uint64_t letter3 = shifted(m.letter, before.letter, 3);
  const uint64_t within_letters = m.letter & digit1 & (letter2 | (digit2 & letter3));
  const uint64_t o_after_digit = m.letter_o & digit1;
  run.has_letters |= m.letter != 0;
  run.maybe_digit_for_letter |= (within_letters | o_after_digit) != 0;
  run.maybe_spaced_out |= chained(singles) || chained(shifted(singles, before.singles, 12));
  before = {m.letter, m.digit, word, singles};
}

// The size of the unfinished token at the end of `text`.
size_t open_token_size(const char* text, size_t size) {
  size_t begin = size;
  while (begin > 0) {
    const auto byte = static_cast<unsigned char>(text[begin - 1]);
    const bool word =
        static_cast<unsigned char>(byte - 'a') < 26 || static_cast<unsigned char>(byte - '0') < 10;
    if (!word) break;
    --begin;
  }
  return size - begin;
}

}  // namespace

size_t fold_ascii(AsciiRun& run) {
  char tail[kChunk];
  alignas(16) char blanked[2 * kChunk];  // The second half is only read past the end.
  HintState before;
  uint64_t after_separator = 1;  // Bit 0: the byte before the chunk is a separator.
  char* words = run.words;
  size_t done = 0;
  while (done < run.raw_size) {
    const char* raw = run.raw + done;
    size_t size = run.raw_size - done;
    if (size < kChunk) {
      std::memset(tail, 0, sizeof tail);
      std::memcpy(tail, raw, size);
      raw = tail;
    }
    ChunkMasks masks = fold_chunk(raw, run.text + done, blanked);
    size = foldable_size(raw, masks.low, std::min(size, kChunk));
    const uint64_t valid = size == kChunk ? ~uint64_t{0} : (uint64_t{1} << size) - 1;
    masks.letter &= valid;
    masks.digit &= valid;
    masks.letter_o &= valid;
    take_hints(masks, before, run);
    const uint64_t separator = ~(masks.letter | masks.digit);
    const uint64_t dropped = separator & (separator << 1 | after_separator);
    words = copy_kept(blanked, valid & ~dropped, words);
    after_separator = separator >> 63;
    done += size;
    if (size < kChunk) break;
  }
  if (done < run.raw_size) {
    const size_t open = open_token_size(run.text, done);
    done -= open;
    words -= open;
  }
  run.words_size = static_cast<size_t>(words - run.words);
  return done;
}

}  // namespace sieve
