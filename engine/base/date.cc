#include "base/date.h"

#include <absl/time/civil_time.h>
#include <fmt/format.h>

#include <charconv>

namespace sieve {
namespace {

constexpr int kYearMin = 1970;
constexpr int kYearMax = 2199;
constexpr std::string_view kShape = "dddd-dd-dd";

bool has_shape(std::string_view text) {
  if (text.size() != kShape.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == 'd' ? !is_digit : text[i] != kShape[i]) return false;
  }
  return true;
}

int number_of(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (!has_shape(text)) return {};
  const int year = number_of(text.substr(0, 4));
  const int month = number_of(text.substr(5, 2));
  const int day = number_of(text.substr(8, 2));
  const absl::CivilDay civil(year, month, day);
  // A day that does not exist becomes another one.
  if (civil.year() != year || civil.month() != month || civil.day() != day) return {};
  if (year < kYearMin || year > kYearMax) return {};
  return Date{static_cast<int32_t>(civil - absl::CivilDay())};
}

std::string format_date(Date date) {
  const absl::CivilDay civil = absl::CivilDay() + date.days;
  return fmt::format("{:04}-{:02}-{:02}", civil.year(), civil.month(), civil.day());
}

}  // namespace sieve
