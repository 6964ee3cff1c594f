// Values from the texts of records: numbers, times and durations, without allocation.
//
// Thread safety: pure functions; a TimeReader belongs to one thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.h"
#include "base/time_zone.h"

namespace sieve {

// Numbers by the grammar of JSON: no leading zeros, no `+`, finite. An integer has no fraction, no
// exponent and at most 18 digits.
std::optional<int64_t> parse_json_int(std::string_view text);
std::optional<double> parse_json_number(std::string_view text);

// A count of `unit_ms` (`12`, `12.5`) as a duration; nothing when negative or above 100 years.
std::optional<Duration> parse_span(std::string_view text, int64_t unit_ms);

// Milliseconds since the epoch. Values before March 1973 are refused: they are seconds, sent by
// mistake, and would silently put every record into one month of 1970.
std::optional<Timestamp> parse_epoch_ms(std::string_view text);
// Seconds since the epoch, with an optional fraction.
std::optional<Timestamp> parse_epoch_seconds(std::string_view text);

// A civil time written by `pattern`: %Y %m %d %H %M %S, %y (20yy), %f (fraction of a second), %z
// (`+07:00`, `+0700` or `Z`), %%, everything else as it stands. Without %z it is local in `zone`.
std::optional<Timestamp> parse_time_pattern(std::string_view text, std::string_view pattern,
                                            const TimeZone& zone);
// Whether parse_time_pattern knows every specifier and the pattern names a whole date.
bool is_time_pattern(std::string_view pattern);

// Reads RFC 3339 as parse_rfc3339 does, faster for records that share a date.
class TimeReader {
 public:
  std::optional<Timestamp> read_rfc3339(std::string_view text);

 private:
  std::array<char, 10> date_{};  // `2026-01-05` as last read, or zeros.
  int64_t date_ms_ = 0;
};

}  // namespace sieve
