// How characters show on a terminal: which cannot be seen at all, and how many cells the rest take.
//
// Thread safety: pure functions.
#pragma once

namespace sieve {

// Whether a reader of a file cannot see `c`, or sees the text around it in another order: controls
// (but tab and line feed), zero-width and bidirectional controls, fillers, no-break space, tags,
// and the line breaks that only some programs know.
bool is_hidden_char(char32_t c);

// Terminal cells of `c`: 0 for marks that sit on another character, 2 for wide East Asian
// characters and emoji, else 1.
int display_width(char32_t c);

}  // namespace sieve
