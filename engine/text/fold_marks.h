// Marks and what stands before them: canonical composition, and the repair of vowel and tone marks
// that are doubled or in the wrong order, in Thai and Lao here, in Burmese and Khmer in
// fold_ranks.h. Both work on the end of a folded text, one character at a time, so that nothing has
// to be collected or reordered later.
//
// Thread safety: pure. Units: bytes of UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>

#include "text/fold_table.h"

namespace sieve {

// A folded text that ends in an unfinished cluster. Nothing before `floor` may change.
struct TextEnd {
  char* text;
  size_t size;
  size_t floor;
};

struct MarkResult {
  size_t size;          // Of the text afterwards.
  size_t changed_from;  // Where the text may differ from before.
  uint16_t repairs;     // Marks dropped, moved or replaced.
};

// The most marks that stay on one base: beyond it a mark is dropped.
inline constexpr size_t kMarksPerBaseMax = 16;

// Adds a character with kCombines: composes it with the character before where Unicode does, keeps
// marks in canonical order, and drops a mark without a script that does not compose.
MarkResult add_combining(const TextEnd& end, char32_t mark);

// The pair that `c` is composed of, or null.
const CompositionPair* decomposition_of(char32_t c);

// Adds a character with kRepaired.
MarkResult add_repaired(const TextEnd& end, char32_t c);

}  // namespace sieve
