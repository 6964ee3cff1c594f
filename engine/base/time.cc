#include "base/time.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstring>

namespace sieve {
namespace {

struct Unit {
  std::string_view suffix;
  int64_t ms;
};
// Longest first, so that formatting takes the largest unit that divides.
constexpr std::array<Unit, 5> kUnits = {
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

constexpr int64_t kMsPerDay = 86'400'000;

// Days since 1970-01-01 of a proleptic Gregorian date (H. Hinnant, "chrono-compatible low-level
// date algorithms", days_from_civil).
int64_t days_from_civil(int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

struct CivilDate {
  int64_t year;
  int month;
  int day;
};

CivilDate civil_from_days(int64_t days) {
  days += 719'468;
  const int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const int64_t doe = days - era * 146'097;
  const int64_t yoe = (doe - doe / 1'460 + doe / 36'524 - doe / 146'096) / 365;
  const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int64_t mp = (5 * doy + 2) / 153;
  const int day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

bool is_leap(int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int64_t year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<size_t>(month - 1)];
}

// `size` decimal digits at `text[at]`, or -1.
int digits(std::string_view text, size_t at, size_t size) {
  if (at + size > text.size()) return -1;
  int value = 0;
  for (size_t i = at; i < at + size; ++i) {
    const unsigned digit = static_cast<unsigned char>(text[i]) - unsigned{'0'};
    if (digit > 9) return -1;
    value = value * 10 + static_cast<int>(digit);
  }
  return value;
}

bool char_at(std::string_view text, size_t at, std::string_view any_of) {
  return at < text.size() && any_of.find(text[at]) != std::string_view::npos;
}

// Milliseconds of `.123456789` at `at`, which moves past it; -1 for a point without digits.
int64_t fraction_ms(std::string_view text, size_t& at) {
  if (at >= text.size() || text[at] != '.') return 0;
  ++at;
  int64_t ms = 0;
  size_t count = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++count) {
    if (count < 3) ms = ms * 10 + (text[at] - '0');
  }
  if (count == 0 || count > 9) return -1;
  for (; count < 3; ++count) ms *= 10;
  return ms;
}

// The offset in `Z`, `+07:00` or `-05:30` that ends `text` at `at`.
std::optional<Duration> offset_at_end(std::string_view text, size_t at) {
  if (at + 1 == text.size() && char_at(text, at, "Zz")) return Duration{0};
  if (at + 6 != text.size() || !char_at(text, at, "+-") || text[at + 3] != ':') return {};
  const int hours = digits(text, at + 1, 2);
  const int minutes = digits(text, at + 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return {};
  const int64_t ms = (hours * 60 + minutes) * int64_t{60'000};
  return Duration{text[at] == '-' ? -ms : ms};
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || count < 0 || end == text.data()) return {};
  const std::string_view suffix(end, static_cast<size_t>(text.data() + text.size() - end));
  for (const Unit& unit : kUnits) {
    if (suffix != unit.suffix) continue;
    int64_t ms = 0;
    if (__builtin_mul_overflow(count, unit.ms, &ms)) return {};
    return Duration{ms};
  }
  return {};
}

std::string format_duration(Duration duration) {
  if (duration.ms == 0) return "0s";
  for (const Unit& unit : kUnits) {
    if (duration.ms % unit.ms == 0) return fmt::format("{}{}", duration.ms / unit.ms, unit.suffix);
  }
  return fmt::format("{}ms", duration.ms);
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const int second = digits(text, 17, 2);
  const bool punctuated = char_at(text, 4, "-") && char_at(text, 7, "-") &&
                          char_at(text, 10, "Tt ") && char_at(text, 13, ":") &&
                          char_at(text, 16, ":");
  if (!punctuated || year < 1970 || year > 2199 || month < 1 || month > 12) return {};
  if (day < 1 || day > days_in_month(year, month)) return {};
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return {};
  size_t at = 19;
  int64_t ms = fraction_ms(text, at);
  if (ms < 0) return {};
  const std::optional<Duration> offset = offset_at_end(text, at);
  if (!offset) return {};
  const bool leap = second == 60;
  if (leap) ms = 999;
  const int64_t of_day = ((hour * 60 + minute) * 60 + (leap ? 59 : second)) * int64_t{1000} + ms;
  return Timestamp{days_from_civil(year, month, day) * kMsPerDay + of_day - offset->ms};
}

void format_rfc3339(Timestamp time, char (&out)[24]) {
  int64_t days = time.ms / kMsPerDay;
  int64_t of_day = time.ms % kMsPerDay;
  if (of_day < 0) {
    of_day += kMsPerDay;
    --days;
  }
  const CivilDate date = civil_from_days(days);
  const auto put = [&out](size_t at, size_t size, int64_t value) {
    for (size_t i = at + size; i-- > at; value /= 10) {
      out[i] = static_cast<char>('0' + value % 10);
    }
  };
  std::memcpy(out, "0000-00-00T00:00:00.000Z", 24);
  put(0, 4, date.year);
  put(5, 2, date.month);
  put(8, 2, date.day);
  put(11, 2, of_day / 3'600'000);
  put(14, 2, of_day / 60'000 % 60);
  put(17, 2, of_day / 1'000 % 60);
  put(20, 3, of_day % 1'000);
}

std::string format_rfc3339(Timestamp time) {
  char out[24];
  format_rfc3339(time, out);
  return {out, sizeof(out)};
}

Timestamp wall_clock_now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

}  // namespace sieve
