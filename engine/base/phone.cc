#include "base/phone.h"

#include <algorithm>
#include <cstring>

#include "base/numbering_plans.h"

namespace sieve {
namespace {

// Fewer digits without a prefix are a national number rather than one with a calling code.
constexpr size_t kBareDigitsMin = 10;

std::optional<PhoneNumber> make_number(const NumberingPlan& plan, std::string_view code,
                                       std::string_view national) {
  const bool nanp = plan.calling_code == "1";
  return PhoneNumber{code, national, nanp ? country_of_nanp(national) : plan.country};
}

// `national` with its trunk prefix, where that makes it valid.
std::optional<std::string_view> valid_without_trunk(const NumberingPlan& plan,
                                                    std::string_view national) {
  if (plan.trunk == '\0' || national.empty() || national[0] != plan.trunk) return {};
  national.remove_prefix(1);
  if (!plan.is_valid(national)) return {};
  return national;
}

// `digits` behind the first prefix of `prefixes` that leaves a valid international number.
std::optional<PhoneNumber> read_behind_prefix(std::string_view digits, std::string_view prefixes) {
  for (size_t begin = 0; begin < prefixes.size();) {
    const size_t end = std::min(prefixes.find(' ', begin), prefixes.size());
    const std::string_view prefix = prefixes.substr(begin, end - begin);
    begin = end + 1;
    bool same = digits.size() > prefix.size();
    for (size_t i = 0; same && i < prefix.size(); ++i) {
      same = prefix[i] == '?' || prefix[i] == digits[i];
    }
    if (!same) continue;
    if (const auto number =
            read_international(digits.substr(prefix.size()), NumberReading::kValid)) {
      return number;
    }
  }
  return {};
}

std::optional<PhoneNumber> read_national(std::string_view digits, const NumberingPlan& plan) {
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

}  // namespace

void PhoneNumber::write(char* out) const {
  out[0] = '+';
  std::memcpy(out + 1, code.data(), code.size());
  std::memcpy(out + 1 + code.size(), national.data(), national.size());
}

std::optional<PhoneNumber> read_international(std::string_view digits, NumberReading reading) {
  const std::optional<CallingCode> code = calling_code_of(digits);
  if (!code) return {};
  const std::string_view code_digits = digits.substr(0, code->size);
  const std::string_view national = digits.substr(code->size);
  if (code->plan == nullptr) {
    const bool possible = digits.size() >= kNumberDigitsMin && digits.size() <= kNumberDigitsMax;
    if (reading == NumberReading::kValid || !possible) return {};
    return PhoneNumber{code_digits, national, code->country};
  }
  const NumberingPlan& plan = *code->plan;
  if (plan.is_valid(national)) return make_number(plan, code_digits, national);
  // `+66 (0)81...`: written by people who add the calling code to a national number.
  if (const auto rest = valid_without_trunk(plan, national)) {
    return make_number(plan, code_digits, *rest);
  }
  if (reading == NumberReading::kValid || national.starts_with('0') ||
      !plan.is_possible(national)) {
    return {};
  }
  return make_number(plan, code_digits, national);
}

std::optional<PhoneNumber> read_dialled(std::string_view digits, const NumberingPlan* plan) {
  if (plan != nullptr) {
    if (const auto number = read_national(digits, *plan)) return number;
  }
  if (digits.starts_with("00")) {
    if (const auto number = read_international(digits.substr(2), NumberReading::kValid))
      return number;
    return read_international(digits.substr(2), NumberReading::kPossible);
  }
  if (digits.size() < kBareDigitsMin) return {};
  return read_international(digits, NumberReading::kValid);
}

}  // namespace sieve
