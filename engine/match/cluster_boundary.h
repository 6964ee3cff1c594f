// Whether a place in a text lies between two grapheme clusters: a vowel or tone sign belongs to the
// letter before it, so that a phrase of an unspaced script must not end right before one.
//
// Covers the marks that occur in unspaced scripts (Thai, Lao, Khmer, Burmese, Han, Kana) and the
// general combining marks. Burmese vowel signs that Unicode lets stand alone, and letters stacked
// under another by a virama, belong to the letter before them here, too: to readers they do.
//
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <string_view>

namespace sieve {

// REQUIRES: `at` <= text.size() is the start of a character of valid UTF-8, or the end.
bool is_cluster_boundary(std::string_view text, size_t at);

}  // namespace sieve
