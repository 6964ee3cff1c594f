#include "traffic/options.h"

#include <gtest/gtest.h>

#include <string>

namespace sieve::traffic {
namespace {

struct DialCase {
  std::string name;
  std::string input;
  std::string want;  // The error.
};

class BadDialTest : public ::testing::TestWithParam<DialCase> {};

INSTANTIATE_TEST_SUITE_P(
    Dials, BadDialTest,
    ::testing::Values(
        DialCase{"Empty", "", "`` is not NAME=VALUE"},
        DialCase{"NoValue", "stealth", "`stealth` is not NAME=VALUE"},
        DialCase{"EmptyValue", "stealth=", "`stealth` must be a number from 0 to 1"},
        DialCase{"Unknown", "courage=1", "no dial is called `courage`; see --help"},
        DialCase{"NotANumber", "stealth=much", "`stealth` must be a number from 0 to 1"},
        DialCase{"MoreThanANumber", "stealth=1x", "`stealth` must be a number from 0 to 1"},
        DialCase{"NoNumberAtAll", "stealth=nan", "`stealth` must be a number from 0 to 1"},
        DialCase{"BelowMinimum", "farm.sims=0", "`farm.sims` must be a number from 1 to 1000"},
        DialCase{"AboveMaximum", "farm.sims=1001", "`farm.sims` must be a number from 1 to 1000"}),
    [](const auto& row) { return row.param.name; });

TEST_P(BadDialTest, IsRefusedWithTheReason) {
  Dials dials;
  const auto set = dials.set(GetParam().input);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error(), GetParam().want);
}

TEST(DialsTest, TakeTheirBounds) {
  Dials dials;
  ASSERT_TRUE(dials.set("farm.sims=1000"));
  EXPECT_EQ(dials.whole(Dial::kFarmSims), 1'000u);
  ASSERT_TRUE(dials.set("farm.sims=1"));
  EXPECT_EQ(dials.whole(Dial::kFarmSims), 1u);
}

TEST(DialsTest, KeepWhatWasSetAndResolveTheRest) {
  Dials dials;
  ASSERT_TRUE(dials.set("dialler.count=0"));
  dials.resolve(1'000'000, {600'000});
  EXPECT_EQ(dials.whole(Dial::kDiallerCount), 0u);
  EXPECT_EQ(dials.whole(Dial::kCompoundCount), 10u);
}

TEST(DialsTest, PlantBehavioursOfADayInRunsOfHalfADayOrMore) {
  constexpr int64_t kHalfADayMs = 12 * 3'600'000;
  Dials brief, long_enough;
  brief.resolve(1'000'000, {kHalfADayMs - 1});
  long_enough.resolve(1'000'000, {kHalfADayMs});
  for (const Dial dial : {Dial::kManyCallees, Dial::kMessageFanOutDays}) {
    EXPECT_EQ(brief.whole(dial), 0u);
    EXPECT_EQ(long_enough.whole(dial), 20u);
  }
  EXPECT_EQ(brief[Dial::kLookAlikeShare], 0);
  EXPECT_EQ(long_enough[Dial::kLookAlikeShare], 1);
}

TEST(LanguagesTest, AreRestrictedToTheList) {
  Options options;
  ASSERT_TRUE(restrict_languages("th", options));
  EXPECT_EQ(options.scam_langs, (LangWeights{60, 0, 0, 0, 0, 0}));
}

TEST(LanguagesTest, AreRefusedWhenUnknown) {
  for (const std::string list : {"", "xx", "th,", "th,,en"}) {
    Options options;
    EXPECT_FALSE(restrict_languages(list, options)) << list;
    EXPECT_FALSE(keep_only_honest(list, options)) << list;
  }
}

TEST(LanguagesTest, AreAsFrequentAsEachOtherWhenOnlyHonest) {
  Options options;
  ASSERT_TRUE(keep_only_honest("zh,tl", options));
  EXPECT_EQ(options.legit_langs, (LangWeights{0, 0, 1, 0, 0, 1}));
  EXPECT_TRUE(options.honest_only);
  EXPECT_EQ(options.scam_share, 0);
  EXPECT_EQ(options.dials[Dial::kCallsPerDay], 0);
}

}  // namespace
}  // namespace sieve::traffic
