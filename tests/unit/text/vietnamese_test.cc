#include "text/vietnamese.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/utf8.h"

namespace sieve {
namespace {

struct VietnameseRow {
  const char* name;
  const char* phrase;
  const char* bare;
  const char* first;   // The tones of oa, oe, uy on the first letter,
  const char* second;  // and on the second.
  bool is_long;
};

void PrintTo(const VietnameseRow& row, std::ostream* out) { *out << row.name; }

class VietnameseTest : public ::testing::TestWithParam<VietnameseRow> {};

TEST_P(VietnameseTest, WritesThePhraseInOtherWays) {
  const VietnameseRow& row = GetParam();
  EXPECT_EQ(without_diacritics(row.phrase), row.bare);
  EXPECT_EQ(with_tones(row.phrase, TonePlace::kFirst), row.first);
  EXPECT_EQ(with_tones(row.phrase, TonePlace::kSecond), row.second);
  EXPECT_EQ(is_long_vietnamese(row.phrase), row.is_long);
}

constexpr VietnameseRow kRows[] = {
    {"empty", "", "", "", "", false},
    {"ascii", "free gift now", "free gift now", "free gift now", "free gift now", false},
    {"two_words", "quà tặng lớn", "qua tang lon", "quà tặng lớn", "quà tặng lớn", true},
    {"seven_letters", "đầu tiên", "dau tien", "đầu tiên", "đầu tiên", true},
    {"six_letters", "hạnh mi", "hanh mi", "hạnh mi", "hạnh mi", false},
    {"one_word", "nghiêngngả", "nghiengnga", "nghiêngngả", "nghiêngngả", false},
    {"french", "été à la plage", "ete a la plage", "été à la plage", "été à la plage", false},
    {"every_mark", "ằ ỗ ự ỵ đ ữ", "a o u y d u", "ằ ỗ ự ỵ đ ữ", "ằ ỗ ự ỵ đ ữ", false},
    {"old_place", "hòa", "hoa", "hòa", "hoà", false},
    {"new_place", "thuỷ", "thuy", "thủy", "thuỷ", false},
    {"both_places", "khoẻ hóa", "khoe hoa", "khỏe hóa", "khoẻ hoá", true},
    {"qu_is_a_consonant", "quý", "quy", "quý", "quý", false},
    {"a_final_consonant", "hoàn", "hoan", "hoàn", "hoàn", false},
    {"no_tone", "hoa tuy", "hoa tuy", "hoa tuy", "hoa tuy", false},
    {"thai", "ตลาดนัด", "ตลาดนัด", "ตลาดนัด", "ตลาดนัด", false},
};

INSTANTIATE_TEST_SUITE_P(All, VietnameseTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST(VietnameseLettersTest, WhatHasNoDiacriticsIsSaidToHaveNone) {
  size_t changed = 0;
  for (char32_t c = 0x20; c < 0x3000; ++c) {
    std::string text;
    append_utf8(text, c);
    if (without_diacritics(text) == text) continue;
    ++changed;
    EXPECT_TRUE(may_have_diacritics(text)) << static_cast<uint32_t>(c);
  }
  EXPECT_GT(changed, 100U);
  EXPECT_FALSE(may_have_diacritics("plain, \xE0\xB8\xAA\xE0\xB8\xA5 \xE4\xB8\xAD"));
  EXPECT_FALSE(may_have_diacritics("\xE1"));
}

}  // namespace
}  // namespace sieve
