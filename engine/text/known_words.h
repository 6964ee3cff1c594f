// KnownWords are the words of the phrases of a rule set: what a word that was cut in pieces, or
// written with digits for letters, may have been. Only words of scripts that are written with
// spaces are.
//
// Thread safety: immutable after the last add_phrase(). Units: bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sieve {

// A hash of bytes that can be told from the hashes of their parts: a polynomial (the idea of Karp
// and Rabin, 1987).
struct PieceHash {
  uint64_t value = 0;
  uint64_t power = 1;

  void add(char c) {
    constexpr uint64_t kBase = 0x9E3779B97F4A7C15U;  // 2^64 divided by the golden ratio, odd.
    value = value * kBase + static_cast<unsigned char>(c) + 1;
    power *= kBase;
  }
  void append(const PieceHash& next) {
    value = value * next.power + next.value;
    power *= next.power;
  }
};

class KnownWords {
 public:
  // Longer words are no one's.
  static constexpr size_t kWordBytesMax = 40;

  // `phrase` is one of View::kWords, without the outer spaces.
  void add_phrase(std::string_view phrase);

  bool empty() const { return words_.empty(); }
  bool contains(std::string_view word) const { return words_.find(word) != words_.end(); }
  // False: no word has this hash. True, of others: one in ten at most.
  bool may_contain(PieceHash hash) const {
    const uint64_t bit = bit_of(hash);
    return (bits_[bit / 64] >> (bit % 64) & 1) != 0;
  }
  // The word that `token` is when its digits stand for letters. Nothing when it has none, or no
  // letter; when it is a word with a number behind, or a number with a few letters behind.
  std::optional<std::string_view> word_with_digits(std::string_view token) const;

 private:
  static constexpr size_t kBitsLog = 18;

  static uint64_t bit_of(PieceHash hash) {
    return (hash.value ^ hash.value >> 29) * 0xBF58476D1CE4E5B9U >> (64 - kBitsLog);
  }
  void add_word(std::string_view word);

  // Looks strings up by views of them.
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_set<std::string, Hash, std::equal_to<>> words_;
  // By shape: words that differ in letters that one digit stands for.
  std::unordered_map<std::string, std::vector<std::string>, Hash, std::equal_to<>> by_shape_;
  std::vector<uint64_t> bits_ = std::vector<uint64_t>((size_t{1} << kBitsLog) / 64);
};

}  // namespace sieve
