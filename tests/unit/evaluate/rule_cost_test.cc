// What an Evaluator that is watched counts, against what it finds.
#include "evaluate/rule_cost.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::loaded_from;
using ::sieve::testing::message;

constexpr char kRules[] = R"(format: 1
namespace: demo
rules:
  - id: fee
    title: t
    class: c
    score: 3
    patterns: { fee: { words: fee }, sum: { re: 'pay [0-9]+' }, pay: { words: pay } }
    condition: fee and sum
    exceptions:
      - { name: shop, reason: r, expires: never, when: msg.from == "DEMOSHOP" }
  - id: link
    title: t
    class: c
    score: 3
    patterns: { fee: { words: fee }, go: { words: go } }
    condition: go and fee and msg.url.count >= 1
  - { id: night, title: t, class: c, score: 1, condition: msg.id == "none" }
  - { id: never, title: t, class: c, score: 1, patterns: { w: { words: unseen } }, condition: w }
)";

enum Place : size_t { kFee, kLink, kNight, kNever };

class RuleCostTest : public ::testing::Test {
 protected:
  void evaluate(Evaluator& evaluator, std::string_view text,
                std::string_view from = "+15550100001") {
    evaluator.evaluate(message(text, from), folder_.fold(text));
  }

  std::shared_ptr<const RuleSet> rules_ = compiled(loaded_from(kRules));
  Folder folder_;
};

TEST_F(RuleCostTest, DoesNotTryWhatIsSwitchedOff) {
  Evaluator evaluator(rules_, {});
  CostTable costs(*rules_, 1);
  RuleSwitches switches(rules_->rules().size());
  evaluator.watch(&costs);
  evaluator.obey(&switches);
  switches.set_off(RuleIndex(kFee), true);
  evaluate(evaluator, "pay 100 fee");
  EXPECT_EQ(costs.rules[kFee].untried, 1U);
  EXPECT_EQ(costs.rules[kFee].tried, 0U);
  EXPECT_EQ(costs.rules[kFee].hits, 0U);
  EXPECT_EQ(costs.rules[kNight].tried, 1U);
  switches.set_off(RuleIndex(kFee), false);
  evaluate(evaluator, "pay 100 fee");
  EXPECT_EQ(costs.rules[kFee].untried, 1U);
  EXPECT_EQ(costs.rules[kFee].hits, 1U);
}

TEST_F(RuleCostTest, CountsWhatWasTriedEvaluatedTrueAndExcepted) {
  Evaluator evaluator(rules_, {});
  CostTable costs(*rules_, 1);
  evaluate(evaluator, "pay 100 fee");  // Before anybody watches.
  evaluator.watch(&costs);
  evaluate(evaluator, "pay 100 fee");
  evaluate(evaluator, "pay 100 fee", "DEMOSHOP");
  evaluate(evaluator, "pay a fee and go");
  evaluate(evaluator, "good morning");
  evaluator.watch(nullptr);
  evaluate(evaluator, "pay 100 fee");
  EXPECT_EQ(costs.messages, 4U);
  EXPECT_EQ(costs.evaluations.count + costs.evaluations.interrupted, 4U);
  const RuleCost& fee = costs.rules[kFee];
  EXPECT_EQ(fee.hits, 1U);
  EXPECT_EQ(fee.excepted, 1U);
  EXPECT_GE(fee.evaluated, 2U);
  EXPECT_LT(fee.tried, 4U);                     // The last message has nothing of it.
  const RuleCost& night = costs.rules[kNight];  // Can be true of any message.
  EXPECT_EQ(night.tried, 4U);
  EXPECT_EQ(night.evaluated, 4U);
  EXPECT_EQ(night.hits, 0U);
  EXPECT_EQ(costs.rules[kNever].tried, 0U);
  for (const RuleCost& cost : costs.rules) {
    EXPECT_EQ(cost.timed.count + cost.timed.interrupted, cost.tried);
  }
}

TEST_F(RuleCostTest, RulesThatSignalsRuleOutAreNotEvaluated) {
  Evaluator evaluator(rules_, {});
  CostTable costs(*rules_, 1);
  evaluator.watch(&costs);
  evaluate(evaluator, "go home");
  evaluate(evaluator, "a fee");
  evaluate(evaluator, "go, the fee: https://a.example");
  const RuleCost& link = costs.rules[kLink];
  EXPECT_EQ(link.evaluated, 1U);
  EXPECT_EQ(link.hits, 1U);
  EXPECT_GT(link.tried, 1U);
}

TEST_F(RuleCostTest, CountsSearchesForRegularExpressions) {
  Evaluator evaluator(rules_, {});
  CostTable costs(*rules_, 1);
  evaluator.watch(&costs);
  evaluate(evaluator, "pay 100 fee");
  evaluate(evaluator, "pay 100");
  evaluate(evaluator, "the fee, pay nothing");
  RegexCost sum;
  for (const RegexCost& cost : costs.regexes.by_pattern) sum.add(cost);
  EXPECT_GE(sum.searched, sum.found);
  EXPECT_GE(sum.found, 1U);
  EXPECT_EQ(sum.timed.count + sum.timed.interrupted, sum.searched);
}

TEST_F(RuleCostTest, WatchingChangesNothing) {
  Evaluator plain(rules_, {});
  Evaluator watched(rules_, {});
  CostTable costs(*rules_, 3);
  watched.watch(&costs);
  Folder other;
  for (const std::string text : {"pay 100 fee", "go: a fee https://a.example", "pay", "fee", ""}) {
    const Evaluation& a = plain.evaluate(message(text), folder_.fold(text));
    const Evaluation& b = watched.evaluate(message(text), other.fold(text));
    EXPECT_EQ(a.score, b.score) << text;
    EXPECT_EQ(a.verdict, b.verdict) << text;
    EXPECT_EQ(a.hits.size(), b.hits.size()) << text;
  }
}

TEST_F(RuleCostTest, TimesOneInSoManyOnAverage) {
  CostTable costs(*rules_, 16);
  size_t timed = 0;
  for (int i = 0; i < 160'000; ++i) timed += costs.begin_message() ? 1U : 0U;
  EXPECT_EQ(costs.messages, 160'000U);
  EXPECT_NEAR(static_cast<double>(timed), 10'000, 300);
}

// Whatever repeats in a stream with some period must not always, or never, be timed.
TEST_F(RuleCostTest, TimesEveryPlaceOfAPeriod) {
  CostTable costs(*rules_, 16);
  std::vector<int> timed(16);
  for (int i = 0; i < 160'000; ++i) timed[static_cast<size_t>(i % 16)] += costs.begin_message();
  for (const int count : timed) EXPECT_NEAR(count, 625, 150);
}

TEST_F(RuleCostTest, AddsUp) {
  CostTable one(*rules_, 1);
  CostTable other(*rules_, 1);
  Evaluator evaluator(rules_, {});
  evaluator.watch(&one);
  evaluate(evaluator, "pay 100 fee");
  evaluator.watch(&other);
  evaluate(evaluator, "pay 100 fee");
  evaluate(evaluator, "fee, go: https://a.example");
  const uint64_t ns = one.scans.ns + other.scans.ns;
  one.add(other);
  EXPECT_EQ(one.messages, 3U);
  EXPECT_EQ(one.scans.ns, ns);
  EXPECT_EQ(one.rules[kFee].hits, 2U);
  EXPECT_EQ(one.rules[kLink].hits, 1U);
}

TEST_F(RuleCostTest, EstimatesFromWhatWasTimed) {
  CostTable costs(*rules_, 1);
  costs.messages = 100;
  for (int i = 0; i < 10; ++i) costs.evaluations.add(500);
  costs.rules[kFee].tried = 30;
  for (int i = 0; i < 3; ++i) costs.rules[kFee].timed.add(200);
  costs.rules[kLink].tried = 7;
  EXPECT_DOUBLE_EQ(costs.ns_estimated(), 50'000);
  EXPECT_DOUBLE_EQ(costs.rules[kFee].ns_estimated(), 6'000);
  EXPECT_DOUBLE_EQ(costs.rules[kLink].ns_estimated(), 0);  // Never timed: unknown.
}

}  // namespace
}  // namespace sieve
