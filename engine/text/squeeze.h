// Letters written apart, and digits written for letters: found in folded text, and counted.
//
// Thread safety: pure. Units: bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/fold.h"

namespace sieve {

// Runs of at least four single letters or digits, three of them letters, with at most four
// separators between one and the next: "f r e e", "s.l.o.t". A letter that is glued to another
// word on one side is not single, as the ends of a run in an unspaced script are.
uint16_t count_spaced_out(std::string_view text);

// How many letters a token has, without what belongs to them: none, one, or more.
size_t count_letters(const char* token, size_t size);

// Digits that stand for letters in the tokens of `words`: "sl0t", "h3llo"; and the reverse, "1oo".
uint16_t count_digit_for_letter(std::string_view words);

// Writes `text` without its separators to `out`, which has room for all of it, and returns the
// size. `map`, when given, receives the entries of `text_map` for the bytes that stay.
size_t squeeze(std::string_view text, char* out, const std::vector<ByteSpan>* text_map,
               std::vector<ByteSpan>* map);

// What a byte of a squeezed text is a part of. Bits.
enum SqueezedByte : uint8_t {
  kTokenBegins = 1 << 0,  // With this byte.
  kTokenEnds = 1 << 1,    // Behind this byte.
  kStandsApart = 1 << 2,  // The token is one character.
};

// Replaces `bytes` by one entry for each byte that squeeze() makes of `text`.
void mark_tokens(std::string_view text, std::vector<uint8_t>& bytes);

// A phrase of View::kWords as it stands in View::kSqueezed. Empty when it has too few letters to be
// told from parts of other words: fewer than five, or four of an unspaced script.
std::string squeezed_phrase(std::string_view phrase);

}  // namespace sieve
