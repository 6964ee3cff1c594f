// Words in which digits and signs stand for letters: "g4cor", "usah@", "dep0s!t".
//
//   a 4 @   b 8   e 3   g 6 9   i 1 ! |   l 1 ! |   o 0   s 5 $   t 7 +   z 2
//
// A sign beside a letter or digit may be meant as a letter or as a separator ("slot|casino"), so
// such a text is read in both ways, one after the other; a phrase occurs when it does in one of
// them. `!`, `|` and `+` are letters only before a letter or digit: "Menang!" ends with a sign.
//
// Thread safety: pure functions. Units: bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/fold.h"
#include "text/shape_filter.h"
#include "text/shaped_text.h"

namespace sieve {

// True when a word of `text` (View::kText) in which a stand-in touches an ASCII letter may be one
// of `words`. Where it is false nothing is confirmed that add_leet_words() was called for.
bool has_leet_word(std::string_view text, const ShapeFilter& words);
void add_leet_words(std::string_view phrase, ShapeFilter& words);

// What a letter, and the digits and signs that stand for it, have in common; `c` itself where
// nothing does.
char leet_shape(char c);

// Fills `out` with the words of `text`, single spaces between and one at the end of each reading.
void shape_leet(std::string_view text, ShapedText& out);

// The ASCII letters of a phrase (View::kWords) for which stand-ins may be written: 0 when none of
// them has any, or when it has letters of an unspaced script.
size_t leet_letters(std::string_view phrase);

// The shapes of a phrase as they stand in a text, with the space after it. Empty when it has fewer
// than kShapedLettersMin leet_letters().
std::string leet_shapes(std::string_view phrase);

// The bytes of `text` that hold `phrase`, with at least one of its letters written by a stand-in
// and at least half of its ASCII letters as they are. In each word with stand-ins one of them
// touches an ASCII letter.
// REQUIRES: `shaped` is of `text`, and has leet_shapes(phrase) at `at`, where a word begins.
std::optional<ByteSpan> confirm_leet(std::string_view phrase, std::string_view text,
                                     const ShapedText& shaped, size_t at);

}  // namespace sieve
