// RuleBudget, message by message: who is suspended when, and comes back.
#include "run/rule_budget.h"

#include <gtest/gtest.h>

#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr char kTwoRules[] = R"(format: 1
namespace: demo
rules:
  - { id: cheap, title: t, class: c, score: 1, patterns: { w: { words: cheap } }, condition: w }
  - { id: dear, title: t, class: c, score: 1, patterns: { w: { words: dear } }, condition: w }
)";
constexpr uint32_t kCheap = 0;
constexpr uint32_t kDear = 1;

class RuleBudgetTest : public ::testing::Test {
 protected:
  RuleBudgetTest() : total_(*rules_, 1) {}

  // `count` messages more, all timed, in all of which `rule` was tried for `ns`.
  void messages(uint32_t rule, uint64_t count, uint64_t ns) {
    total_.messages += count;
    total_.rules[rule].tried += count;
    for (uint64_t i = 0; i < count; ++i) total_.rules[rule].timed.add(ns);
  }
  std::vector<BudgetChange> judge() { return budget_.judge(total_, now_); }
  // Three judgements in a row that find it too dear.
  std::vector<BudgetChange> exceed() {
    std::vector<BudgetChange> changes;
    for (int i = 0; i < RuleBudget::kStrikes; ++i) {
      EXPECT_TRUE(changes.empty());
      messages(kDear, RuleBudget::kTimedMin, 2'000);
      changes = judge();
    }
    return changes;
  }

  std::shared_ptr<const RuleSet> rules_ =
      ::sieve::testing::compiled(::sieve::testing::loaded_from(kTwoRules));
  CostTable total_;
  RuleBudget budget_{{1'000, seconds(10)}};
  RuleBudget::Time now_{};
};

TEST_F(RuleBudgetTest, SuspendsAfterThreeJudgementsInARow) {
  const std::vector<BudgetChange> changes = exceed();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].rule.index(), kDear);
  EXPECT_TRUE(changes[0].suspended);
  EXPECT_DOUBLE_EQ(changes[0].ns_per_message, 2'000);
  EXPECT_EQ(changes[0].length, milliseconds(10'000));
}

TEST_F(RuleBudgetTest, LeavesWhatIsWithinTheBudget) {
  for (int i = 0; i < 10; ++i) {
    messages(kCheap, 100, 1'000);
    EXPECT_TRUE(judge().empty());
  }
}

TEST_F(RuleBudgetTest, OneGoodJudgementForgives) {
  for (int i = 0; i < 10; ++i) {
    messages(kDear, 2 * RuleBudget::kTimedMin, i % 3 == 2 ? 10 : 2'000);
    EXPECT_TRUE(judge().empty()) << i;
  }
}

TEST_F(RuleBudgetTest, WaitsForEnoughTimes) {
  for (int i = 0; i < 2; ++i) {
    messages(kDear, RuleBudget::kTimedMin, 2'000);
    EXPECT_TRUE(judge().empty());
  }
  messages(kDear, RuleBudget::kTimedMin - 1, 2'000);
  EXPECT_TRUE(judge().empty());
  messages(kDear, 1, 2'000);
  EXPECT_EQ(judge().size(), 1U);
}

TEST_F(RuleBudgetTest, SpreadsTheCostOverAllMessages) {
  for (int i = 0; i < 10; ++i) {
    messages(kDear, RuleBudget::kTimedMin, 2'000);
    total_.messages += 2 * RuleBudget::kTimedMin;  // In which it was not tried: 667 ns each.
    EXPECT_TRUE(judge().empty());
  }
}

TEST_F(RuleBudgetTest, TakesARuleThatIsAlwaysInterruptedForSlow) {
  for (int i = 0; i < RuleBudget::kStrikes; ++i) {
    EXPECT_TRUE(judge().empty());
    messages(kDear, RuleBudget::kTimedMin, 5'000'000);
  }
  const std::vector<BudgetChange> changes = judge();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_DOUBLE_EQ(changes[0].ns_per_message, TimedNs::kInterruptedNs);
}

TEST_F(RuleBudgetTest, ForgetsAFewInterruptions) {
  for (int i = 0; i < 10; ++i) {
    messages(kCheap, 2 * RuleBudget::kTimedMin, 10);
    messages(kCheap, RuleBudget::kTimedMin, 5'000'000);
    EXPECT_TRUE(judge().empty());
  }
}

TEST_F(RuleBudgetTest, ReturnsAfterTheTimeAndRestsTwiceAsLongTheNextTime) {
  ASSERT_EQ(exceed().size(), 1U);
  now_ += milliseconds(9'999);
  EXPECT_TRUE(judge().empty());
  now_ += milliseconds(1);
  const std::vector<BudgetChange> back = judge();
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(back[0].rule.index(), kDear);
  EXPECT_FALSE(back[0].suspended);
  for (const int doubled : {2, 4, 8, 16, 32, 32}) {
    const std::vector<BudgetChange> again = exceed();
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].length, doubled * milliseconds(10'000));
    now_ += again[0].length;
    ASSERT_EQ(judge().size(), 1U);
  }
}

TEST_F(RuleBudgetTest, AGoodTimeMakesTheNextRestShortAgain) {
  ASSERT_EQ(exceed().size(), 1U);
  now_ += seconds(10);
  ASSERT_EQ(judge().size(), 1U);
  messages(kDear, RuleBudget::kTimedMin, 10);
  ASSERT_TRUE(judge().empty());
  const std::vector<BudgetChange> again = exceed();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].length, milliseconds(10'000));
}

TEST_F(RuleBudgetTest, WithoutABudgetNothingIsSuspended) {
  RuleBudget none({0, seconds(10)});
  for (int i = 0; i < 10; ++i) {
    messages(kDear, RuleBudget::kTimedMin, 2'000);
    EXPECT_TRUE(none.judge(total_, now_).empty());
  }
}

}  // namespace
}  // namespace sieve
