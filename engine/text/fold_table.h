// The fold table: for every code point, what it becomes and what kind of character that is. The
// data, in fold_table.cc, is written by tests/tables/make_fold_table.cc from Unicode data and our
// own rows (tests/tables/fold_rows.h); everything here is constant.
//
//   code point -> row (two stages) -> mapping (bytes of UTF-8) and properties.
//
// Thread safety: constant data and pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sieve {

enum class CharKind : uint8_t {
  kPunctuation,  // Separates tokens: punctuation, symbols, unassigned code points.
  kSpace,        // Separates tokens, but not letters of unspaced scripts.
  kSpaced,       // Letter of a script written with spaces.
  kDigit,        // Counts as a spaced letter in `words`.
  kUnspaced,     // Letter of a script written without spaces.
  kMark,         // Belongs to the letter before it.
  kDropped,      // Maps to nothing.
};

enum class CharScript : uint8_t {
  kOther,
  kLatin,
  // Scripts whose letters are passed off as Latin ones. A word is written in one of them.
  kCyrillic,
  kGreek,
  kForeign,  // Armenian, Cherokee, Lisu and others.
};

// Bits of CharProps::flags.
enum CharFlag : uint16_t {
  kInvisible = 1 << 0,     // Counted as FoldFeatures::invisible.
  kJoiner = 1 << 1,        // Invisible, but counted only after a letter: emoji need it, too.
  kFullWidth = 1 << 2,     // Counted as FoldFeatures::full_width.
  kStyled = 1 << 3,        // Counted as FoldFeatures::styled.
  kRegional = 1 << 4,      // Regional indicator: a run of them is a word of its own.
  kCombines = 1 << 5,      // May compose with, or must be ordered after, what stands before it.
  kLoose = 1 << 6,         // A mark of no script: dropped where it does not compose.
  kSeveral = 1 << 7,       // The mapping's characters differ in kind: look at each.
  kExtends = 1 << 8,       // Continues a grapheme cluster.
  kMarkUnspaced = 1 << 9,  // A mark of an unspaced script.
  kRepaired = 1 << 10,     // Thai, Lao, Burmese, Khmer: goes through the repairs of fold_marks.h.
  kMixedOnly = 1 << 11,    // Its `alike` holds in tokens with Latin letters only.
};

struct CharProps {
  CharKind kind;  // Of what the character becomes.
  CharScript script;
  char alike;  // The Latin letter it looks like, or 0.
  uint8_t combining_class;
  uint16_t flags;
};

// A mapped row: bits 0-9 index kFoldProps, bits 10-15 are the size of the mapping in bytes, bits
// 16-31 its place in kFoldBytes. Rows below kFoldIdentityRows map a character to itself, and there
// the number of the row is the index of its properties.
extern const uint32_t kMappedRows[];  // Row number less kFoldIdentityRows.
extern const uint32_t kFoldIdentityRows;
extern const CharProps kFoldProps[];
extern const char kFoldBytes[];
extern const uint16_t kFoldBlocks[];   // Code point / 128 -> block.
extern const uint16_t kFoldEntries[];  // Block * 128 + code point % 128 -> row.

// The Unicode version the table was made from, such as "15.0".
extern const char kFoldUnicodeVersion[];

// Canonical composition: `first` followed by `second` is `composed`. Sorted by (first, second).
struct CompositionPair {
  char32_t first;
  char32_t second;
  char32_t composed;
};
extern const CompositionPair kCompositions[];
extern const size_t kCompositionCount;
// Indices into kCompositions, sorted by `composed`.
extern const uint16_t kDecompositions[];

// The rows of letters that fold to themselves and need no second look: Han, which is nearly all of
// a Chinese text, and Latin beyond ASCII, as in Vietnamese.
extern const uint16_t kFoldRowHan;
extern const uint16_t kFoldRowLatin;

// REQUIRES: code_point <= 0x10FFFF.
inline uint16_t fold_row_of(char32_t code_point) {
  return kFoldEntries[(size_t{kFoldBlocks[code_point >> 7]} << 7) | (code_point & 127)];
}

inline const CharProps& props_of_row(uint16_t row) {
  return kFoldProps[row < kFoldIdentityRows ? row : kMappedRows[row - kFoldIdentityRows] & 1023];
}

inline const CharProps& props_of(char32_t code_point) {
  return props_of_row(fold_row_of(code_point));
}

// REQUIRES: row >= kFoldIdentityRows.
inline std::string_view mapping_of_row(uint16_t row) {
  return {kFoldBytes + (kMappedRows[row - kFoldIdentityRows] >> 16),
          (kMappedRows[row - kFoldIdentityRows] >> 10) & 63};
}

}  // namespace sieve
