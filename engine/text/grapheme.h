// Widens a span to whole grapheme clusters, as people see characters (Unicode annex 29, with its
// rules for marks, joiners, Hangul and flags).
//
// Thread safety: pure. Units: bytes.
#pragma once

#include <string_view>

#include "text/fold.h"

namespace sieve {

// The smallest span around `span` that cuts no cluster of `text`. An empty span stays empty.
ByteSpan widen_to_clusters(std::string_view text, ByteSpan span);

}  // namespace sieve
