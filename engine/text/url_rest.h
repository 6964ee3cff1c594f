// What follows the host of a URL: path, query and fragment.
//
// Thread safety: pure. Units: byte offsets into folded text.
#pragma once

#include <cstddef>
#include <string_view>

namespace sieve {

// The end of the path, query and fragment at `at`, which is `at` when there is none. Marks that end
// a sentence or close a bracket around the URL are not part of it, and neither is a URL that is
// glued to it.
size_t skip_rest(std::string_view text, size_t at);

// The same when spaces may stand around the slash, and between single letters behind it.
size_t skip_spaced_rest(std::string_view text, size_t at);

}  // namespace sieve
