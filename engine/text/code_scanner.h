// One-time codes in running text: four to eight digits that a word calls a code. They are known so
// that they can be kept out of alerts, and for rules about codes.
//
// Thread safety: pure. Units: byte offsets into a View::kText.
#pragma once

#include <string_view>

#include "text/entities.h"
#include "text/text_marks.h"

namespace sieve {

// Adds the codes of `text` among the digits that are not taken to `out`, as long as there is room,
// and marks their digits as taken. Each word stands for the nearest code.
void find_codes(std::string_view text, TextMarks& marks, Entities& out);

}  // namespace sieve
