#include "text/fold_ascii_masks.h"

#ifdef SIEVE_HAVE_AVX512

#include <immintrin.h>

namespace sieve {

// Only this function may use AVX-512: the rest of the program runs on any x86-64.
__attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,bmi2,popcnt"))) size_t fold_ascii_avx512(
    AsciiRun& run) {
  const __m512i spaces = _mm512_set1_epi8(' ');
  AsciiMasks masks;
  char* words = run.words;
  size_t done = 0;
  while (done < run.raw_size) {
    const char* raw = run.raw + done;
    size_t size = std::min(run.raw_size - done, kAsciiChunk);
    const __m512i v = _mm512_maskz_loadu_epi8(first_bits(size), raw);
    const __m512i from_a = _mm512_sub_epi8(_mm512_or_si512(v, spaces), _mm512_set1_epi8('a'));
    const __m512i from_0 = _mm512_sub_epi8(v, _mm512_set1_epi8('0'));
    // Signed: bytes above 0x7F are below the space, too.
    const uint64_t others = _mm512_cmplt_epi8_mask(v, spaces) & first_bits(size);
    if (others != 0) size = foldable_size(raw, others, size);
    const uint64_t valid = first_bits(size);
    const uint64_t letter = _mm512_mask_cmple_epu8_mask(valid, from_a, _mm512_set1_epi8(25));
    const uint64_t digit = _mm512_mask_cmple_epu8_mask(valid, from_0, _mm512_set1_epi8(9));
    // An upper-case letter has not the bit that tells the cases apart, and gets it by an addition.
    const uint64_t upper = _mm512_mask_testn_epi8_mask(letter, v, spaces);
    const __m512i lower = _mm512_mask_add_epi8(v, upper, v, spaces);
    _mm512_storeu_si512(run.text + done, lower);
    const uint64_t kept = masks.take(letter, digit, valid, run.text + done, run);
    const __m512i blanked = _mm512_mask_blend_epi8(letter | digit, spaces, lower);
    _mm512_storeu_si512(words, _mm512_maskz_compress_epi8(kept, blanked));
    words += _mm_popcnt_u64(kept);
    done += size;
    if (size < kAsciiChunk) break;
  }
  return end_ascii(run, done, words);
}

}  // namespace sieve

#endif
