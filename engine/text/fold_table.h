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

// Divides tokens.
constexpr bool is_separator(CharKind kind) {
  return kind == CharKind::kSpace || kind == CharKind::kPunctuation;
}

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

// So many bytes may be read from the beginning of any mapping, whatever its size.
inline constexpr size_t kFoldBytesSlack = 16;

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

// What fold_run() may do with the characters of a row by themselves.
enum class RowUse : uint8_t {
  kInContext,       // Nothing: it takes a look at the neighbours, or is counted.
  kUnspacedLetter,  // A letter, or several, whatever stands around.
  kLatinLetter,
  kSpacedLetter,  // Of another script that is written with spaces.
  kSign,          // A separator.
  kWideSign,      // The same, counted as FoldFeatures::full_width.
};
extern const uint8_t kFoldRowUses[];

// Letters of unspaced scripts that fold to themselves and need no second look, nearly all of a
// Chinese text: a word for every 64 code points below U+10000, which share the first two bytes of
// UTF-8. None for those below U+0800, which are shorter.
extern const uint64_t kFoldSelf[];

// REQUIRES: code_point <= 0x10FFFF.
inline uint16_t fold_row_of(char32_t code_point) {
  return kFoldEntries[(size_t{kFoldBlocks[code_point >> 7]} << 7) | (code_point & 127)];
}

inline const CharProps& props_of_row(uint16_t row) {
  return kFoldProps[row < kFoldIdentityRows ? row : kMappedRows[row - kFoldIdentityRows] & 1023];
}

inline RowUse use_of_row(uint16_t row) { return static_cast<RowUse>(kFoldRowUses[row]); }

// True for a character of kFoldSelf. REQUIRES: three bytes that are a character, overlong or not.
inline bool is_in_fold_self(const char* text) {
  const auto byte = [text](size_t i) { return size_t{static_cast<unsigned char>(text[i])}; };
  constexpr size_t kFirst = 0xE0 * 64 + 0x80;
  return (kFoldSelf[byte(0) * 64 + byte(1) - kFirst] >> (byte(2) & 63) & 1) != 0;
}

// The same for any bytes. REQUIRES: three readable bytes.
inline bool folds_to_itself(const char* text) {
  const auto byte = [text](size_t i) { return unsigned{static_cast<unsigned char>(text[i])}; };
  const bool three = (byte(0) & 0xF0) == 0xE0 && ((byte(1) ^ 0x80) | (byte(2) ^ 0x80)) < 0x40;
  return three && is_in_fold_self(text);
}

inline const CharProps& props_of(char32_t code_point) {
  return props_of_row(fold_row_of(code_point));
}

// REQUIRES: row >= kFoldIdentityRows.
inline std::string_view mapping_of_row(uint16_t row) {
  return {kFoldBytes + (kMappedRows[row - kFoldIdentityRows] >> 16),
          (kMappedRows[row - kFoldIdentityRows] >> 10) & 63};
}

// What `c`, which is `bytes`, folds to by itself.
inline std::string_view fold_alone(char32_t c, std::string_view bytes) {
  const uint16_t row = fold_row_of(c);
  return row < kFoldIdentityRows ? bytes : mapping_of_row(row);
}

}  // namespace sieve
