// Which Thai text folds to itself, as a small automaton: nearly all of it does, and then it is
// copied. Anything else stops the automaton and goes through the table and fold_marks.h.
//
// Thread safety: constant data and pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sieve::thai {

// What the last character was, as far as it matters for the next.
enum State : uint32_t {
  kPlain,          // A letter, or no Thai character.
  kVowelMark,      // Above or below a letter.
  kToneMark,       // A tone or another mark that comes last.
  kAa,             // SARA AA or SARA AM: a tone here belongs before it.
  kLeadingE,       // SARA E: two of them are SARA AE.
  kAfterNikhahit,  // With SARA AA it becomes SARA AM.
  kStateCount,
  kStop = 15
};

// The character U+0E00 + `offset` after `state`.
constexpr State next_state(State state, size_t offset) {
  const bool consonant_or_vowel =
      (offset >= 0x01 && offset <= 0x30) || offset == 0x46 || (offset >= 0x41 && offset <= 0x44);
  if (consonant_or_vowel) return kPlain;
  if (offset == 0x40) return state == kLeadingE ? kStop : kLeadingE;
  if (state == kAfterNikhahit) return kStop;
  if (offset == 0x32 || offset == 0x33) return kAa;
  const bool vowel_mark = offset == 0x31 || (offset >= 0x34 && offset <= 0x3A) || offset == 0x47;
  if (vowel_mark) return state == kVowelMark || state == kToneMark ? kStop : kVowelMark;
  const bool tone_mark = (offset >= 0x48 && offset <= 0x4C) || offset == 0x4E;
  if (tone_mark) return state == kToneMark || state == kAa ? kStop : kToneMark;
  return kStop;  // NIKHAHIT, LAKKHANGYAO, digits, signs, unassigned.
}

// By offset: four bits per state, so that the next state costs a shift and not a load.
inline constexpr auto kTransitions = [] {
  std::array<uint32_t, 128> table{};
  for (size_t offset = 0; offset < table.size(); ++offset) {
    for (uint32_t state = 0; state < kStateCount; ++state) {
      const uint32_t next = next_state(static_cast<State>(state), offset);
      table[offset] |= next << (4 * state);
    }
  }
  return table;
}();

// The offset of the Thai-block character at `text`, or -1. REQUIRES: three readable bytes.
inline int offset_at(const char* text) {
  const auto b0 = static_cast<unsigned char>(text[0]);
  const auto b1 = static_cast<unsigned char>(text[1]);
  const auto b2 = static_cast<unsigned char>(text[2]);
  if (b0 != 0xE0 || (b1 & 0xFE) != 0xB8 || (b2 & 0xC0) != 0x80) return -1;
  return (b1 & 1) << 6 | (b2 & 0x3F);
}

// The state after the text [begin, begin + size), which is folded and belongs to one token.
inline State state_after(const char* begin, size_t size) {
  constexpr int kNikhahit = 0x4D;
  const int last = size >= 3 ? offset_at(begin + size - 3) : -1;
  if (last < 0) return kPlain;
  if (last == kNikhahit) return kAfterNikhahit;
  const uint32_t state = kTransitions[static_cast<size_t>(last)] & 15;
  const int before = size >= 6 ? offset_at(begin + size - 6) : -1;
  if (state == kToneMark && before == kNikhahit) return kAfterNikhahit;
  return state == kStop ? kPlain : static_cast<State>(state);
}

// The size of the prefix of `text` that folds to itself, after `state`.
inline size_t clean_size(const char* text, size_t size, State state) {
  size_t at = 0;
  uint32_t now = state;
  while (at + 3 <= size) {
    const int offset = offset_at(text + at);
    if (offset < 0) break;
    now = (kTransitions[static_cast<size_t>(offset)] >> (4 * now)) & 15;
    if (now == kStop) break;
    at += 3;
  }
  return at;
}

}  // namespace sieve::thai
