#include "record/value_text.h"

#include <gtest/gtest.h>

#include <random>

#include "unit/record/decoded.h"

namespace sieve {
namespace {

struct NumberRow {
  const char* name;
  const char* text;
  std::optional<double> want;
  bool whole;  // Also an integer.
};
class JsonNumberTest : public ::testing::TestWithParam<NumberRow> {};

TEST_P(JsonNumberTest, FollowsTheGrammar) {
  EXPECT_EQ(parse_json_number(GetParam().text), GetParam().want);
  EXPECT_EQ(parse_json_int(GetParam().text).has_value(), GetParam().whole);
}

const NumberRow kNumberRows[] = {
    {"Zero", "0", 0.0, true},
    {"MinusZero", "-0", -0.0, true},
    {"Whole", "1234", 1234.0, true},
    {"Negative", "-12", -12.0, true},
    {"IntDigitsMaximum", "999999999999999999", 999999999999999999.0, true},
    {"IntDigitsMaximumPlusOne", "1000000000000000000", 1e18, false},
    {"Fraction", "1.25", 1.25, false},
    {"Exponent", "-1.5e+3", -1500.0, false},
    {"ExponentBare", "2E2", 200.0, false},
    {"Empty", "", {}, false},
    {"Minus", "-", {}, false},
    {"Plus", "+1", {}, false},
    {"LeadingZero", "01", {}, false},
    {"PointOnly", "1.", {}, false},
    {"NoWhole", ".5", {}, false},
    {"ExponentOnly", "1e", {}, false},
    {"ExponentSignOnly", "1e+", {}, false},
    {"TooLarge", "1e999", {}, false},
    {"Word", "1x", {}, false},
    {"Infinity", "inf", {}, false},
    {"Hexadecimal", "0x1", {}, false},
    {"SpaceBehind", "1 ", {}, false},
};
INSTANTIATE_TEST_SUITE_P(Rows, JsonNumberTest, ::testing::ValuesIn(kNumberRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ParseSpanTest, CountsUnitsUpToAHundredYears) {
  EXPECT_EQ(parse_span("12", 1000)->ms, 12'000);
  EXPECT_EQ(parse_span("12.3456", 1000)->ms, 12'346);
  EXPECT_EQ(parse_span("0", 60'000)->ms, 0);
  EXPECT_EQ(parse_span("3162240000", 1000)->ms, 3'162'240'000'000);
  EXPECT_FALSE(parse_span("3162240001", 1000).has_value());
  EXPECT_FALSE(parse_span("1e300", 1000).has_value());
  EXPECT_FALSE(parse_span("-1", 1000).has_value());
  EXPECT_FALSE(parse_span("-0.5", 1000).has_value());
}

TEST(ParseEpochTest, ReadsMillisecondsOfThisAge) {
  EXPECT_EQ(parse_epoch_ms("100000000000")->ms, 100'000'000'000);
  EXPECT_FALSE(parse_epoch_ms("99999999999").has_value());
  EXPECT_EQ(parse_epoch_ms("7258118399999")->ms, 7'258'118'399'999);
  EXPECT_FALSE(parse_epoch_ms("7258118400000").has_value());
  EXPECT_FALSE(parse_epoch_ms("-1").has_value());
}

TEST(ParseEpochTest, ReadsSecondsWithFractions) {
  EXPECT_EQ(parse_epoch_seconds("1767601800")->ms, 1'767'601'800'000);
  EXPECT_EQ(parse_epoch_seconds("1767601800.25")->ms, 1'767'601'800'250);
  EXPECT_EQ(parse_epoch_seconds("1767601800.123456789")->ms, 1'767'601'800'123);
  EXPECT_FALSE(parse_epoch_seconds("1767601800.").has_value());
  EXPECT_FALSE(parse_epoch_seconds("1767601800.1234567890").has_value());
  EXPECT_FALSE(parse_epoch_seconds("1767601800000").has_value());
  EXPECT_FALSE(parse_epoch_seconds("").has_value());
}

struct PatternRow {
  const char* name;
  const char* pattern;
  const char* text;
  const char* want;  // Empty: refused.
};
class TimePatternTest : public ::testing::TestWithParam<PatternRow> {};

TEST_P(TimePatternTest, ReadsCivilTimesOfAZone) {
  const TimeZone bangkok = *TimeZone::load("Asia/Bangkok");
  ASSERT_TRUE(is_time_pattern(GetParam().pattern));
  const auto got = parse_time_pattern(GetParam().text, GetParam().pattern, bangkok);
  EXPECT_EQ(got ? format_rfc3339(*got) : "", GetParam().want);
}

constexpr const char* kUsual = "%Y-%m-%d %H:%M:%S";
const PatternRow kPatternRows[] = {
    {"Usual", kUsual, "2026-01-05 15:30:07", "2026-01-05T08:30:07.000Z"},
    {"Compact", "%Y%m%d%H%M%S", "20260105153007", "2026-01-05T08:30:07.000Z"},
    {"ShortYear", "%y%m%d%H%M%S", "260105153007", "2026-01-05T08:30:07.000Z"},
    {"DateOnly", "%d/%m/%Y", "05/01/2026", "2026-01-04T17:00:00.000Z"},
    {"Fraction", "%Y-%m-%d %H:%M:%S.%f", "2026-01-05 15:30:07.5", "2026-01-05T08:30:07.500Z"},
    {"Offset", "%Y-%m-%dT%H:%M:%S%z", "2026-01-05T15:30:07+0900", "2026-01-05T06:30:07.000Z"},
    {"OffsetColon", "%Y-%m-%dT%H:%M:%S%z", "2026-01-05T15:30:07-05:30", "2026-01-05T21:00:07.000Z"},
    {"OffsetZulu", "%Y-%m-%dT%H:%M:%S%z", "2026-01-05T15:30:07Z", "2026-01-05T15:30:07.000Z"},
    {"Percent", "%Y%%%m%%%d", "2026%01%05", "2026-01-04T17:00:00.000Z"},
    {"LeapDay", kUsual, "2028-02-29 00:00:00", "2028-02-28T17:00:00.000Z"},
    {"LeapSecond", kUsual, "2026-01-05 15:30:60", "2026-01-05T08:30:59.999Z"},
    {"NoLeapDay", kUsual, "2026-02-29 00:00:00", ""},
    {"NoDay", kUsual, "2026-04-31 00:00:00", ""},
    {"NoMonth", kUsual, "2026-13-01 00:00:00", ""},
    {"NoHour", kUsual, "2026-01-01 24:00:00", ""},
    {"OneDigit", kUsual, "2026-1-05 15:30:07", ""},
    {"Short", kUsual, "2026-01-05 15:30", ""},
    {"Long", kUsual, "2026-01-05 15:30:07Z", ""},
    {"Empty", kUsual, "", ""},
    {"YearBeforeEpoch", kUsual, "1969-12-31 00:00:00", ""},
    {"OffsetMissing", "%Y-%m-%dT%H:%M:%S%z", "2026-01-05T15:30:07", ""},
    {"OffsetHalf", "%Y-%m-%dT%H:%M:%S%z", "2026-01-05T15:30:07+07", ""},
};
INSTANTIATE_TEST_SUITE_P(Rows, TimePatternTest, ::testing::ValuesIn(kPatternRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(IsTimePatternTest, NeedsAWholeDateOfKnownSpecifiers) {
  EXPECT_FALSE(is_time_pattern(""));
  EXPECT_FALSE(is_time_pattern("rfc"));
  EXPECT_FALSE(is_time_pattern("%Y-%m"));
  EXPECT_FALSE(is_time_pattern("%Y-%m-%d %p"));
  EXPECT_FALSE(is_time_pattern("%Y-%m-%d %"));
}

// Any change of one character of a valid time is read as parse_rfc3339 reads it, whatever the
// reader remembers.
TEST(TimeReaderTest, EqualsParseRfc3339) {
  std::mt19937_64 random(testing::seed());
  const std::string bases[] = {"2026-01-05T08:30:00Z", "2026-01-05T08:30:00.250Z",
                               "2026-01-05T23:59:60Z", "2028-02-29T08:30:00.123456789+07:00",
                               "2026-01-05 08:30:00-05:30"};
  constexpr std::string_view kCharacters = "0123456789:-+.TZtz ";
  TimeReader reader;
  for (int i = 0; i < 200'000; ++i) {
    std::string text = bases[random() % std::size(bases)];
    if (random() % 4 != 0)
      text[random() % text.size()] = kCharacters[random() % kCharacters.size()];
    if (random() % 16 == 0) text.resize(random() % text.size());
    ASSERT_EQ(reader.read_rfc3339(text), parse_rfc3339(text))
        << text << " seed " << testing::seed();
  }
}

}  // namespace
}  // namespace sieve
