// Thai words in which letters of other scripts stand for those that look like them in fonts without
// loops: U for บ, n for น, s for ร.
//
//   ร s   ล ส a   บ u   น u n   ท ก n   ป u j   พ w   อ o 0   ย y   ข v   ห h   เ l i 1 |   แ ll
//
// They were read off gambling adverts sent in Thailand in 2022. What else is done there is ignored,
// too: separators between the letters, `๊` where `ี`, `็` or nothing belongs, `็` left out.
//
// Thread safety: pure functions. Units: bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/fold.h"
#include "text/shaped_text.h"

namespace sieve {

// The separators between two letters, or a letter and its mark, that are ignored.
inline constexpr size_t kThaiSeparatorsMax = 4;

// True when the text shows such writing: up to three letters that are stand-ins beside Thai, a
// single digit or bar between Thai letters, letters written apart, or a tone mark where Thai does
// not allow it. Texts that do not are not searched.
bool shows_thai_shapes(const FoldedText& folded);

// Fills `out` with the letters of `text` (View::kText), without marks and separators.
void shape_thai(std::string_view text, ShapedText& out);

// The letters of a phrase (View::kWords), without marks: 0 when it has characters that are not
// Thai.
size_t thai_letters(std::string_view phrase);

// The shapes of a phrase as they stand in a text. Empty when it has fewer than kShapedLettersMin
// thai_letters().
std::string thai_shapes(std::string_view phrase);

// The bytes of `text` that hold `phrase`, with at least one letter or mark written by its stand-in
// and at least half of the letters Thai. A stand-in at either end is no part of a longer Latin word
// or number, and no mark is cut off from its letter.
// REQUIRES: `shaped` is of `text`, and has thai_shapes(phrase) at `at`.
std::optional<ByteSpan> confirm_thai(std::string_view phrase, std::string_view text,
                                     const ShapedText& shaped, size_t at);

}  // namespace sieve
