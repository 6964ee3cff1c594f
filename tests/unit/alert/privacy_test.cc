#include "alert/privacy.h"

#include <gtest/gtest.h>

namespace sieve {
namespace {

struct MaskCase {
  std::string name;
  std::string input;
  std::string want;
};

class MaskNumberTest : public ::testing::TestWithParam<MaskCase> {};

TEST_P(MaskNumberTest, ShowsTheEndsOnly) {
  EXPECT_EQ(mask_number(GetParam().input), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, MaskNumberTest,
    ::testing::Values(MaskCase{"Empty", "", ""},
                      MaskCase{"International", "+66812345678", "+6681****678"},
                      MaskCase{"Longest", "+123456789012345", "+1234********345"},
                      MaskCase{"National", "0812345678", "0812***678"},
                      MaskCase{"WithSeparators", "081-234 5678", "081-2** *678"},
                      MaskCase{"WithBrackets", "(02) 123.45.67", "(02) ***.**.67"},
                      MaskCase{"TenDigits", "1234567890", "1234***890"},
                      MaskCase{"NineDigits", "123456789", "12*****89"},
                      MaskCase{"SevenDigits", "1234567", "12***67"},
                      MaskCase{"SixDigitsAreAShortCode", "123456", "123456"},
                      MaskCase{"ShortCode", "4567", "4567"},
                      MaskCase{"SenderId", "DEMOBANK", "DEMOBANK"},
                      MaskCase{"SenderIdWithDigits", "BANK24", "BANK24"},
                      MaskCase{"SenderIdWithNumber", "tel:0812345678", "tel:********78"},
                      MaskCase{"ThaiDigits", "๐๘๑๒๓๔๕๖๗๘", "********๗๘"},
                      MaskCase{"Imei", "490154203237518", "4901********518"},
                      MaskCase{"Mail", "jane.doe@mail.example", "j***@mail.example"},
                      MaskCase{"MailOfThaiLetters", "กข@mail.example", "ก***@mail.example"},
                      MaskCase{"NothingBeforeAt", "@someone", "***@someone"},
                      MaskCase{"InvalidUtf8", "\xff\xfe", "\xff\xfe"}),
    [](const auto& param_info) { return param_info.param.name; });

class MaskDigitsTest : public ::testing::TestWithParam<MaskCase> {};

TEST_P(MaskDigitsTest, KeepsTheLastTwoOfLongRuns) {
  EXPECT_EQ(mask_digits(GetParam().input), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, MaskDigitsTest,
    ::testing::Values(
        MaskCase{"Empty", "", ""}, MaskCase{"NoDigits", "claim your prize", "claim your prize"},
        MaskCase{"OneDigit", "7", "7"}, MaskCase{"ThreeDigits", "win 100 now", "win 100 now"},
        MaskCase{"FourDigits", "pin 1234.", "pin **34."},
        MaskCase{"Code", "your code is 482913", "your code is ****13"},
        MaskCase{"TwoRuns", "1234 and 5678", "**34 and **78"},
        MaskCase{"CardInGroups", "4111 1111 1111 1234", "**** **** **** **34"},
        MaskCase{"AccountWithHyphens", "123-4-56789-0", "***-*-****9-0"},
        MaskCase{"SpacedOutCode", "4 8 2 9 1 3", "* * * * 1 3"},
        MaskCase{"ThreeSeparators", "12 - 34", "12 - 34"},
        MaskCase{"TwoSpaces", "12  34", "**  34"},
        MaskCase{"ZeroWidthBetween", "12\u200B34\u200D56", "**\u200B**\u200D56"},
        MaskCase{"NoBreakSpaces", "12\u00A034", "**\u00A034"},
        MaskCase{"ThaiDigits", "รหัส ๑๒๓๔๕๖", "รหัส ****๕๖"}, MaskCase{"LaoDigits", "໑໒໓໔", "**໓໔"},
        MaskCase{"FullWidth", "１２３４", "**３４"}, MaskCase{"Mathematical", "𝟏𝟐𝟑𝟒", "**𝟑𝟒"},
        MaskCase{"Circled", "①②③④⑤", "***④⑤"}, MaskCase{"MixedScripts", "1๒３4", "**３4"},
        MaskCase{"Amount", "USD 1,999.00", "USD 1,999.00"},
        MaskCase{"GluedToLetters", "G-482913ok", "G-****13ok"},
        MaskCase{"InvalidUtf8Between",
                 "12\xff"
                 "34",
                 "12\xff"
                 "34"},
        MaskCase{"InvalidUtf8Around",
                 "\xff"
                 "1234\xe0\xb8",
                 "\xff"
                 "**34\xe0\xb8"}),
    [](const auto& param_info) { return param_info.param.name; });

TEST(MaskDigitsTest, HidesEveryLengthOfRun) {
  for (size_t length = 4; length < 200; ++length) {
    const std::string masked = mask_digits("a" + std::string(length, '7') + "b");
    EXPECT_EQ(masked, "a" + std::string(length - 2, '*') + "77b");
  }
}

}  // namespace
}  // namespace sieve
