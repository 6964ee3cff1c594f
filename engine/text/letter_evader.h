// evade_letters() is evade() for the evasions of letters, when it is known what must stay readable.
//
// Thread safety: pure function.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "text/evasion.h"
#include "text/fold.h"

namespace sieve {

// REQUIRES: `contacts` are spans of `text` in the order of where they begin.
std::optional<std::string> evade_letters(Evasion evasion, EvasionDensity density, uint64_t seed,
                                         std::string_view text, std::span<const ByteSpan> contacts);

}  // namespace sieve
