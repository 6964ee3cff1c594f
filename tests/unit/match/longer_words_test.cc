// not_in: a phrase does not count inside of longer words that are named.
#include "match/longer_words.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "match/scanner.h"

namespace sieve {
namespace {

struct LongerRow {
  const char* name;
  const char* phrase;
  std::vector<std::string> not_in;
  const char* text;
  bool fires;
};
void PrintTo(const LongerRow& row, std::ostream* out) { *out << row.name; }

std::shared_ptr<const PatternDb> db_of(const LongerRow& row, View view) {
  PatternDbBuilder builder;
  std::vector<std::string> not_in;
  for (const std::string& word : row.not_in) not_in.push_back(fold_literal(word, view));
  builder.add({PatternKind::kWords, view, fold_literal(row.phrase, view), not_in});
  return *std::move(builder).build({});
}

bool fires(const LongerRow& row, View view = View::kWords) {
  const auto db = db_of(row, view);
  Scanner scanner(db);
  FiredPatterns fired;
  fired.resize(db->pattern_count());
  Folder folder;
  scanner.scan(folder.fold(row.text), fired);
  return !fired.all().empty();
}

class LongerWordsTest : public ::testing::TestWithParam<LongerRow> {};

TEST_P(LongerWordsTest, FiresOnlyOutsideOfThem) { EXPECT_EQ(fires(GetParam()), GetParam().fires); }

INSTANTIATE_TEST_SUITE_P(
    Rows, LongerWordsTest,
    ::testing::Values(
        LongerRow{"Alone", "มาก", {"มากมาย"}, "ดีมาก", true},
        LongerRow{"InTheLongerWord", "มาก", {"มากมาย"}, "มีมากมาย", false},
        LongerRow{"BothPlaces", "มาก", {"มากมาย"}, "มากมายและดีมาก", true},
        LongerRow{"TwiceInTheLongerWord", "ตา", {"ตาตา"}, "ตาตา", false},
        LongerRow{"AtTheEndOfTheLongerWord", "หมา", {"ลูกหมา"}, "เลี้ยงลูกหมา", false},
        LongerRow{"PartOfTheLongerWordOnly", "หมา", {"ลูกหมา"}, "ถูกหมากัด", true},
        LongerRow{"Chinese", "彩票", {"彩票店"}, "去彩票店", false},
        LongerRow{"WordsWithSpaces", "credit", {"credit card"}, "your credit card", false},
        LongerRow{"ALongerWordHasEnds", "credit", {"credit card"}, "your credit cards", true},
        LongerRow{"AtEitherEndOfTheText", "card", {"card", "credit card"}, "credit card", false},
        LongerRow{"SeveralLongerWords", "card", {"sim card", "id card"}, "an id card", false},
        LongerRow{"NoneOfThem", "card", {"sim card", "id card"}, "a gift card", true}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(LongerWordsSqueezedTest, HoldsForLettersWrittenApart) {
  const LongerRow row{"", "jackpot", {"jackpotcity"}, "", false};
  EXPECT_TRUE(fires({"", row.phrase, row.not_in, "a j a c k p o t now", true}, View::kSqueezed));
  EXPECT_FALSE(
      fires({"", row.phrase, row.not_in, "a j a c k p o t c i t y x", true}, View::kSqueezed));
}

// Equal to striking out every occurrence of the longer words by hand.
TEST(LongerWordsPropertyTest, EqualsLookingAtEachOccurrence) {
  std::mt19937_64 random(7);
  const auto word = [&](size_t size) {
    std::string out;
    for (; size > 0; --size) out += std::array{"ก", "ข", "ค"}[random() % 3];
    return out;
  };
  for (int round = 0; round < 3'000; ++round) {
    const std::string phrase = word(1 + random() % 2);
    std::vector<std::string> longer;
    for (size_t i = random() % 3; i > 0; --i)
      longer.push_back(word(random() % 2) + phrase + word(1));
    const std::string text = word(12);
    bool want = false;
    for (size_t at = text.find(phrase); at != std::string::npos; at = text.find(phrase, at + 1)) {
      bool inside = false;
      for (const std::string& l : longer) {
        for (size_t begin = text.find(l); begin != std::string::npos;
             begin = text.find(l, begin + 1)) {
          for (size_t k = l.find(phrase); k != std::string::npos; k = l.find(phrase, k + 1)) {
            inside |= begin + k == at;
          }
        }
      }
      want |= !inside;
    }
    ASSERT_EQ(fires({"", phrase.c_str(), longer, text.c_str(), want}), want)
        << phrase << " in " << text << " round " << round;
  }
}

}  // namespace
}  // namespace sieve
