// fold_ascii() folds a run of ASCII, 64 bytes at a time: lower case into `text`, tokens with single
// spaces into `words`. Bytes above 0x7F and controls other than white space end the run. There is a
// way for any machine, with SSE2 on x86-64, and one for AVX-512, which can gather bytes.
//
// Thread safety: pure. Units: bytes.
#pragma once

#include <cstddef>
#include <string_view>

namespace sieve {

// Bytes that fold_ascii() may write beyond what it reports, in either output.
inline constexpr size_t kAsciiSlackBytes = 64;

struct AsciiRun {
  const char* raw;
  size_t raw_size;
  char* text;
  char* words;

  // Results.
  size_t words_size = 0;
  bool has_letters = false;
  // Hints that a closer look is worth its cost; never missed inside of the run.
  bool maybe_spaced_out = false;
  bool maybe_digit_for_letter = false;
};

// Folds a prefix of run.raw and returns its size, which is also what it wrote to `text`. Unless
// the prefix is the whole of it, it ends before a token: a token is never cut.
// REQUIRES: run.raw begins a token, run.words follows a space.
size_t fold_ascii(AsciiRun& run);

// The ways to do it.
size_t fold_ascii_anywhere(AsciiRun& run);
#if defined(__x86_64__) && defined(__GNUC__)
#define SIEVE_HAVE_AVX512 1
bool has_avx512();  // With all that fold_ascii_avx512() needs.
size_t fold_ascii_avx512(AsciiRun& run);
#endif

}  // namespace sieve
