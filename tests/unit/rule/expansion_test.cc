#include "rule/expansion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rule/parse.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> ways(std::string_view phrase, const Expansions& expansions) {
  std::vector<std::string> out;
  for (const ExpandedPhrase& way : expand_phrase(phrase, expansions)) {
    out.push_back(std::string(name_of(way.view)) + ":" + way.text);
  }
  return out;
}

// What is not about letters written apart leaves these out.
constexpr Expansions kUnasked{.apart = false};
constexpr Expansions kNone{.vietnamese = false, .apart = false};
constexpr Expansions kLeet{.leet = true, .apart = false};
constexpr Expansions kThai{.thai = true, .apart = false};
constexpr Expansions kDiacritics{.diacritics = true, .apart = false};
constexpr Expansions kAll{.leet = true, .thai = true, .diacritics = true, .apart = false};

TEST(ExpandPhraseTest, LongVietnameseIsExpandedUnasked) {
  EXPECT_THAT(ways("quà tặng lớn", kUnasked),
              ElementsAre("words:quà tặng lớn", "words:qua tang lon"));
  EXPECT_THAT(ways("quà tặng lớn", kNone), ElementsAre("words:quà tặng lớn"));
  EXPECT_THAT(ways("tặng", kUnasked), ElementsAre("words:tặng"));
  EXPECT_THAT(ways("tặng", kDiacritics), ElementsAre("words:tặng", "words:tang"));
  EXPECT_THAT(ways("hoà", kUnasked), ElementsAre("words:hoà", "words:hòa"));
  EXPECT_THAT(ways("hoà", kNone), ElementsAre("words:hoà"));
}

TEST(ExpandPhraseTest, StandInsAreExpandedOnRequest) {
  EXPECT_THAT(ways("free spins", kUnasked), ElementsAre("words:free spins"));
  EXPECT_THAT(ways("free spins", kThai), ElementsAre("words:free spins"));
  EXPECT_THAT(ways("free spins", kLeet), ElementsAre("words:free spins", "leet:free spins"));
  EXPECT_THAT(ways("win", kLeet), ElementsAre("words:win"));
  EXPECT_THAT(ways("ตลาดนัด", kLeet), ElementsAre("words:ตลาดนัด"));
  EXPECT_THAT(ways("ตลาดนัด", kThai), ElementsAre("words:ตลาดนัด", "thai:ตลาดนัด"));
}

TEST(ExpandPhraseTest, EverySpellingIsExpanded) {
  EXPECT_THAT(ways("tặng thuỷ", kAll),
              ElementsAre("words:tặng thuỷ", "words:tặng thủy", "words:tang thuy", "leet:tặng thuỷ",
                          "leet:tặng thủy", "leet:tang thuy"));
}

TEST(ExpandPhraseTest, LettersAreLookedForApartUnasked) {
  EXPECT_THAT(ways("free spins", {}), ElementsAre("words:free spins", "squeezed:freespins"));
  EXPECT_THAT(ways("slot", {}), ElementsAre("words:slot"));
  EXPECT_THAT(ways("tặng quà", {}), ElementsAre("words:tặng quà", "words:tang qua",
                                                "squeezed:tặngquà", "squeezed:tangqua"));
}

// The expansions of the patterns of a rule with this file, in the order of the file.
std::vector<std::vector<bool>> parsed(const std::string& file_key,
                                      const std::vector<std::string>& pattern_keys) {
  std::string text = "format: 1\nnamespace: demo\n" + file_key +
                     "rules:\n  - id: R\n    title: t\n    class: c\n    score: 1\n    patterns:\n";
  std::string condition;
  for (size_t i = 0; i < pattern_keys.size(); ++i) {
    const std::string name = "p" + std::to_string(i);
    text += "      " + name + ": { words: jackpot" + name + pattern_keys[i] + " }\n";
    condition += (i > 0 ? " or " : "") + name;
  }
  text += "    condition: " + condition + "\n";
  Diagnostics diagnostics;
  const RuleFile file = parse_rule_file("f", text, diagnostics);
  std::vector<std::vector<bool>> out;
  for (const PatternDef& pattern : file.rules.at(0).patterns) {
    const Expansions& e = pattern.expansions;
    out.push_back({e.leet, e.thai, e.diacritics, e.vietnamese, e.apart});
  }
  return out;
}

TEST(ParseExpansionsTest, APatternsOwnKeyWins) {
  const std::vector<bool> leet = {true, false, false, true, true};
  const std::vector<bool> thai = {false, true, false, true, true};
  const std::vector<bool> none = {false, false, false, false, false};
  const std::vector<bool> unasked = {false, false, false, true, true};
  EXPECT_THAT(parsed("", {"", ", expand: [leet]", ", expand: []"}),
              ElementsAre(unasked, leet, none));
  EXPECT_THAT(parsed("expand: [leet]\n", {"", ", expand: [thai]", ", expand: []"}),
              ElementsAre(leet, thai, none));
  EXPECT_THAT(parsed("expand: []\n", {"", ", expand: [leet]"}), ElementsAre(none, leet));
}

}  // namespace
}  // namespace sieve
