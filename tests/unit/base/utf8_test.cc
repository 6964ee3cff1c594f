#include "base/utf8.h"

#include <gtest/gtest.h>

namespace sieve {
namespace {

struct DecodeRow {
  const char* name;
  std::string text;
  char32_t code_point;
  uint32_t size;
  bool valid;
};
class DecodeUtf8Test : public ::testing::TestWithParam<DecodeRow> {};

TEST_P(DecodeUtf8Test, ReadsOneCharacter) {
  const DecodeRow& row = GetParam();
  const Utf8Char got = decode_utf8(row.text, 0);
  EXPECT_EQ(got.code_point, row.code_point);
  EXPECT_EQ(got.size, row.size);
  EXPECT_EQ(got.valid, row.valid);
  EXPECT_EQ(is_valid_utf8(row.text), row.valid);
}

const DecodeRow kDecodeRows[] = {
    {"Nul", std::string(1, '\0'), 0, 1, true},
    {"AsciiMaximum", "\x7F", 0x7F, 1, true},
    {"TwoBytesMinimum", "\xC2\x80", 0x80, 2, true},
    {"TwoBytesMaximum", "\xDF\xBF", 0x7FF, 2, true},
    {"ThreeBytesMinimum", "\xE0\xA0\x80", 0x800, 3, true},
    {"BeforeSurrogates", "\xED\x9F\xBF", 0xD7FF, 3, true},
    {"AfterSurrogates", "\xEE\x80\x80", 0xE000, 3, true},
    {"ThreeBytesMaximum", "\xEF\xBF\xBF", 0xFFFF, 3, true},
    {"FourBytesMinimum", "\xF0\x90\x80\x80", 0x10000, 4, true},
    {"FourBytesMaximum", "\xF4\x8F\xBF\xBF", 0x10FFFF, 4, true},
    {"AboveMaximum", "\xF4\x90\x80\x80", 0xFFFD, 1, false},
    {"OverlongTwo", "\xC0\x80", 0xFFFD, 1, false},
    {"OverlongThree", "\xE0\x9F\xBF", 0xFFFD, 1, false},
    {"OverlongFour", "\xF0\x8F\xBF\xBF", 0xFFFD, 1, false},
    {"Surrogate", "\xED\xA0\x80", 0xFFFD, 1, false},
    {"LoneTail", "\x80", 0xFFFD, 1, false},
    {"CutAfterOne", "\xE0", 0xFFFD, 1, false},
    {"CutAfterTwo", "\xE0\xA0", 0xFFFD, 2, false},
    {"CutAfterThree", "\xF0\x90\x80", 0xFFFD, 3, false},
    {"LeadThenAscii", "\xE0\xA0x", 0xFFFD, 2, false},
    {"NeverALead", "\xFF", 0xFFFD, 1, false},
};
INSTANTIATE_TEST_SUITE_P(Rows, DecodeUtf8Test, ::testing::ValuesIn(kDecodeRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(AppendUtf8Test, ReadsBackForEveryScalarValue) {
  std::string text;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    text.clear();
    append_utf8(text, c);
    const Utf8Char got = decode_utf8(text, 0);
    ASSERT_TRUE(got.valid);
    ASSERT_EQ(got.code_point, c);
    ASSERT_EQ(got.size, text.size());
  }
}

TEST(AppendUtf8DeathTest, RefusesWhatIsNoScalarValue) {
  std::string text;
  EXPECT_DEATH(append_utf8(text, 0xD800), "0xd800");
  EXPECT_DEATH(append_utf8(text, 0x110000), "0x110000");
}

TEST(CountCharsTest, CountsAnInvalidSequenceOnce) {
  EXPECT_EQ(count_chars(""), 0U);
  EXPECT_EQ(count_chars("a"), 1U);
  EXPECT_EQ(count_chars("ที่"), 3U);
  EXPECT_EQ(count_chars("a\xFF"
                        "b"),
            3U);
  EXPECT_EQ(count_chars("\xF0\x90\x80"), 1U);
}

TEST(IsAsciiTest, LooksAtEveryByte) {
  EXPECT_TRUE(is_ascii(""));
  EXPECT_TRUE(is_ascii("a\x7F"));
  EXPECT_FALSE(is_ascii("aaaaaaaaaaaaaaaaa\x80"));
  EXPECT_FALSE(is_ascii("\xE0\xB8\x81 first"));
}

}  // namespace
}  // namespace sieve
