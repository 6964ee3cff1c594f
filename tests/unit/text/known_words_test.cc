#include "text/known_words.h"

#include <gtest/gtest.h>

#include <string>

namespace sieve {
namespace {

KnownWords words() {
  KnownWords known;
  known.add_phrase("free spins");
  known.add_phrase("your parcel is on hold");
  known.add_phrase("nạp tiền");
  known.add_phrase("code");
  known.add_phrase("slot88");
  known.add_phrase("ฟรี bonus");
  known.add_phrase("alt");
  known.add_phrase("ait");
  return known;
}

TEST(KnownWordsTest, HasTheWordsOfPhrases) {
  const KnownWords known = words();
  EXPECT_TRUE(known.contains("free"));
  EXPECT_TRUE(known.contains("hold"));
  EXPECT_TRUE(known.contains("tiền"));
  EXPECT_TRUE(known.contains("bonus"));
  EXPECT_FALSE(known.contains("free spins"));
  EXPECT_FALSE(known.contains("ฟรี")) << "which is written without spaces";
  EXPECT_FALSE(known.contains(""));
}

TEST(KnownWordsTest, HashesOfPiecesMakeTheHashOfTheWord) {
  const KnownWords known = words();
  PieceHash whole;
  for (const char c : std::string_view("spins")) whole.add(c);
  PieceHash left;
  left.add('s');
  left.add('p');
  PieceHash right;
  for (const char c : std::string_view("ins")) right.add(c);
  left.append(right);
  EXPECT_EQ(left.value, whole.value);
  EXPECT_TRUE(known.may_contain(left));
}

TEST(KnownWordsTest, DigitsStandForLetters) {
  struct Case {
    std::string_view token;
    std::string_view word;  // Empty: none.
  };
  constexpr Case kCases[] = {
      {"fr33", "free"},   {"5p1n5", "spins"}, {"h0ld", "hold"}, {"c0de", "code"},
      {"4lt", "alt"},     {"a1t", "ait"},     {"n4p", ""},      {"b0nu5", "bonus"},
      {"b0nus", "bonus"}, {"bonus", ""},      {"code5", ""},    {"free100", ""},
      {"100", ""},        {"slot88", ""},     {"51ot88", ""},   {"parce1", "parcel"},
      {"p4rce7", ""},     {"1s", ""},         {"ti3n", ""},     {"", ""},
  };
  const KnownWords known = words();
  for (const Case& c : kCases) {
    EXPECT_EQ(known.word_with_digits(c.token).value_or(""), c.word) << c.token;
  }
}

TEST(KnownWordsTest, ANumberWithLettersBehindIsNoWord) {
  KnownWords known;
  known.add_phrase("look");
  known.add_phrase("isth");
  EXPECT_FALSE(known.word_with_digits("100k"));
  EXPECT_FALSE(known.word_with_digits("15th"));
  EXPECT_EQ(known.word_with_digits("l00k"), "look");
}

TEST(KnownWordsTest, TheWordDoesNotDependOnTheOrderOfPhrases) {
  for (const bool reversed : {false, true}) {
    KnownWords known;
    known.add_phrase(reversed ? "last" : "iast");
    known.add_phrase(reversed ? "iast" : "last");
    EXPECT_EQ(known.word_with_digits("1ast"), "iast");
  }
}

}  // namespace
}  // namespace sieve
