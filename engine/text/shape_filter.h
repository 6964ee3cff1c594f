// A ShapeFilter is a set of words, by a hash of their shapes, that may also say yes to one word in
// thirty that was never added.
//
// Thread safety: immutable after finish().
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sieve {

// Takes the shapes of a word one by one.
class WordHash {
 public:
  void add(char shape) {
    constexpr uint64_t kPrime = 0x9E3779B97F4A7C15U;  // 2^64 divided by the golden ratio, odd.
    value_ = (value_ ^ static_cast<unsigned char>(shape)) * kPrime;
  }
  uint64_t value() const { return value_ ^ value_ >> 32; }

 private:
  uint64_t value_ = 0;
};

class ShapeFilter {
 public:
  // REQUIRES: finish() was not called.
  void add(WordHash word) { words_.push_back(word.value()); }
  void finish() {
    bits_.resize(std::bit_ceil(kBitsPerWord * words_.size() / 64 + 1));
    for (const uint64_t word : words_) bits_[index_of(word)] |= bit_of(word);
    words_ = {};
  }
  bool may_have(WordHash word) const {
    return (bits_[index_of(word.value())] & bit_of(word.value())) != 0;
  }

 private:
  static constexpr size_t kBitsPerWord = 32;

  static uint64_t bit_of(uint64_t word) { return uint64_t{1} << (word & 63); }
  size_t index_of(uint64_t word) const { return (word >> 6) & (bits_.size() - 1); }

  std::vector<uint64_t> words_;
  std::vector<uint64_t> bits_;  // A power of two.
};

}  // namespace sieve
