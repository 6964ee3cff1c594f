// Splits one CSV record (RFC 4180) into its cells. A record is one line: quoted cells may hold the
// delimiter and doubled quotes, but no line break.
//
// Thread safety: pure functions. Lifetime: cells refer to the line, or to the arena where a cell
// had doubled quotes.
#pragma once

#include <string_view>
#include <vector>

#include "base/arena.h"

namespace sieve {

// Puts the cells of `line` in `cells`; its line end, if any, is no part of it. False:
// quotes that do not pair, or text behind a closing quote.
bool split_csv_line(std::string_view line, char delimiter, Arena& arena,
                    std::vector<std::string_view>& cells);

}  // namespace sieve
