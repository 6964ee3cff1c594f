#include "base/phone.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace sieve {
namespace {

std::string written(const std::optional<PhoneNumber>& number) {
  if (!number) return "";
  std::array<char, kE164BytesMax> text{};
  number->write(text.data());
  return std::string(text.data(), number->size());
}

struct PhoneRow {
  const char* name;
  const char* country;  // Where it is dialled; "+": digits after a plus.
  const char* digits;
  const char* number;  // Empty: none.
};
class PhoneTest : public ::testing::TestWithParam<PhoneRow> {};

TEST_P(PhoneTest, ReadsTheNumber) {
  const std::string country = GetParam().country;
  const auto number = country == "+"
                          ? read_international(GetParam().digits, NumberReading::kPossible)
                          : read_dialled(GetParam().digits, find_plan(country));
  EXPECT_EQ(written(number), GetParam().number);
}

// Addresses of records, in tests/unit/record/address_test.cc, say the rest.
const PhoneRow kRows[] = {
    {"Empty", "TH", "", ""},
    {"EmptyWithoutPlan", "", "", ""},
    {"PlusEmpty", "+", "", ""},
    {"One", "TH", "0", ""},
    {"National", "TH", "0812345678", "+66812345678"},
    {"NationalElsewhere", "KH", "0512345678", ""},
    {"NationalWithoutPlan", "", "0812345678", ""},
    {"Plus", "+", "66812345678", "+66812345678"},
    {"PlusAndTrunk", "+", "660812345678", "+66812345678"},
    {"PlusMaximum", "+", "491234567890123", "+491234567890123"},
    {"PlusMaximumPlusOne", "+", "4912345678901234", ""},
    {"Abroad", "TH", "00185512345678", "+85512345678"},
};
INSTANTIATE_TEST_SUITE_P(Rows, PhoneTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(PhoneTest, WhatIsAskedToBeValidMustExist) {
  EXPECT_EQ(written(read_international("66512345678", NumberReading::kPossible)), "+66512345678");
  EXPECT_EQ(written(read_international("66512345678", NumberReading::kValid)), "");
  EXPECT_EQ(written(read_international("4930123456", NumberReading::kValid)), "");
}

TEST(FindPlanTest, KnowsTheCountriesOfTheTable) {
  for (const char* country : {"TH", "MM", "KH", "LA", "VN", "MY", "SG", "ID", "PH", "CN", "HK",
                              "TW", "KR", "JP", "IN", "AU", "GB", "US", "AE"}) {
    EXPECT_NE(find_plan(country), nullptr) << country;
  }
  EXPECT_EQ(find_plan("DE"), nullptr);
  EXPECT_EQ(find_plan("th"), nullptr);
  EXPECT_EQ(find_plan(""), nullptr);
}

}  // namespace
}  // namespace sieve
