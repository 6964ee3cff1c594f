#include "match/cluster_boundary.h"

#include <gtest/gtest.h>

#include <string>

namespace sieve {
namespace {

struct BoundaryRow {
  const char* name;
  const char* before;
  const char* after;
  bool want;
};

class BoundaryTest : public ::testing::TestWithParam<BoundaryRow> {};

TEST_P(BoundaryTest, SeparatesClusters) {
  const std::string before = GetParam().before;
  EXPECT_EQ(is_cluster_boundary(before + GetParam().after, before.size()), GetParam().want);
}

constexpr BoundaryRow kBoundaries[] = {
    {"empty", "", "", true},
    {"start", "", "ก", true},
    {"start_before_mark", "", "\u0E34", true},
    {"end", "ก", "", true},
    {"ascii", "a", "b", true},
    {"thai_letters", "ก", "ข", true},
    {"thai_vowel_above", "ก", "\u0E34", false},
    {"thai_tone_after_vowel", "ก\u0E34", "\u0E49", false},
    {"thai_after_marks", "ก\u0E34\u0E49", "น", true},
    {"thai_sara_am", "น", "\u0E33", false},
    {"thai_sara_aa_is_a_letter", "น", "า", true},
    {"lao_mark", "ກ", "\u0EC8", false},
    {"khmer_coeng", "ក", "\u17D2", false},
    {"khmer_subscript", "ក\u17D2", "ក", false},
    {"burmese_vowel", "က", "\u102C", false},
    {"burmese_stacked", "က\u1039", "က", false},
    {"kana_voiced_mark", "か", "\u3099", false},
    {"han", "赢", "钱", true},
    {"variation_selector", "赢", "\uFE00", false},
    {"supplementary_variation_selector", "赢", "\U000E0100", false},
    {"latin_combining_mark", "e", "\u0301", false},
};

INSTANTIATE_TEST_SUITE_P(All, BoundaryTest, ::testing::ValuesIn(kBoundaries),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace sieve
