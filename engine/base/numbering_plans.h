// The numbering plans behind phone.h: which national numbers exist, and which country a calling
// code belongs to.
//
// A national number is valid when its first two digits and its length occur together in the plan.
// That is coarser than the plans themselves: a new range inside a known block needs no new table.
//
// Thread safety: immutable tables and pure functions. Source: ITU-T E.202 and E.164 lists of
// assigned codes and national plans, as libphonenumber 8.12 has them; compared with it in tests.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace sieve {

struct NumberingPlan {
  std::string_view country;  // ISO 3166-1 alpha-2.
  std::string_view calling_code;
  char trunk = '\0';  // The digit dialled before a national number; 0: none.
  // What is dialled before a calling code, separated by spaces; `?` is any digit.
  std::string_view international_prefixes;
  // Bit n of entry d: national numbers of n digits may begin with the two digits d.
  std::array<uint16_t, 100> lengths{};
  uint16_t lengths_all = 0;  // The union of `lengths`.
  // Bit n: an international prefix has n as its second digit; their first is always 0. Tells most
  // national numbers from international ones at once.
  uint16_t prefix_seconds = 0;

  bool is_valid(std::string_view national) const {
    if (national.size() < 2 || national.size() > 15) return false;
    const int first_two = (national[0] - '0') * 10 + (national[1] - '0');
    return ((lengths[static_cast<size_t>(first_two)] >> national.size()) & 1) != 0;
  }
  bool is_possible(std::string_view national) const {
    return national.size() <= 15 && ((lengths_all >> national.size()) & 1) != 0;
  }
};

// Whether the eight bytes at `text` are decimal digits: their high halves are 3, and stay 3 when 6
// is added to each.
inline bool are_eight_digits(const char* text) {
  uint64_t word;
  std::memcpy(&word, text, sizeof(word));
  constexpr uint64_t kHigh = 0xF0F0F0F0F0F0F0F0;
  constexpr uint64_t kThrees = 0x3030303030303030;
  return (word & kHigh) == kThrees && ((word + 0x0606060606060606) & kHigh) == kThrees;
}

// Whether `text` is digits only.
inline bool is_digits(std::string_view text) {
  if (text.size() >= 8 && text.size() <= 16) {
    return are_eight_digits(text.data()) && are_eight_digits(text.data() + text.size() - 8);
  }
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

// A calling code at the start of an international number.
struct CallingCode {
  size_t size = 0;                      // Digits.
  std::string_view country;             // Its main country; empty: shared by all (+800, +870).
  const NumberingPlan* plan = nullptr;  // Of that country, when the table has it.
};

// The calling code that `digits` begins with; nothing when it is not assigned.
std::optional<CallingCode> calling_code_of(std::string_view digits);

// The country of a number of calling code 1, by its area code. REQUIRES: at least 3 digits.
std::string_view country_of_nanp(std::string_view national);

}  // namespace sieve
