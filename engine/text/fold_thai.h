// Which Thai text folds to itself, by the characters' classes: nearly all of it does. Anything else
// goes through the table and fold_marks.h.
//
// Thread safety: constant data and pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sieve::thai {

// A character by what may follow it, as a bit each, so that sets of them can be asked for.
enum Class : uint8_t {
  kAa = 1 << 0,         // SARA AA or SARA AM: a tone after it belongs before it.
  kTone = 1 << 1,       // A tone or another mark that comes last: no mark may follow.
  kVowelMark = 1 << 2,  // Above or below a letter: another one may not follow.
  kLeadingE = 1 << 4,   // SARA E: two of them are SARA AE.
  kStop = 1 << 7,       // NIKHAHIT, LAKKHANGYAO, digits, signs, unassigned.
};

// The class of U+0E00 + `offset`; 0: a letter that has no say in what follows.
constexpr uint8_t class_of(size_t offset) {
  const bool tone = (offset >= 0x48 && offset <= 0x4C) || offset == 0x4E;
  const bool vowel_mark = offset == 0x31 || (offset >= 0x34 && offset <= 0x3A) || offset == 0x47;
  const bool letter =
      (offset >= 0x01 && offset <= 0x30) || offset == 0x46 || (offset >= 0x41 && offset <= 0x44);
  if (letter) return 0;
  if (offset == 0x32 || offset == 0x33) return kAa;
  if (offset == 0x40) return kLeadingE;
  return tone ? kTone : vowel_mark ? kVowelMark : kStop;
}

// The classes that may not stand after a character of class `before`.
constexpr uint8_t forbidden_after(uint8_t before) {
  if (before == kTone) return kTone | kVowelMark;
  if (before == kAa) return kTone;
  return before == kVowelMark || before == kLeadingE ? before : 0;
}

inline constexpr auto kClasses = [] {
  std::array<uint8_t, 128> classes{};
  for (size_t offset = 0; offset < classes.size(); ++offset) classes[offset] = class_of(offset);
  return classes;
}();

// The class of a character, and above it what may not stand after it, kStop among that. The index
// is what tells the characters apart in the second and third byte of UTF-8, where it stands, for
// that takes no more than a load and a mask. So most of the table is empty.
inline constexpr unsigned kBelongs = 1 << 5;  // In an entry: to the letter before it.
inline constexpr size_t kIndexMask = 0x3F01;
inline constexpr auto kEntries = [] {
  std::array<uint16_t, kIndexMask + 1> entries{};
  for (size_t offset = 0; offset < 128; ++offset) {
    const bool belongs = (class_of(offset) & (kTone | kVowelMark)) != 0 || offset == 0x33;
    const unsigned type = class_of(offset) | (belongs ? kBelongs : 0);
    const unsigned forbidden = forbidden_after(class_of(offset)) | unsigned{kStop};
    entries[offset >> 6 | (offset & 63) << 8] = static_cast<uint16_t>(type | forbidden << 8);
  }
  return entries;
}();

// Of eight bytes, loaded with the first one lowest, the first six are two characters of the Thai
// block when these bits are these.
inline constexpr uint64_t kPairMask = 0xC0FEFFC0FEFF;
inline constexpr uint64_t kPairBytes = 0x80B8E080B8E0;

// The offset of the Thai-block character at `text`, or -1. REQUIRES: three readable bytes.
inline int offset_at(const char* text) {
  const auto b0 = static_cast<unsigned char>(text[0]);
  const auto b1 = static_cast<unsigned char>(text[1]);
  const auto b2 = static_cast<unsigned char>(text[2]);
  if (b0 != 0xE0 || (b1 & 0xFE) != 0xB8 || (b2 & 0xC0) != 0x80) return -1;
  return (b1 & 1) << 6 | (b2 & 0x3F);
}

}  // namespace sieve::thai
