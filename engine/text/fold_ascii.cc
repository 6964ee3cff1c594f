#include "text/fold_ascii.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "text/fold_ascii_masks.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sieve {
namespace {

// One bit per byte of a chunk, the first byte lowest.
struct ChunkMasks {
  uint64_t letter = 0;
  uint64_t digit = 0;
  uint64_t others = 0;  // Controls, and bytes above 0x7F.
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
  for (unsigned i = 0; i < kAsciiChunk; i += 16) {
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
    masks.others |= bits_of(_mm_cmplt_epi8(v, case_bit)) << i;
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
  for (unsigned i = 0; i < kAsciiChunk; ++i) {
    const auto byte = static_cast<unsigned char>(raw[i]);
    const bool letter = static_cast<unsigned char>((byte | 0x20) - 'a') < 26;
    const bool digit = static_cast<unsigned char>(byte - '0') < 10;
    text[i] = static_cast<char>(letter ? byte | 0x20 : byte);
    blanked[i] = letter || digit ? text[i] : ' ';
    masks.letter |= uint64_t{letter} << i;
    masks.digit |= uint64_t{digit} << i;
    masks.others |= uint64_t{byte < 0x20 || byte > 0x7F} << i;
  }
  return masks;
}

inline void copy16(char* to, const char* from) { std::memcpy(to, from, 16); }

#endif

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

}  // namespace

size_t fold_ascii_anywhere(AsciiRun& run) {
  char tail[kAsciiChunk];
  alignas(16) char blanked[2 * kAsciiChunk];  // The second half is only read past the end.
  AsciiMasks masks;
  char* words = run.words;
  size_t done = 0;
  while (done < run.raw_size) {
    const char* raw = run.raw + done;
    size_t size = std::min(run.raw_size - done, kAsciiChunk);
    if (size < kAsciiChunk) {
      std::memset(tail, ' ', sizeof tail);
      std::memcpy(tail, raw, size);
      raw = tail;
    }
    const ChunkMasks chunk = fold_chunk(raw, run.text + done, blanked);
    if (chunk.others != 0) size = foldable_size(raw, chunk.others, size);
    const uint64_t valid = first_bits(size);
    const uint64_t kept =
        masks.take(chunk.letter & valid, chunk.digit & valid, valid, run.text + done, run);
    words = copy_kept(blanked, kept, words);
    done += size;
    if (size < kAsciiChunk) break;
  }
  return end_ascii(run, done, words);
}

#ifdef SIEVE_HAVE_AVX512
bool has_avx512() {
  return __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vbmi2") != 0 &&
         __builtin_cpu_supports("bmi2") != 0;
}
#endif

size_t fold_ascii(AsciiRun& run) {
#ifdef SIEVE_HAVE_AVX512
  if (has_avx512()) return fold_ascii_avx512(run);
#endif
  return fold_ascii_anywhere(run);
}

}  // namespace sieve
