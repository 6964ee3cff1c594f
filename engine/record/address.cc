#include "record/address.h"

#include <array>
#include <optional>

#include "base/numbering_plans.h"
#include "base/phone.h"

namespace sieve {
namespace {

constexpr size_t kShortDigitsMin = 3;
constexpr size_t kShortDigitsMax = 6;

// What `raw` is made of.
struct Dialled {
  std::array<char, kDialledDigitsMax> digits;
  size_t size = 0;
  bool plus = false;        // The first character is `+`.
  bool has_letter = false;  // Or any character outside ASCII.
  bool is_number = true;    // Only digits and punctuation that people write in numbers.

  std::string_view view() const { return {digits.data(), size}; }
};

bool is_letter(char c) {
  const unsigned char lower = static_cast<unsigned char>(c) | 0x20;
  return (lower >= 'a' && lower <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

bool is_punctuation(char c) {
  return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/';
}

Dialled read_characters(std::string_view raw) {
  Dialled out;
  for (const char c : raw) {
    if (c >= '0' && c <= '9') {
      if (out.size == kDialledDigitsMax) {
        out.is_number = false;
        continue;
      }
      out.digits[out.size++] = c;
    } else if (c == '+' && out.size == 0 && !out.plus) {
      out.plus = true;
    } else {
      if (is_punctuation(c)) continue;
      out.is_number = false;
      if (is_letter(c)) out.has_letter = true;
    }
  }
  if (out.size == 0) out.is_number = false;
  return out;
}

// The user part of `tel:+66...;phone-context=...` and `sip:+66...@host`; otherwise `raw`.
std::string_view strip_uri(std::string_view raw) {
  for (const std::string_view scheme : {"tel:", "sip:", "sips:"}) {
    if (!raw.starts_with(scheme)) continue;
    raw.remove_prefix(scheme.size());
    return raw.substr(0, raw.find_first_of("@;"));
  }
  return raw;
}

std::string_view write_number(const PhoneNumber& number, Arena& arena) {
  char* out = arena.allocate(number.size());
  number.write(out);
  return {out, number.size()};
}

// Fills in `out` what `number` says; nothing: the address stays as received.
void set_number(const std::optional<PhoneNumber>& number, bool plain, Arena& arena, Address& out) {
  if (!number) return;
  out.type = AddressType::kMsisdn;
  out.country = number->country;
  const bool whole = number->size() == out.raw.size();
  out.number = plain && whole ? out.raw : write_number(*number, arena);
}

}  // namespace

Address canonical_address(std::string_view raw, AddressType declared,
                          const NumberingPlan* default_plan, Arena& arena) {
  Address out;
  out.raw = raw;
  out.type = declared;
  if (declared == AddressType::kAlpha || declared == AddressType::kShort) return out;
  out.type = AddressType::kUnknown;
  bool plus = raw.starts_with('+');
  std::string_view digits = raw.substr(plus ? 1 : 0);
  Dialled dialled;
  const bool plain = !digits.empty() && is_digits(digits);
  if (!plain) {
    dialled = read_characters(raw);
    if (dialled.has_letter) {
      const std::string_view user = strip_uri(raw);
      if (user.size() == raw.size()) {
        out.type = AddressType::kAlpha;
        return out;
      }
      dialled = read_characters(user);
    }
    if (!dialled.is_number) return out;
    plus = dialled.plus;
    digits = dialled.view();
  }
  if (digits.size() > kDialledDigitsMax) return out;
  if (plus) {
    set_number(read_international(digits, NumberReading::kPossible), plain, arena, out);
  } else if (digits.size() >= kShortDigitsMin && digits.size() <= kShortDigitsMax) {
    out.type = AddressType::kShort;
  } else {
    set_number(read_dialled(digits, default_plan), false, arena, out);
  }
  return out;
}

}  // namespace sieve
