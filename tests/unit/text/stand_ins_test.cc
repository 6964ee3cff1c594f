// Which texts are looked at for stand-ins, and which phrases can be.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/limits.h"
#include "text/fold.h"
#include "text/leet.h"
#include "text/thai_shapes.h"

namespace sieve {
namespace {

struct LeetWordRow {
  const char* name;
  const char* text;
  bool want;
};

void PrintTo(const LeetWordRow& row, std::ostream* out) { *out << row.name; }

class LeetWordTest : public ::testing::TestWithParam<LeetWordRow> {};

TEST_P(LeetWordTest, FindsWordsWithStandIns) {
  ShapeFilter words;
  for (const std::string_view phrase :
       {"jackpot", "deposit now", "usaha", "info", "depot", "hymnall", "hymnalll"}) {
    add_leet_words(phrase, words);
  }
  words.finish();
  Folder folder;
  EXPECT_EQ(has_leet_word(folder.fold(GetParam().text).text, words), GetParam().want);
}

const std::string kLongWord = std::string(limits::kTextBytesMax - 9, 'a') + "1 jackp0t";

const std::string kAcrossBlocks = std::string(62, '.') + " 1nfo";  // The 1 ends a block.

const LeetWordRow kLeetWords[] = {
    {"empty", "", false},
    {"as_they_are", "jackpot deposit now info", false},
    {"another_word", "parcel 24jam 7h3 5tore a@b.example", false},
    {"digit", "a jackp0t now", true},
    {"digit_first", "1nfo", true},
    {"of_two_words", "n0w", true},
    {"across_blocks", kAcrossBlocks.c_str(), true},
    {"sign", "depos!t", true},
    {"sign_before_a_digit", "hymna!1", true},
    {"two_signs_before_a_digit", "hymna!!1", true},
    {"sign_first", "!nfo", true},
    {"strong_sign_last", "usah@ kita", true},
    {"sign_between_words", "jackp0t|depo", true},
    {"sign_apart", "jackpot !", false},
    {"no_letter_is_touched", "1 n f 0", false},
    {"next_to_thai", "ไปdep0tกัน", true},
    {"in_a_longer_word", "dep0ts", false},
    {"after_the_longest_word", kLongWord.c_str(), true},
};

INSTANTIATE_TEST_SUITE_P(All, LeetWordTest, ::testing::ValuesIn(kLeetWords),
                         [](const auto& row) { return row.param.name; });

struct ShownRow {
  const char* name;
  const char* text;
  bool want;
};

void PrintTo(const ShownRow& row, std::ostream* out) { *out << row.name; }

class ThaiShownTest : public ::testing::TestWithParam<ShownRow> {};

TEST_P(ThaiShownTest, SaysWhetherTheTextShowsTheTrick) {
  Folder folder;
  EXPECT_EQ(shows_thai_shapes(folder.fold(GetParam().text)), GetParam().want);
}

constexpr ShownRow kShown[] = {
    {"empty", "", false},
    {"latin", "Your parcel 10 is at the depot", false},
    {"thai", "พัสดุของท่านถึงแล้ว", false},
    {"with_numbers", "ยอด 500บาท เหลือ5วัน", false},
    {"with_words", "เปิดแอปdemobankเพื่อดู", false},
    {"latin_letter", "ร้าuอาหาร", true},
    {"capital_at_the_end", "ร้านU", true},
    {"another_letter", "ร้านcอาหาร", false},
    {"three_letters", "บauoท", true},
    {"four_letters", "บauouท", false},
    {"zero_between", "ร้าน0าหาร", true},
    {"one_before", "ที่ 1วัน", false},
    {"bar_between", "ไป|มือง", true},
    {"tone_on_its_letter", "โต๊ะ เจ๊ จ๋า", false},
    {"tone_after_a_vowel_on_its_letter", "ปี๊บ", false},
    {"tone_on_another_letter", "ค๊ะ", true},
    {"tone_on_nothing", "a \u0E4A", true},
    {"letters_apart", "ร ฟ s ร า", true},
    {"latin_letters_apart", "f r e e", false},
    {"beyond_ascii", "é1é ü|ü 赢u赢", false},
};

INSTANTIATE_TEST_SUITE_P(All, ThaiShownTest, ::testing::ValuesIn(kShown),
                         [](const auto& row) { return row.param.name; });

struct LettersRow {
  const char* name;
  const char* phrase;
  size_t leet;
  size_t thai;
};

void PrintTo(const LettersRow& row, std::ostream* out) { *out << row.name; }

class LettersTest : public ::testing::TestWithParam<LettersRow> {};

TEST_P(LettersTest, CountsThoseThatOthersMayStandFor) {
  const std::string_view phrase = GetParam().phrase;
  EXPECT_EQ(leet_letters(phrase), GetParam().leet);
  EXPECT_EQ(leet_shapes(phrase).empty(), GetParam().leet < kShapedLettersMin);
  EXPECT_EQ(thai_letters(phrase), GetParam().thai);
  EXPECT_EQ(thai_shapes(phrase).empty(), GetParam().thai < kShapedLettersMin);
}

constexpr LettersRow kLetters[] = {
    {"empty", "", 0, 0},
    {"one", "a", 1, 0},
    {"three", "win", 3, 0},
    {"four", "slot", 4, 0},
    {"two_words", "free spin", 8, 0},
    {"with_digits", "win 88", 3, 0},
    {"without_stand_ins", "pump hymn", 0, 0},
    {"beyond_ascii", "đủ tiền", 3, 0},
    {"thai_three_and_a_mark", "เว็บ", 0, 3},
    {"thai_four", "ตลาด", 0, 4},
    {"thai_and_latin", "ตลาด online", 0, 0},
    {"han", "赢钱 slot", 0, 0},
};

INSTANTIATE_TEST_SUITE_P(All, LettersTest, ::testing::ValuesIn(kLetters),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace sieve
