// find_urls() puts together what the URL scanner finds: canonical hosts, registrable domains,
// dress.
//
// Thread safety: pure, on its own output. Units: byte offsets into View::kText.
#pragma once

#include "text/entities.h"
#include "text/fold.h"

namespace sieve {

// Sets `urls`, `app_links`, `hosts` and `urls_left_out` of `out`.
void find_urls(const FoldedText& folded, Entities& out);

}  // namespace sieve
