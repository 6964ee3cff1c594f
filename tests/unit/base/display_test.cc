#include "base/display.h"

#include <gtest/gtest.h>

namespace sieve {
namespace {

TEST(DisplayTest, KnowsWhatCannotBeSeen) {
  for (const char32_t c : {0x00, 0x0B, 0x0D, 0x1F, 0x7F, 0x85, 0xA0, 0xAD, 0x200B, 0x202E, 0x2028,
                           0x3164, 0xFEFF, 0xE0041, 0xE0FFF}) {
    EXPECT_TRUE(is_hidden_char(c)) << static_cast<uint32_t>(c);
  }
  for (const char32_t c :
       {0x09, 0x0A, 0x20, 0x7E, 0xA1, 0xE01, 0xE33, 0x200A, 0x3000, 0xFE0F, 0x1F600, 0xE1000}) {
    EXPECT_FALSE(is_hidden_char(c)) << static_cast<uint32_t>(c);
  }
}

TEST(DisplayTest, CountsCells) {
  EXPECT_EQ(display_width('a'), 1);
  EXPECT_EQ(display_width(0xE01), 1);   // Thai KO KAI.
  EXPECT_EQ(display_width(0xE33), 1);   // Thai SARA AM, a letter of its own.
  EXPECT_EQ(display_width(0xE48), 0);   // Thai MAI EK.
  EXPECT_EQ(display_width(0x301), 0);   // Combining acute accent.
  EXPECT_EQ(display_width(0x4E2D), 2);  // Han.
  EXPECT_EQ(display_width(0x1F600), 2);
}

TEST(DisplayTest, FillsCells) {
  EXPECT_EQ(in_cells("", 4), "    ");
  EXPECT_EQ(in_cells("abc", 4), "abc ");
  EXPECT_EQ(in_cells("abcd", 4), "abcd");
  EXPECT_EQ(in_cells("abcde", 4), "a...");
  EXPECT_EQ(in_cells("\u4E2D\u4E2D", 4), "\u4E2D\u4E2D");
  EXPECT_EQ(in_cells("\u4E2D\u4E2D\u4E2D", 5), "\u4E2D...");
  EXPECT_EQ(in_cells("\u4E2D\u4E2D\u4E2D", 4), "... ");  // Half a character is left over.
}

TEST(DisplayTest, ShowsWhatCannotBeSeenByItsNumber) {
  EXPECT_EQ(visible("a b\u0E01"), "a b\u0E01");
  EXPECT_EQ(visible("a\u200Bb\n"), "a\\u{200B}b\\u{A}");
  EXPECT_EQ(visible("\x1B[2J"), "\\u{1B}[2J");
  EXPECT_EQ(visible("a\xFF"), "a\\x{FF}");
}

}  // namespace
}  // namespace sieve
