// Contact handles that a text names in words: "LINE id: @shop88", "ไลน์ @shop88", "WA 0812 345 678",
// "微信 abc123". Links of contact services are found as URLs.
//
// Thread safety: pure. Lifetime: results refer to the text. Units: byte offsets into it.
#pragma once

#include <string_view>
#include <vector>

#include "text/entities.h"

namespace sieve {

// Adds the handles in `text`, a View::kText, outside of `urls`, to `out`, in order of appearance
// and at most limits::kUrlsPerMessageMax in all.
void find_handles(std::string_view text, const std::vector<Url>& urls, std::vector<Handle>& out);

}  // namespace sieve
