// Burmese and Khmer marks: each has a rank among the marks of its letter, by which they are put in
// order, and stands there once. Keyboards and fonts let writers choose another order, for it looks
// the same. Sources: Unicode Technical Note 11 (Burmese), The Unicode Standard 16.4 (Khmer).
//
// Thread safety: pure. Units: bytes of UTF-8.
#pragma once

#include "text/fold_marks.h"

namespace sieve {

// The most ranked marks that stay on one letter: beyond it a mark is dropped.
inline constexpr size_t kRankedMarksMax = 12;

// Adds a Burmese or Khmer mark. One that has no rank, such as a sign that stacks the next letter,
// stays where it is, but once only.
MarkResult add_ranked(const TextEnd& end, char32_t mark);

}  // namespace sieve
