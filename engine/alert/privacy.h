// The privacy policy: what of numbers and text leaves the engine. Masked by default.
//
// Thread safety: pure functions on plain data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sieve {

enum class NumberPrivacy : uint8_t { kMasked, kClear, kNone };
enum class TextPrivacy : uint8_t { kSpan, kFull, kNone };

struct PrivacyPolicy {
  NumberPrivacy numbers = NumberPrivacy::kMasked;
  TextPrivacy text = TextPrivacy::kSpan;
};

// `+66812345678` -> `+6681****678`; short codes and alphanumeric sender ids stay (they are public
// names).
std::string mask_number(std::string_view number);

// Digit runs of four or more (codes, cards, accounts, numbers) keep their last two digits.
std::string mask_digits(std::string_view text);

}  // namespace sieve
