// Amounts of money in running text: a number and a currency, in either order, with thousands
// separators and words for large numbers; of a range, both ends.
//
// Thread safety: pure. Units: byte offsets into a View::kText.
#pragma once

#include <string_view>

#include "base/phone.h"
#include "text/entities.h"
#include "text/text_marks.h"

namespace sieve {

// Adds the amounts of `text` to `out`, as long as there is room, and marks their digits as taken.
// `plan` (may be null) is of the country whose currency a sign of several means: 元 and ¥, and a
// bare `k` in Vietnam and Indonesia.
void find_amounts(std::string_view text, const NumberingPlan* plan, TextMarks& marks,
                  Entities& out);

}  // namespace sieve
