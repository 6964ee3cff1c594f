// How Vietnamese phrases are written besides the standard: without diacritics, as many type on a
// phone, and with the tone of oa, oe and uy on the other letter (hòa, hoà).
//
// Thread safety: pure functions. Phrases are folded (View::kWords).
#pragma once

#include <string>
#include <string_view>

namespace sieve {

// False only when no letter of `phrase` has any: most phrases in a list of thousands, so that they
// cost no more than a look at their bytes.
bool may_have_diacritics(std::string_view phrase);

// `phrase` without the diacritics of its Latin letters, and with d for đ.
std::string without_diacritics(std::string_view phrase);

// `phrase` with the tone on the first letter of oa, oe and uy at the end of a syllable (hòa, the
// older way), or on the second (hoà).
enum class TonePlace { kFirst, kSecond };
std::string with_tones(std::string_view phrase, TonePlace place);

// True when `phrase` has a letter that only Vietnamese has, and without diacritics is still two
// words and seven letters: long enough to be met in no other language by chance.
bool is_long_vietnamese(std::string_view phrase);

}  // namespace sieve
