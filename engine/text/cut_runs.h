// Runs of letters of an unspaced script that signs cut in pieces: "บ.าท", "工_资". In View::kWords
// nothing stands between such letters, and so this is about View::kText.
//
// Thread safety: pure. Units: bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sieve {

// A sign that evaders put between letters. Those of sentences (`,` `:` `/` and the like) are none:
// they stand between words without a space often enough.
bool cuts_words(char32_t c);

// Replaces `dropped` by the bytes of the signs that cut such runs in `text` (View::kText), in
// rising order, and returns how many cuts show it. Nothing and 0 when fewer than two do:
// abbreviations have signs behind a letter or two ("พ.ศ.").
size_t find_cut_runs(std::string_view text, std::vector<uint32_t>& dropped);

}  // namespace sieve
