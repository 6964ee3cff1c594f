// Bidirectional controls, which show a text in another order than it is written and read in: the
// fold drops them, and this finds where they were.
//
// Thread safety: pure. Units: byte offsets into View::kText.
#pragma once

#include "text/fold.h"

namespace sieve {

// Whether a bidirectional control stood within `span`. It is told by what stands on either side of
// the control in the raw text, so the offset map need not be built; only the first 32 controls of a
// text are looked at.
bool is_reordered(const FoldedText& folded, ByteSpan span);

}  // namespace sieve
