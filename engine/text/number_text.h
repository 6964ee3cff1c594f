// Numbers as people write them: "1,000.50", "1.000.000", "1 000 000", "1,00,000", "1,5".
//
// Thread safety: pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "text/text_marks.h"

namespace sieve {

// Groups of digits that one number has at most; more are none.
inline constexpr size_t kNumberGroupsMax = 6;

struct WrittenNumber {
  double value = 0;
  size_t last_group = 0;  // Of the marks it was read from.
  bool has_thousands = false;
};

// Whether a point before exactly three digits, with no other separator, is decimal: "1.250". As a
// rule it is not, in any of the countries we read, but for what is counted in fractions.
enum class PointBeforeThree : uint8_t { kThousands, kDecimal };

// The longest number from group `first` on; nothing when its digits are no number (a code with
// leading zeros) or too many.
std::optional<WrittenNumber> read_written_number(std::string_view text, const TextMarks& marks,
                                                 size_t first, PointBeforeThree point);

// The number that `text` is in whole, but for spaces around it; nothing when it is none.
std::optional<double> number_of(std::string_view text);

}  // namespace sieve
