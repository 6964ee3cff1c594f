// A Date is a day of the calendar, as people name the last day of something: `2027-06-30`. Which
// instants belong to it depends on the time zone: see TimeZone::date_of().
//
// Thread safety: values. Units: days since 1970-01-01.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sieve {

struct Date {
  int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

// Four, two and two digits of a day that exists, in the years 1970 to 2199; nothing else.
std::optional<Date> parse_date(std::string_view text);

// The form that parse_date() reads.
std::string format_date(Date date);

}  // namespace sieve
