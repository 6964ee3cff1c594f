#include "record/phone.h"

#include <array>
#include <cstring>

#include "record/numbering_plans.h"

namespace sieve {
namespace {

// E.164 numbers have at most 15 digits; before them may stand `011` or the like.
constexpr size_t kNumberDigitsMax = 15;
constexpr size_t kNumberDigitsMin = 7;
constexpr size_t kDialledDigitsMax = kNumberDigitsMax + 5;
constexpr size_t kShortDigitsMin = 3;
constexpr size_t kShortDigitsMax = 6;
// Fewer digits without a prefix are a national number rather than one with a calling code.
constexpr size_t kBareDigitsMin = 10;

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

Dialled read_dialled(std::string_view raw) {
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

// How sure we must be that digits are an international number.
enum class Reading : uint8_t {
  kValid,     // It exists in one of our plans: for digits that could mean something else.
  kPossible,  // Its calling code is assigned and its length can be: for digits after a `+`.
};

// An international number: the digits of `code` and of `national`.
struct Number {
  std::string_view code;
  std::string_view national;
  std::string_view country;
};

std::optional<Number> make_number(const NumberingPlan& plan, std::string_view code,
                                  std::string_view national) {
  const bool nanp = plan.calling_code == "1";
  return Number{code, national, nanp ? country_of_nanp(national) : plan.country};
}

// `national` with its trunk prefix, where that makes it valid.
std::optional<std::string_view> valid_without_trunk(const NumberingPlan& plan,
                                                    std::string_view national) {
  if (plan.trunk == '\0' || national.empty() || national[0] != plan.trunk) return {};
  national.remove_prefix(1);
  if (!plan.is_valid(national)) return {};
  return national;
}

std::optional<Number> read_international(std::string_view digits, Reading reading) {
  const std::optional<CallingCode> code = calling_code_of(digits);
  if (!code) return {};
  const std::string_view code_digits = digits.substr(0, code->size);
  const std::string_view national = digits.substr(code->size);
  if (code->plan == nullptr) {
    const bool possible = digits.size() >= kNumberDigitsMin && digits.size() <= kNumberDigitsMax;
    if (reading == Reading::kValid || !possible) return {};
    return Number{code_digits, national, code->country};
  }
  const NumberingPlan& plan = *code->plan;
  if (plan.is_valid(national)) return make_number(plan, code_digits, national);
  // `+66 (0)81...`: written by people who add the calling code to a national number.
  if (const auto rest = valid_without_trunk(plan, national)) {
    return make_number(plan, code_digits, *rest);
  }
  if (reading == Reading::kValid || national.starts_with('0') || !plan.is_possible(national)) {
    return {};
  }
  return make_number(plan, code_digits, national);
}

// `digits` behind the first prefix of `prefixes` that leaves a valid international number.
std::optional<Number> read_behind_prefix(std::string_view digits, std::string_view prefixes) {
  for (size_t begin = 0; begin < prefixes.size();) {
    const size_t end = std::min(prefixes.find(' ', begin), prefixes.size());
    const std::string_view prefix = prefixes.substr(begin, end - begin);
    begin = end + 1;
    bool same = digits.size() > prefix.size();
    for (size_t i = 0; same && i < prefix.size(); ++i) {
      same = prefix[i] == '?' || prefix[i] == digits[i];
    }
    if (!same) continue;
    if (const auto number = read_international(digits.substr(prefix.size()), Reading::kValid)) {
      return number;
    }
  }
  return {};
}

std::optional<Number> read_national(std::string_view digits, const NumberingPlan& plan) {
  const std::string_view code = plan.calling_code;
  if (digits.size() >= kNumberDigitsMin && digits[0] == '0' &&
      ((plan.prefix_seconds >> (digits[1] - '0')) & 1) != 0) {
    // `0066...` in Thailand, where `006` is a prefix too: networks write `00`, and nobody dials
    // home through an international prefix.
    const std::string_view home = digits.substr(2);
    if (digits.starts_with("00") && home.starts_with(code) &&
        plan.is_valid(home.substr(code.size()))) {
      return make_number(plan, code, home.substr(code.size()));
    }
    if (const auto number = read_behind_prefix(digits, plan.international_prefixes)) return number;
  }
  if (const auto rest = valid_without_trunk(plan, digits)) return make_number(plan, code, *rest);
  // Networks write subscribers as `66812345678` far more often than as `812345678`.
  if (digits.size() >= kBareDigitsMin && digits.starts_with(code) &&
      plan.is_valid(digits.substr(code.size()))) {
    return make_number(plan, code, digits.substr(code.size()));
  }
  if (plan.is_valid(digits)) return make_number(plan, code, digits);
  return {};
}

// Digits without a `+`: national, behind a prefix, or with a bare calling code.
std::optional<Number> read_bare(std::string_view digits, const NumberingPlan* plan) {
  if (plan != nullptr) {
    if (const auto number = read_national(digits, *plan)) return number;
  }
  if (digits.starts_with("00")) {
    if (const auto number = read_international(digits.substr(2), Reading::kValid)) return number;
    return read_international(digits.substr(2), Reading::kPossible);
  }
  if (digits.size() < kBareDigitsMin) return {};
  return read_international(digits, Reading::kValid);
}

std::string_view write_number(const Number& number, Arena& arena) {
  const size_t size = 1 + number.code.size() + number.national.size();
  char* out = arena.allocate(size);
  out[0] = '+';
  std::memcpy(out + 1, number.code.data(), number.code.size());
  std::memcpy(out + 1 + number.code.size(), number.national.data(), number.national.size());
  return {out, size};
}

// Fills in `out` what `number` says; nothing: the address stays as received.
void set_number(const std::optional<Number>& number, bool plain, Arena& arena, Address& out) {
  if (!number) return;
  out.type = AddressType::kMsisdn;
  out.country = number->country;
  const bool whole = 1 + number->code.size() + number->national.size() == out.raw.size();
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
    dialled = read_dialled(raw);
    if (dialled.has_letter) {
      const std::string_view user = strip_uri(raw);
      if (user.size() == raw.size()) {
        out.type = AddressType::kAlpha;
        return out;
      }
      dialled = read_dialled(user);
    }
    if (!dialled.is_number) return out;
    plus = dialled.plus;
    digits = dialled.view();
  }
  if (digits.size() > kDialledDigitsMax) return out;
  if (plus) {
    set_number(read_international(digits, Reading::kPossible), plain, arena, out);
  } else if (digits.size() >= kShortDigitsMin && digits.size() <= kShortDigitsMax) {
    out.type = AddressType::kShort;
  } else {
    set_number(read_bare(digits, default_plan), false, arena, out);
  }
  return out;
}

}  // namespace sieve
