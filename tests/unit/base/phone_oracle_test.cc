// Our numbers against libphonenumber's, where that is installed: whatever it calls a valid number
// of one of our countries, we read the same. SIEVE_SEED replays a failure.
#ifdef SIEVE_HAVE_PHONENUMBER
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/phone.h"
#include "unit/base/valid_numbers.h"

namespace sieve {
namespace {

using ::i18n::phonenumbers::PhoneNumberUtil;
using testing::OraclesNumber;
using testing::ValidNumbers;

constexpr int kNumbersPerCountry = 400;
constexpr const char* kCountries[] = {"TH", "MM", "KH", "LA", "VN", "MY", "SG", "ID", "PH", "CN",
                                      "HK", "TW", "KR", "JP", "IN", "AU", "GB", "US", "AE"};

std::string canonical(std::string raw, const char* country) {
  const bool plus = raw.starts_with('+');
  raw.erase(std::remove_if(raw.begin(), raw.end(), [](char c) { return c < '0' || c > '9'; }),
            raw.end());
  const auto number = plus ? read_international(raw, NumberReading::kPossible)
                           : read_dialled(raw, find_plan(country));
  if (!number) return "";
  std::array<char, kE164BytesMax> text{};
  number->write(text.data());
  return std::string(text.data(), number->size());
}

class PhoneOracleTest : public ::testing::TestWithParam<const char*> {};

TEST_P(PhoneOracleTest, ReadsEveryFormOfValidNumbers) {
  const char* const country = GetParam();
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  ValidNumbers numbers(country);
  int dialled_at_home = 0;
  for (int i = 0; i < kNumbersPerCountry; ++i) {
    OraclesNumber number;
    ASSERT_TRUE(numbers.next(number));
    std::string e164, national, abroad;
    util.Format(number, PhoneNumberUtil::E164, &e164);
    util.Format(number, PhoneNumberUtil::NATIONAL, &national);
    util.Format(number, PhoneNumberUtil::INTERNATIONAL, &abroad);
    EXPECT_EQ(canonical(e164, ""), e164);
    EXPECT_EQ(canonical(abroad, country), e164);
    EXPECT_EQ(canonical("00" + e164.substr(1), country), e164);
    if (e164.size() > 10) {
      EXPECT_EQ(canonical(e164.substr(1), country), e164);
    }
    // Some national forms lack the trunk prefix and mean something else to the oracle, too.
    OraclesNumber read;
    if (util.Parse(national, country, &read) == PhoneNumberUtil::NO_PARSING_ERROR &&
        util.IsNumberMatch(number, read) == PhoneNumberUtil::EXACT_MATCH) {
      EXPECT_EQ(canonical(national, country), e164) << national;
      ++dialled_at_home;
    }
  }
  EXPECT_GE(dialled_at_home, kNumbersPerCountry * 99 / 100);
}
INSTANTIATE_TEST_SUITE_P(Countries, PhoneOracleTest, ::testing::ValuesIn(kCountries),
                         [](const auto& row) { return std::string(row.param); });

TEST(PhoneOracleTest, DialledFromThailandIsReadTheSame) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  int count = 0;
  int same = 0;
  for (const char* country : kCountries) {
    ValidNumbers numbers(country);
    for (int i = 0; i < kNumbersPerCountry; ++i) {
      OraclesNumber number;
      ASSERT_TRUE(numbers.next(number));
      std::string e164;
      util.Format(number, PhoneNumberUtil::E164, &e164);
      ++count;
      same += canonical("001" + e164.substr(1), "TH") == e164 ? 1 : 0;
    }
  }
  EXPECT_EQ(same, count);
}

}  // namespace
}  // namespace sieve
#endif
