#include "base/time.h"

#include <gtest/gtest.h>

namespace sieve {
namespace {

struct DurationRow {
  const char* name;
  const char* text;
  std::optional<int64_t> ms;
};
class ParseDurationTest : public ::testing::TestWithParam<DurationRow> {};

TEST_P(ParseDurationTest, TakesAWholeNumberAndOneUnit) {
  const std::optional<Duration> got = parse_duration(GetParam().text);
  ASSERT_EQ(got.has_value(), GetParam().ms.has_value());
  EXPECT_EQ(got.value_or(Duration{}).ms, GetParam().ms.value_or(0));
}

const DurationRow kDurationRows[] = {
    {"Milliseconds", "250ms", 250},
    {"Seconds", "30s", 30'000},
    {"Minutes", "10m", 600'000},
    {"Hours", "2h", 7'200'000},
    {"Days", "7d", 604'800'000},
    {"Zero", "0s", 0},
    {"LeadingZeros", "007s", 7'000},
    {"MillisecondsMaximum", "9223372036854775807ms", INT64_MAX},
    {"MillisecondsMaximumPlusOne", "9223372036854775808ms", {}},
    {"SecondsOverflow", "9223372036854776s", {}},
    {"Empty", "", {}},
    {"BareNumber", "30", {}},
    {"BareUnit", "s", {}},
    {"Negative", "-5s", {}},
    {"Plus", "+5s", {}},
    {"Fraction", "1.5s", {}},
    {"SpaceInside", "5 s", {}},
    {"SpaceBefore", " 5s", {}},
    {"SpaceAfter", "5s ", {}},
    {"TwoUnits", "1h30m", {}},
    {"UnknownUnit", "5w", {}},
    {"CapitalUnit", "5S", {}},
    {"InvalidUtf8", "5\xFF", {}},
};
INSTANTIATE_TEST_SUITE_P(Rows, ParseDurationTest, ::testing::ValuesIn(kDurationRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(FormatDurationTest, TakesTheLargestUnitThatDivides) {
  const std::pair<int64_t, const char*> rows[] = {
      {0, "0s"},          {1, "1ms"},           {1'500, "1500ms"},
      {90'000, "90s"},    {600'000, "10m"},     {7'200'000, "2h"},
      {86'400'000, "1d"}, {129'600'000, "36h"}, {-30'000, "-30s"},
  };
  for (const auto& [ms, want] : rows) EXPECT_EQ(format_duration({ms}), want);
}

struct TimeRow {
  const char* name;
  const char* text;
  std::optional<int64_t> ms;
};
class ParseRfc3339Test : public ::testing::TestWithParam<TimeRow> {};

TEST_P(ParseRfc3339Test, ReadsTimesWithAnOffset) {
  const std::optional<Timestamp> got = parse_rfc3339(GetParam().text);
  ASSERT_EQ(got.has_value(), GetParam().ms.has_value());
  EXPECT_EQ(got.value_or(Timestamp{}).ms, GetParam().ms.value_or(0));
}

const TimeRow kTimeRows[] = {
    {"Epoch", "1970-01-01T00:00:00Z", 0},
    {"Milliseconds", "1970-01-01T00:00:00.250Z", 250},
    {"OneDigit", "1970-01-01T00:00:00.2Z", 200},
    {"NineDigitsAreCut", "1970-01-01T00:00:00.123999999Z", 123},
    {"TenDigits", "1970-01-01T00:00:00.1234567890Z", {}},
    {"PointWithoutDigits", "1970-01-01T00:00:00.Z", {}},
    {"OffsetEast", "1970-01-01T07:00:00+07:00", 0},
    {"OffsetWest", "1969-12-31T20:00:00-04:00", {}},
    {"OffsetIntoTheYearBefore", "1970-01-01T00:00:00+07:00", -25'200'000},
    {"OffsetOfHalfAnHour", "1970-01-01T05:30:00+05:30", 0},
    {"OffsetTooLarge", "1970-01-01T00:00:00+24:00", {}},
    {"LowerCase", "1970-01-01t00:00:01z", 1'000},
    {"SpaceBetween", "1970-01-01 00:00:01Z", 1'000},
    {"LeapDay", "2024-02-29T00:00:00Z", 1'709'164'800'000},
    {"NoLeapDay", "2023-02-29T00:00:00Z", {}},
    {"NoLeapDayInCenturies", "2100-02-29T00:00:00Z", {}},
    {"LeapDayIn2000", "2000-02-29T00:00:00Z", 951'782'400'000},
    {"LeapSecondIsTheMinutesLast", "2016-12-31T23:59:60.5Z", 1'483'228'799'999},
    {"Second61", "2016-12-31T23:59:61Z", {}},
    {"YearMinimumMinusOne", "1969-12-31T23:59:59Z", {}},
    {"YearMaximum", "2199-12-31T23:59:59Z", 7'258'118'399'000},
    {"YearMaximumPlusOne", "2200-01-01T00:00:00Z", {}},
    {"MonthZero", "2020-00-01T00:00:00Z", {}},
    {"Month13", "2020-13-01T00:00:00Z", {}},
    {"DayZero", "2020-01-00T00:00:00Z", {}},
    {"Day32", "2020-01-32T00:00:00Z", {}},
    {"Hour24", "2020-01-01T24:00:00Z", {}},
    {"NoOffset", "2020-01-01T00:00:00", {}},
    {"DateOnly", "2020-01-01", {}},
    {"Trailing", "2020-01-01T00:00:00Zx", {}},
    {"Empty", "", {}},
    {"Letters", "2020-0a-01T00:00:00Z", {}},
    {"InvalidUtf8", "2020-01-01T00:00:00\xFF", {}},
};
INSTANTIATE_TEST_SUITE_P(Rows, ParseRfc3339Test, ::testing::ValuesIn(kTimeRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(FormatRfc3339Test, ReadsBack) {
  const int64_t rows[] = {0, 1, 951'782'400'000, 1'709'164'799'999, 7'258'118'399'999};
  for (const int64_t ms : rows) {
    EXPECT_EQ(parse_rfc3339(format_rfc3339(Timestamp{ms}))->ms, ms);
  }
  EXPECT_EQ(format_rfc3339(Timestamp{-1}), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(format_rfc3339(Timestamp{1'767'601'800'250}), "2026-01-05T08:30:00.250Z");
}

}  // namespace
}  // namespace sieve
