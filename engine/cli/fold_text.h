// How a text was folded, for a person at a terminal.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/fold_trace.h"

namespace sieve {

// `raw` and what each step made of it, in lines: names in a column of twelve.
std::string render_stages(std::string_view raw, const std::vector<FoldStage>& stages);

}  // namespace sieve
