// Applying the replacements that diagnostics carry.
//
// Thread safety: pure function.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace sieve {

struct Patched {
  std::string text;
  size_t applied = 0;
};

// Whether the diagnostic says what to write instead.
bool has_patch(const Diagnostic& diagnostic);

// `text`, the content of `file`, with the replacements of the diagnostics about it. Of two at
// overlapping places the one that begins first is applied, of two at the same place the first; the
// other is left for another round, after a new check. Units: spans in characters, as everywhere.
Patched apply_patches(std::string_view file, std::string_view text, const Diagnostics& diagnostics);

}  // namespace sieve
