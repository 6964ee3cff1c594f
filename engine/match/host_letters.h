// The letters of one label of a host, and what they look like.
//
// Thread safety: values and pure functions. Allocates nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/punycode.h"

namespace sieve {

// A label has at most kLabelBytesMax letters, whatever their script; more are left out.
class HostLetters {
 public:
  HostLetters() = default;
  // REQUIRES: valid UTF-8.
  explicit HostLetters(std::string_view label);

  void add(char32_t letter) {
    if (count_ < letters_.size()) letters_[count_++] = letter;
  }
  void drop_last() { --count_; }
  std::u32string_view view() const { return {letters_.data(), count_}; }

 private:
  size_t count_ = 0;
  std::array<char32_t, kLabelBytesMax> letters_;
};

// What `label` looks like: letters of other scripts as the Latin ones that they resemble, letters
// without their marks, and one of those that pass for one another in a host for all of them: 0 and
// o, 1, i and l, 5 and s, rn and m, vv and w. Labels that look alike have the same skeleton. After
// Unicode TR39, with the table of the fold (text/fold_table.h).
HostLetters skeleton_of(std::u32string_view label);

// True when one letter more or less, another one, or two neighbours swapped make `b` of `a`: their
// distance after Damerau, with each letter in one change at most, is 1.
bool is_one_edit(std::u32string_view a, std::u32string_view b);

// Hashes of parts of a label, each in constant time: a polynomial in the letters, modulo 2^64.
class LetterHashes {
 public:
  // REQUIRES: at most kLabelBytesMax letters.
  explicit LetterHashes(std::u32string_view letters);

  // Of the letters [begin, end).
  uint64_t of(size_t begin, size_t end) const { return spread(range(begin, end)); }
  // Of the letters [begin, end) and then [begin2, end2).
  uint64_t of(size_t begin, size_t end, size_t begin2, size_t end2) const {
    return spread(range(begin, end) * power(end2 - begin2) + range(begin2, end2));
  }

 private:
  static uint64_t power(size_t exponent);
  // Makes all bits depend on all (the finalizer of MurmurHash3).
  static uint64_t spread(uint64_t hash);
  uint64_t range(size_t begin, size_t end) const {
    return before_[end] - before_[begin] * power(end - begin);
  }

  std::array<uint64_t, kLabelBytesMax + 1> before_;
};

// The hash that LetterHashes has of all of `letters`.
uint64_t hash_of(std::u32string_view letters);

}  // namespace sieve
