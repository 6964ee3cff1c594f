#include "match/regex_weakness.h"

#include <gtest/gtest.h>

namespace sieve {
namespace {

using Kind = RegexWeakness::Kind;

struct Row {
  const char* name;
  const char* regex;
  std::optional<Kind> want;
};

class RegexWeaknessTest : public ::testing::TestWithParam<Row> {};

TEST_P(RegexWeaknessTest, IsToldFromTheExpression) {
  const auto weakness = weakness_of(GetParam().regex);
  ASSERT_EQ(weakness.has_value(), GetParam().want.has_value());
  if (!weakness) return;
  EXPECT_EQ(weakness->kind, *GetParam().want);
}

const Row kRows[] = {
    {"a_word", "fee", std::nullopt},
    {"a_word_after_a_class", "[0-9]{3,6} ?baht", std::nullopt},
    {"one_of_two_words", "[0-9]{3,6} ?(?:baht|usd)", std::nullopt},
    {"words_around_a_gap", "parcel.{0,40}fee", std::nullopt},
    {"a_long_word_and_a_short_one", "parcel.*d", std::nullopt},
    {"three_thai_letters", "[0-9]+ไลน", std::nullopt},
    {"leading_gap", ".*free", std::nullopt},
    {"two_letters", "ab", Kind::kNoLiteral},
    {"two_thai_letters", "[0-9]+ไล", Kind::kNoLiteral},
    {"two_letters_or_a_word", "ab|parcel", Kind::kNoLiteral},
    {"gap_between_short_words", "ab.*cd", Kind::kNoLiteral},
    {"classes", "[a-z]{2,6}[0-9]{2,4}", Kind::kNoLiteral},
    {"digits", "\\d{4}", Kind::kNoLiteral},
    {"an_optional_word", "(?:parcel)?[0-9]", Kind::kNoLiteral},
    {"anything", ".", Kind::kNoLiteral},
    {"large_bounds", "parcel.{0,300}fee", Kind::kLarge},
    {"many_repeats", "parcel(?:[a-z]{1,9} ){60}", Kind::kLarge},
    {"large_and_without_a_word", "a.{0,300}b", Kind::kNoLiteral},
};

INSTANTIATE_TEST_SUITE_P(All, RegexWeaknessTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace sieve
