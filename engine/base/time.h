// Timestamp and Duration: event time as plain milliseconds, with the text forms people write.
//
// Thread safety: values. Units: milliseconds, since the Unix epoch for Timestamp.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace sieve {

struct Duration {
  int64_t ms = 0;
  auto operator<=>(const Duration&) const = default;
};

struct Timestamp {
  int64_t ms = 0;
  auto operator<=>(const Timestamp&) const = default;
};

inline constexpr Timestamp kTimestampMin{std::numeric_limits<int64_t>::min()};
inline constexpr Timestamp kTimestampMax{std::numeric_limits<int64_t>::max()};

constexpr Timestamp operator+(Timestamp t, Duration d) { return {t.ms + d.ms}; }
constexpr Timestamp operator-(Timestamp t, Duration d) { return {t.ms - d.ms}; }
constexpr Duration operator-(Timestamp a, Timestamp b) { return {a.ms - b.ms}; }
constexpr Duration operator+(Duration a, Duration b) { return {a.ms + b.ms}; }

// A whole number and one unit: `250ms`, `30s`, `10m`, `2h`, `7d`. Nothing else: a bare number is a
// number, not a duration.
std::optional<Duration> parse_duration(std::string_view text);

// The shortest form that parses back: `90s`, `10m`, `1500ms`.
std::string format_duration(Duration duration);

// RFC 3339 with an offset or `Z`, 0 to 9 fractional digits (cut to milliseconds). A leap second
// (`:60`) counts as the last millisecond of its minute. Years 1970 to 2199.
std::optional<Timestamp> parse_rfc3339(std::string_view text);

// `2026-01-05T08:30:00.250Z`; always UTC, always milliseconds.
std::string format_rfc3339(Timestamp time);

// Writes the same 24 bytes to `out` without allocating.
void format_rfc3339(Timestamp time, char (&out)[24]);

// The wall clock. Only for timeouts, metrics and `detected_at`; event time comes from records.
Timestamp wall_clock_now();

}  // namespace sieve
