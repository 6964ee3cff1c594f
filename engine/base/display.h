// How characters show on a terminal: which cannot be seen at all, and how many cells the rest take.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace sieve {

// Whether a reader of a file cannot see `c`, or sees the text around it in another order: controls
// (but tab and line feed), zero-width and bidirectional controls, fillers, no-break space, tags,
// and the line breaks that only some programs know.
bool is_hidden_char(char32_t c);

// Terminal cells of `c`: 0 for marks that sit on another character, 2 for wide East Asian
// characters and emoji, else 1.
int display_width(char32_t c);

// The beginning of `text` in exactly so many cells, at least three: cut with `...` where it is
// longer, filled with spaces where it is shorter.
std::string in_cells(std::string_view text, int cells);

// Characters that cannot be seen, and line feeds, as \u{...}, and bytes that are no UTF-8 as
// \x{...}.
std::string visible(std::string_view text);

}  // namespace sieve
