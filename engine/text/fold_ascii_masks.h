// What the ways of fold_ascii() share: all work on masks of 64 bytes, one bit per byte, the first
// byte lowest.
//
// Thread safety: pure. Units: bytes.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "text/fold_ascii.h"

namespace sieve {

inline constexpr size_t kAsciiChunk = 64;

// Bits [0, size).
inline uint64_t first_bits(size_t size) {
  return size >= kAsciiChunk ? ~uint64_t{0} : (uint64_t{1} << size) - 1;
}

// How many of the first `size` bytes of a chunk may be folded, of which `others` are controls or
// above 0x7F.
inline size_t foldable_size(const char* raw, uint64_t others, size_t size) {
  for (uint64_t left = others; left != 0; left &= left - 1) {
    const auto at = static_cast<size_t>(std::countr_zero(left));
    const bool white_space = raw[at] >= '\t' && raw[at] <= '\r';
    if (!white_space) return std::min(at, size);
  }
  return size;
}

// Follows the chunks of a run, and looks across their edges.
class AsciiMasks {
 public:
  // Takes a chunk, and returns the bytes that belong into `words`: letters, digits, and the first
  // separator after them.
  uint64_t take(uint64_t letter, uint64_t digit, uint64_t valid, const char* text, AsciiRun& run) {
    const uint64_t word = letter | digit;
    const uint64_t after_word = after(word, word_, 1);
    const uint64_t singles = word & ~after_word & ~(word >> 1);
    run.has_letters |= letter != 0;
    if ((singles | singles_) != 0) note_singles(singles, run);
    const uint64_t after_digit = letter & after(digit, digit_, 1);
    if (after_digit != 0) note_digits(letter, digit, after_digit, text, run);
    letter_ = letter;
    digit_ = digit;
    word_ = word;
    singles_ = singles;
    return valid & (word | after_word);
  }

 private:
  // `mask` moved on by `by` bytes, with the end of the mask of the chunk before.
  static uint64_t after(uint64_t mask, uint64_t before, int by) {
    return mask << by | before >> (64 - by);
  }

  // Three tokens of one character, with at most four separators between one and the next.
  static bool chained(uint64_t singles) {
    const auto near = [](uint64_t m) { return m & (m >> 2 | m >> 3 | m >> 4 | m >> 5); };
    return near(near(singles)) != 0;
  }
  void note_singles(uint64_t singles, AsciiRun& run) const {
    run.maybe_spaced_out |= chained(singles) || chained(after(singles, singles_, 12));
  }

  // One or two digits between letters, and a letter o after a digit, need a closer look.
  void note_digits(uint64_t letter, uint64_t digit, uint64_t after_digit, const char* text,
                   AsciiRun& run) const {
    const uint64_t before_digit =
        after(letter, letter_, 2) | (after(digit, digit_, 2) & after(letter, letter_, 3));
    run.maybe_digit_for_letter |= (after_digit & before_digit) != 0;
    for (uint64_t left = after_digit; left != 0; left &= left - 1) {
      run.maybe_digit_for_letter |= text[std::countr_zero(left)] == 'o';
    }
  }

  uint64_t letter_ = 0;
  uint64_t digit_ = 0;
  uint64_t word_ = 0;
  uint64_t singles_ = 0;
};

// Gives back the token that is unfinished at the end of `done` bytes of folded text, when the run
// did not end there. Returns what remains of `done`; `words` is the end of the words.
inline size_t end_ascii(AsciiRun& run, size_t done, const char* words) {
  size_t begin = done;
  const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  while (done < run.raw_size && begin > 0 && is_word(run.text[begin - 1])) --begin;
  run.words_size = static_cast<size_t>(words - run.words) - (done - begin);
  return begin;
}

}  // namespace sieve
