// Contact handles that a text names in words: "LINE id: @shop88", "ไลน์ @shop88", "WA 0812 345 678",
// "微信 abc123". Links of contact services are found as URLs.
//
// Thread safety: pure. Lifetime: results refer to the text and to the Entities. Units: byte offsets
// into it.
#pragma once

#include <string_view>

#include "base/phone.h"
#include "text/entities.h"
#include "text/text_marks.h"

namespace sieve {

// Adds the handles at the places of `marks` in `text`, a View::kText, to `out.handles`, in order of
// appearance and as long as there is room. National numbers are read as of `plan` (may be null).
void find_handles(std::string_view text, const NumberingPlan* plan, const TextMarks& marks,
                  Entities& out);

}  // namespace sieve
