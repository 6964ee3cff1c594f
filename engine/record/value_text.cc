#include "record/value_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace sieve {
namespace {

constexpr int64_t kMsPerDay = 86'400'000;
constexpr int64_t kSpanMsMax = 100 * 366 * kMsPerDay;
constexpr int64_t kEpochMsMin = 100'000'000'000;    // March 1973.
constexpr int64_t kEpochMsMax = 7'258'118'400'000;  // The year 2200, where parse_rfc3339 ends.
constexpr size_t kIntDigitsMax = 18;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Moves `at` over digits; false when there are none.
bool skip_digits(std::string_view text, size_t& at) {
  const size_t begin = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at > begin;
}

bool is_json_number(std::string_view text) {
  size_t at = text.starts_with('-') ? 1 : 0;
  const size_t whole = at;
  if (!skip_digits(text, at)) return false;
  if (text[whole] == '0' && at > whole + 1) return false;
  if (at < text.size() && text[at] == '.' && !skip_digits(text, ++at)) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (!skip_digits(text, at)) return false;
  }
  return at == text.size();
}

constexpr std::array<double, 16> kPowersOfTen = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

// `-12.75`, `16` and the like, of at most 15 digits: their integer and the power of ten are exact
// as doubles, so that one division rounds right. Nothing: read it the long way.
std::optional<double> parse_short_decimal(std::string_view text) {
  constexpr size_t kDigitsMax = 15;
  const bool negative = text.starts_with('-');
  const std::string_view rest = text.substr(negative ? 1 : 0);
  if (rest.empty() || rest.size() > kDigitsMax || !is_digit(rest.front())) return {};
  if (!is_digit(rest.back())) return {};
  if (rest.size() > 1 && rest[0] == '0' && rest[1] != '.') return {};
  int64_t value = 0;
  size_t places = 0;
  size_t points = 0;
  for (const char c : rest) {
    if (is_digit(c)) {
      value = value * 10 + (c - '0');
      places += points;
    } else if (c == '.' && points == 0) {
      points = 1;
    } else {
      return {};
    }
  }
  const double out = static_cast<double>(value) / kPowersOfTen[places];
  return negative ? -out : out;
}

// Two decimal digits, or a value above 99.
unsigned two_digits(const char* in) {
  const unsigned tens = static_cast<unsigned char>(in[0]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(in[1]) - unsigned{'0'};
  return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

// `size` digits at `at`, which moves past them; -1 when there are fewer.
int take_digits(std::string_view text, size_t& at, size_t size) {
  int value = 0;
  for (const size_t end = at + size; at < end; ++at) {
    if (at >= text.size() || !is_digit(text[at])) return -1;
    value = value * 10 + (text[at] - '0');
  }
  return value;
}

// The fields of a civil time as a pattern fills them in.
struct CivilParts {
  int year = -1, month = -1, day = -1;
  int hour = 0, minute = 0, second = 0, ms = 0;
  std::optional<Duration> offset;

  bool is_valid() const {
    const bool date = year >= 1970 && year <= 2199 && month >= 1 && month <= 12 && day >= 1;
    const bool time = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 &&
                      second <= 60 && ms >= 0;
    return date && time && absl::CivilDay(year, month, day).month() == month && day <= 31;
  }
};

int take_fraction_ms(std::string_view text, size_t& at) {
  int ms = 0;
  size_t count = 0;
  for (; at < text.size() && is_digit(text[at]) && count < 9; ++at, ++count) {
    if (count < 3) ms = ms * 10 + (text[at] - '0');
  }
  if (count == 0) return -1;
  for (; count < 3; ++count) ms *= 10;
  return ms;
}

// `Z`, `+07:00` or `+0700` at `at`, which moves past it.
std::optional<Duration> take_offset(std::string_view text, size_t& at) {
  if (at >= text.size()) return {};
  const char sign = text[at++];
  if (sign == 'Z' || sign == 'z') return Duration{0};
  if (sign != '+' && sign != '-') return {};
  const int hours = take_digits(text, at, 2);
  if (at < text.size() && text[at] == ':') ++at;
  const int minutes = hours < 0 ? -1 : take_digits(text, at, 2);
  if (hours > 23 || minutes < 0 || minutes > 59) return {};
  const int64_t ms = (hours * 60 + minutes) * int64_t{60'000};
  return Duration{sign == '-' ? -ms : ms};
}

// Reads what `specifier` stands for at `at`, which moves past it.
bool take_part(char specifier, std::string_view text, size_t& at, CivilParts& parts) {
  switch (specifier) {
    case 'Y':
      return (parts.year = take_digits(text, at, 4)) >= 0;
    case 'y':
      parts.year = take_digits(text, at, 2);
      if (parts.year >= 0) parts.year += 2000;
      return parts.year >= 0;
    case 'm':
      return (parts.month = take_digits(text, at, 2)) >= 0;
    case 'd':
      return (parts.day = take_digits(text, at, 2)) >= 0;
    case 'H':
      return (parts.hour = take_digits(text, at, 2)) >= 0;
    case 'M':
      return (parts.minute = take_digits(text, at, 2)) >= 0;
    case 'S':
      return (parts.second = take_digits(text, at, 2)) >= 0;
    case 'f':
      return (parts.ms = take_fraction_ms(text, at)) >= 0;
    case 'z':
      parts.offset = take_offset(text, at);
      return parts.offset.has_value();
    default:
      return at < text.size() && text[at++] == specifier;
  }
}

// Milliseconds of `.250` at `at`, which moves past it; -1 for a point without 1 to 9 digits.
int64_t fraction_at(std::string_view text, size_t& at) {
  if (at >= text.size() || text[at] != '.') return 0;
  return take_fraction_ms(text, ++at);
}

}  // namespace

std::optional<int64_t> parse_json_int(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view digits = text.substr(negative ? 1 : 0);
  if (digits.empty() || digits.size() > kIntDigitsMax) return {};
  if (digits[0] == '0' && digits.size() > 1) return {};
  int64_t value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return {};
    value = value * 10 + (c - '0');
  }
  return negative ? -value : value;
}

std::optional<double> parse_json_number(std::string_view text) {
  if (const auto decimal = parse_short_decimal(text)) return decimal;
  if (!is_json_number(text)) return {};
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

std::optional<Duration> parse_span(std::string_view text, int64_t unit_ms) {
  const std::optional<double> value = parse_json_number(text);
  if (!value || !(*value >= 0)) return {};
  const double ms = *value * static_cast<double>(unit_ms);
  if (ms > static_cast<double>(kSpanMsMax)) return {};
  return Duration{std::llround(ms)};
}

std::optional<Timestamp> parse_epoch_ms(std::string_view text) {
  const std::optional<int64_t> ms = parse_json_int(text);
  if (!ms || *ms < kEpochMsMin || *ms >= kEpochMsMax) return {};
  return Timestamp{*ms};
}

std::optional<Timestamp> parse_epoch_seconds(std::string_view text) {
  const size_t point = text.find('.');
  const std::optional<int64_t> seconds = parse_json_int(text.substr(0, point));
  if (!seconds || *seconds < 0 || *seconds >= kEpochMsMax / 1000) return {};
  int64_t ms = 0;
  if (point != std::string_view::npos) {
    size_t at = point;
    ms = fraction_at(text, at);
    if (ms < 0 || at != text.size()) return {};
  }
  return Timestamp{*seconds * 1000 + ms};
}

std::optional<Timestamp> parse_time_pattern(std::string_view text, std::string_view pattern,
                                            const TimeZone& zone) {
  CivilParts parts;
  size_t at = 0;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const bool specifier = pattern[i] == '%' && i + 1 < pattern.size();
    if (specifier) {
      if (!take_part(pattern[++i], text, at, parts)) return {};
    } else if (at >= text.size() || text[at++] != pattern[i]) {
      return {};
    }
  }
  if (at != text.size() || !parts.is_valid()) return {};
  if (parts.second == 60) {  // A leap second is the end of its minute, as in parse_rfc3339.
    parts.second = 59;
    parts.ms = 999;
  }
  const absl::CivilSecond civil(parts.year, parts.month, parts.day, parts.hour, parts.minute,
                                parts.second);
  const Duration fraction{parts.ms};
  if (!parts.offset) return zone.instant_of(civil) + fraction;
  return TimeZone().instant_of(civil) + fraction - *parts.offset;
}

bool is_time_pattern(std::string_view pattern) {
  constexpr std::string_view kKnown = "YymdHMSfz%";
  bool year = false, month = false, day = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') continue;
    if (++i == pattern.size() || kKnown.find(pattern[i]) == std::string_view::npos) return false;
    year = year || pattern[i] == 'Y' || pattern[i] == 'y';
    month = month || pattern[i] == 'm';
    day = day || pattern[i] == 'd';
  }
  return year && month && day;
}

std::optional<Timestamp> TimeReader::read_rfc3339(std::string_view text) {
  constexpr size_t kDateSize = 10;
  constexpr size_t kSecondsEnd = 19;
  if (text.size() <= kSecondsEnd) return {};
  const char* in = text.data();
  if (std::memcmp(in, date_.data(), kDateSize) != 0) {
    const std::optional<Timestamp> time = parse_rfc3339(text);
    if (!time) return {};
    char midnight[] = "0000-00-00T00:00:00Z";
    std::memcpy(midnight, in, kDateSize);
    date_ms_ = parse_rfc3339({midnight, sizeof(midnight) - 1})->ms;
    std::memcpy(date_.data(), in, kDateSize);
    return time;
  }
  const unsigned hour = two_digits(in + 11);
  const unsigned minute = two_digits(in + 14);
  const unsigned second = two_digits(in + 17);
  const bool usual =
      in[10] == 'T' && in[13] == ':' && in[16] == ':' && hour < 24 && minute < 60 && second < 60;
  size_t at = kSecondsEnd;
  const int64_t ms = fraction_at(text, at);
  // Leap seconds, offsets and everything wrong take the long way.
  if (!usual || ms < 0 || at + 1 != text.size() || text[at] != 'Z') return parse_rfc3339(text);
  return Timestamp{date_ms_ + ((hour * 60 + minute) * 60 + second) * int64_t{1000} + ms};
}

}  // namespace sieve
