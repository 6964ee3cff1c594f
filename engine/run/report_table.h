// A table of counts for people: a name in front of each row, numbers behind.
//
// Thread safety: pure function.
#pragma once

#include <string>
#include <vector>

namespace sieve {

using ReportRow = std::vector<std::string>;

// The first row is the header. Columns are as wide as what stands in them: names to the left,
// numbers to the right, two spaces between.
std::string render_table(const std::vector<ReportRow>& rows);

// `97.5 %`, rounded down, so that 100 is all; of nothing it is 100.
std::string percent_text(size_t part, size_t whole);

}  // namespace sieve
