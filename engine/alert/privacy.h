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
  // The subject of alerts on the route `trafficking` stays out: the caller may be a victim.
  bool withhold_trafficked = true;
};

// `+66812345678` -> `+6681****678`; also other numbers of seven digits and more, with or without
// separators, and the local part of mail addresses (`j***@host`). Short codes and alphanumeric
// sender ids stay (they are public names), but for runs of seven digits in them.
std::string mask_number(std::string_view number);

// Digit runs of four or more (codes, cards, accounts, numbers) keep their last two digits; the
// digits of any script, with single spaces, hyphens or invisible characters between.
std::string mask_digits(std::string_view text);

}  // namespace sieve
