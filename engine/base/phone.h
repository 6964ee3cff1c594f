// Telephone numbers to E.164 from a table of numbering plans, for the countries scams in South-East
// Asia run through.
//
// Thread safety: pure functions on immutable tables. The plans: numbering_plans.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sieve {

// A country of the table.
struct NumberingPlan;

// The plan of an ISO 3166-1 alpha-2 code, or null when the table lacks it.
const NumberingPlan* find_plan(std::string_view country);

// E.164 numbers have at most 15 digits; before them may stand `011` or the like.
inline constexpr size_t kNumberDigitsMax = 15;
inline constexpr size_t kNumberDigitsMin = 7;
inline constexpr size_t kDialledDigitsMax = kNumberDigitsMax + 5;
inline constexpr size_t kE164BytesMax = 1 + kNumberDigitsMax;

// A number in its parts. Lifetime: refers to the digits it was read from and to the table.
struct PhoneNumber {
  std::string_view code;      // Calling code.
  std::string_view national;  // Without trunk prefix.
  std::string_view country;   // ISO 3166-1 alpha-2; empty: shared by several.

  size_t size() const { return 1 + code.size() + national.size(); }
  // Writes size() bytes, at most kE164BytesMax: `+66812345678`.
  void write(char* out) const;
};

// How sure we must be that digits are an international number.
enum class NumberReading : uint8_t {
  kValid,     // It exists in one of our plans: for digits that could mean something else.
  kPossible,  // Its calling code is assigned and its length can be: for digits after a `+`.
};

// The number whose digits, all of them, stand after a `+`.
std::optional<PhoneNumber> read_international(std::string_view digits, NumberReading reading);

// The number that `digits` without a `+` are: national of `plan` (may be null), behind a prefix for
// calls abroad, or with a bare calling code.
std::optional<PhoneNumber> read_dialled(std::string_view digits, const NumberingPlan* plan);

}  // namespace sieve
