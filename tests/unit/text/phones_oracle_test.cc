// Numbers found in texts against libphonenumber, where that is installed: whatever it calls a valid
// number of one of our countries is found in every usual dress, and what is found is valid.
// SIEVE_SEED replays a failure.
#ifdef SIEVE_HAVE_PHONENUMBER
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "text/entities.h"
#include "unit/base/valid_numbers.h"

namespace sieve {
namespace {

using ::i18n::phonenumbers::PhoneNumberUtil;
using testing::OraclesNumber;

constexpr int kNumbersPerCountry = 200;
constexpr const char* kCountries[] = {"TH", "MM", "KH", "LA", "VN", "MY", "SG", "ID", "PH", "CN",
                                      "HK", "TW", "KR", "JP", "IN", "AU", "GB", "US", "AE"};

const PhoneNumberUtil& util() { return *PhoneNumberUtil::GetInstance(); }

std::string formatted(const OraclesNumber& number, PhoneNumberUtil::PhoneNumberFormat format) {
  std::string out;
  util().Format(number, format, &out);
  return out;
}

std::vector<std::string> found_in(std::string_view text, const char* country) {
  Folder folder;
  Entities entities;
  extract_entities(folder.fold(text), entities, {find_plan(country)});
  std::vector<std::string> numbers;
  for (const Phone& phone : entities.phones) numbers.emplace_back(phone.number);
  return numbers;
}

std::string with_dots(std::string text) {
  for (char& c : text) {
    if (c == ' ' || c == '-') c = '.';
  }
  return text;
}

std::string in_thai_digits(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c < '0' || c > '9') {
      out += c;
    } else {
      out += "\u0E50";
      out.back() = static_cast<char>(out.back() + (c - '0'));
    }
  }
  return out;
}

class PhonesOracleTest : public ::testing::TestWithParam<const char*> {};

TEST_P(PhonesOracleTest, FindsValidNumbersInEveryDress) {
  const char* const country = GetParam();
  testing::ValidNumbers numbers(country);
  int at_home = 0;
  int found_at_home = 0;
  for (int i = 0; i < kNumbersPerCountry; ++i) {
    OraclesNumber number;
    ASSERT_TRUE(numbers.next(number));
    const std::string e164 = formatted(number, PhoneNumberUtil::E164);
    const std::string abroad = formatted(number, PhoneNumberUtil::INTERNATIONAL);
    const std::string national = formatted(number, PhoneNumberUtil::NATIONAL);
    const std::vector<std::string> want = {e164};
    EXPECT_EQ(found_in("now " + e164 + ", ok", ""), want);
    EXPECT_EQ(found_in("โทร" + abroad + "ด่วน", ""), want) << abroad;
    EXPECT_EQ(found_in(with_dots(abroad), country), want) << abroad;
    EXPECT_EQ(found_in(in_thai_digits(abroad), country), want) << abroad;
    // What the oracle does not read as the same number, we need not find.
    OraclesNumber read;
    if (util().Parse(national, country, &read) == PhoneNumberUtil::NO_PARSING_ERROR &&
        util().IsNumberMatch(number, read) == PhoneNumberUtil::EXACT_MATCH) {
      ++at_home;
      found_at_home += found_in("call " + national + " now", country) == want ? 1 : 0;
    }
  }
  // The rest are service numbers without a trunk prefix, too short to be told from other digits.
  EXPECT_GE(found_at_home, at_home * 3 / 4) << at_home;
}

// Our table knows first digits and lengths: what is found is possible, though not always in use.
TEST_P(PhonesOracleTest, FindsOnlyPossibleNumbers) {
  const char* const country = GetParam();
  const std::string code = std::to_string(util().GetCountryCodeForRegion(country));
  std::mt19937_64 random(testing::phone_seed());
  int found = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = random() % 2 == 0 ? "tel 0" : "tel +" + code;
    for (size_t left = 5 + random() % 9; left > 0; --left) {
      text += static_cast<char>('0' + random() % 10);
      if (random() % 8 == 0) text += ' ';
    }
    for (const std::string& number : found_in(text, country)) {
      if (!number.starts_with("+" + code)) continue;
      OraclesNumber read;
      ++found;
      ASSERT_EQ(util().Parse(number, "ZZ", &read), PhoneNumberUtil::NO_PARSING_ERROR) << number;
      EXPECT_TRUE(util().IsPossibleNumber(read)) << text << ": " << number;
    }
  }
  EXPECT_GT(found, 100);
}

INSTANTIATE_TEST_SUITE_P(Countries, PhonesOracleTest, ::testing::ValuesIn(kCountries),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace sieve
#endif
