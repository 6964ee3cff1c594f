// Telephone numbers in running text, to E.164. Digits are grouped by single spaces, dots, dashes
// and brackets; what has the shape of a date, a card or an account, and what a word before it calls
// a code or an order, is no number.
//
// Thread safety: pure. Units: byte offsets into a View::kText.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/phone.h"
#include "text/entities.h"
#include "text/text_marks.h"

namespace sieve {

// What stands before digits says about them.
enum class NumberCue : uint8_t { kNone, kAnnounced, kDenied };

struct FoundNumber {
  std::array<char, kE164BytesMax> text;
  size_t size = 0;
  std::string_view country;
  size_t end = 0;  // Where it ends in the text it was found in.

  std::string_view view() const { return {text.data(), size}; }
};

// The number that begins at `at` with a `+` or a digit. Without a `+`, `00` or a trunk prefix of
// `plan` (may be null) digits are a number only where they are announced, or where the country
// writes its numbers so.
std::optional<FoundNumber> number_at(std::string_view text, size_t at, NumberCue cue,
                                     const NumberingPlan* plan);

// Adds the numbers of `text` to `out`, as long as there is room, and marks their digits as taken.
void find_phones(std::string_view text, const NumberingPlan* plan, TextMarks& marks, Entities& out);

}  // namespace sieve
