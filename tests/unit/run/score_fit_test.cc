// Scores against what can be worked out by hand, and against a slow, obvious minimiser.
#include "run/score_fit.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

namespace sieve {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

constexpr double kFree = 1'000;

FitRow row(std::vector<uint32_t> rules, bool alert, double weight) {
  return {std::move(rules), 0, alert, weight};
}

double objective(const std::vector<FitRule>& rules, const std::vector<FitRow>& rows,
                 const FitOptions& options, const std::vector<double>& scores) {
  const double unit = options.threshold / kLogOddsAtThreshold;
  double sum = 0;
  for (const FitRow& one : rows) {
    double score = one.given;
    for (const uint32_t rule : one.rules) score += scores[rule];
    const double sign = one.alert ? 1 : -1;
    sum += one.weight * std::log1p(std::exp(-sign * (score - options.threshold) / unit));
  }
  for (size_t i = 0; i < rules.size(); ++i) {
    sum += options.pull / 2 * std::pow((scores[i] - rules[i].now) / unit, 2);
  }
  return sum;
}

// Tries a smaller and a larger score of one rule after the other, and halves the step when nothing
// helps: slow, and without any derivative.
std::vector<double> search(const std::vector<FitRule>& rules, const std::vector<FitRow>& rows,
                           const FitOptions& options) {
  std::vector<double> scores;
  for (const FitRule& rule : rules) scores.push_back(rule.now);
  double best = objective(rules, rows, options, scores);
  for (double step = 1; step > 1e-7;) {
    bool improved = false;
    for (size_t i = 0; i < rules.size(); ++i) {
      for (const double way : {-step, step}) {
        std::vector<double> tried = scores;
        tried[i] = std::clamp(tried[i] + way, rules[i].min, rules[i].max);
        const double value = objective(rules, rows, options, tried);
        if (value >= best) continue;
        best = value;
        scores = tried;
        improved = true;
      }
    }
    if (!improved) step /= 2;
  }
  return scores;
}

TEST(ScoreFitTest, WithoutPullAScoreIsTheLogarithmOfTheLikelihoodRatio) {
  // 40 of 100 messages to alert have a hit, and 2 of 1,000 others, who weigh twenty times as much
  // in all.
  const double clean_weight = std::exp(kLogOddsAtThreshold) * 100 / 1'000;
  const std::vector<FitRow> rows = {row({0}, true, 40), row({}, true, 60),
                                    row({0}, false, 2 * clean_weight),
                                    row({}, false, 998 * clean_weight)};
  const auto scores = fit_scores(std::vector<FitRule>{{1, 0, kFree}}, rows, {3, 1e-9});
  EXPECT_THAT(scores, ElementsAre(DoubleNear(std::log(0.4 / 0.002), 1e-6)));
}

TEST(ScoreFitTest, IsAsOftenRightAsWrongAtTheThreshold) {
  const std::vector<FitRow> rows = {row({0}, true, 500), row({0}, false, 500)};
  const auto scores = fit_scores(std::vector<FitRule>{{1, 0, kFree}}, rows, {3, 1e-6});
  EXPECT_THAT(scores, ElementsAre(DoubleNear(3, 1e-5)));
}

TEST(ScoreFitTest, ThePullBalancesTheSlope) {
  // Of 20 rows that should alert: 20 * (1 - p) = 4 * (s - 2), at the root.
  const auto scores =
      fit_scores(std::vector<FitRule>{{2, 0, kFree}}, std::vector{row({0}, true, 20)}, {3, 4});
  const double p = 1 / (1 + std::exp(3 - scores[0]));
  EXPECT_NEAR(20 * (1 - p), 4 * (scores[0] - 2), 1e-7);
  EXPECT_GT(scores[0], 3);
}

TEST(ScoreFitTest, ScalesWithTheThreshold) {
  const std::vector<FitRow> rows = {row({0}, true, 30), row({0, 1}, false, 4), row({1}, true, 7)};
  const auto three = fit_scores(std::vector<FitRule>{{2, 0, 50}, {1, 0, 50}}, rows, {3, 4});
  const auto twelve = fit_scores(std::vector<FitRule>{{8, 0, 200}, {4, 0, 200}}, rows, {12, 4});
  for (size_t i = 0; i < three.size(); ++i) EXPECT_NEAR(4 * three[i], twelve[i], 1e-6);
}

TEST(ScoreFitTest, StaysWithinBoundsAndHoldsWhatIsHeld) {
  const std::vector<FitRow> rows = {row({0}, false, 1'000), row({1}, true, 1'000),
                                    row({2}, true, 1'000)};
  const std::vector<FitRule> rules = {{2, 0, kFree}, {2, 1, 2.5}, {2, 2, 2}};
  EXPECT_THAT(fit_scores(rules, rows, {3, 0.1}), ElementsAre(0, 2.5, 2));
}

TEST(ScoreFitTest, WhatHitsNowhereStaysWhereItIs) {
  EXPECT_THAT(fit_scores(std::vector<FitRule>{{2.25, 0, kFree}}, {}, {}), ElementsAre(2.25));
}

TEST(ScoreFitTest, AGivenScoreIsPartOfTheMessage) {
  std::vector<FitRow> rows = {row({0}, true, 500), row({0}, false, 500)};
  for (FitRow& one : rows) one.given = 1;
  const auto scores = fit_scores(std::vector<FitRule>{{1, 0, kFree}}, rows, {3, 1e-6});
  EXPECT_THAT(scores, ElementsAre(DoubleNear(2, 1e-5)));
}

TEST(ScoreFitTest, FindsWhatASlowSearchFinds) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](int bound) { return static_cast<double>(random() % bound); };
    std::vector<FitRule> rules;
    for (int i = 0; i < 4; ++i) {
      const double now = below(12) / 2;
      const double min = now * below(2);
      rules.push_back({now, min, below(4) == 0 ? now : now + below(8)});
    }
    std::vector<FitRow> rows;
    for (int i = 0; i < 12; ++i) {
      FitRow one = row({}, random() % 2 == 0, 1 + below(20));
      one.given = below(5) / 2 - 1;
      for (uint32_t rule = 0; rule < 4; ++rule) {
        if (random() % 3 == 0) one.rules.push_back(rule);
      }
      rows.push_back(one);
    }
    const FitOptions options{1 + below(5), 0.5 + below(8)};
    const auto got = fit_scores(rules, rows, options);
    const auto want = search(rules, rows, options);
    for (size_t i = 0; i < rules.size(); ++i) EXPECT_NEAR(got[i], want[i], 1e-4) << seed;
    EXPECT_LE(objective(rules, rows, options, got), objective(rules, rows, options, want) + 1e-9)
        << seed;
    EXPECT_EQ(got, fit_scores(rules, rows, options));
  }
}

struct Dependence {
  const char* name;
  std::vector<std::vector<uint32_t>> rows;
  std::string want;  // `2: 0 1; `
};

class DependentRulesTest : public ::testing::TestWithParam<Dependence> {};

TEST_P(DependentRulesTest, NamesThem) {
  const std::vector<FitRule> rules(4, {1, 0, kFree});
  std::vector<FitRow> rows;
  for (const auto& hits : GetParam().rows) rows.push_back(row(hits, true, 3));
  std::string got;
  for (const DependentRule& found : dependent_rules(rules, rows)) {
    got += fmt::format("{}:", found.rule);
    for (const uint32_t on : found.on) got += fmt::format(" {}", on);
    got += "; ";
  }
  EXPECT_EQ(got, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DependentRulesTest,
    ::testing::Values(Dependence{"nothing", {}, ""}, Dependence{"one", {{0}}, ""},
                      Dependence{"apart", {{0}, {1}, {0, 1, 2}}, ""},
                      Dependence{"always_together", {{0, 2}, {1}, {0, 1, 2}}, "2: 0; "},
                      Dependence{"sum_of_two", {{0, 2}, {1, 2}, {3}}, "2: 0 1; "},
                      Dependence{"difference", {{0}, {0, 1}, {1, 2}}, ""},
                      Dependence{"rest_of_another", {{0, 1}, {0, 2}, {3}}, "2: 0 1; "},
                      Dependence{"two_pairs", {{0, 1}, {2, 3}, {0, 1, 2, 3}}, "1: 0; 3: 2; "}),
    [](const auto& one) { return one.param.name; });

TEST(DependentRulesTest, ThoseThatAreHeldDoNotMatter) {
  const std::vector<FitRule> rules = {{1, 1, 1}, {1, 0, 5}};
  EXPECT_TRUE(dependent_rules(rules, std::vector{row({0, 1}, true, 1)}).empty());
}

}  // namespace
}  // namespace sieve
