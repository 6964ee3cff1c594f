// What `score_if` adds to the scores of hits.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluate/evaluator.h"
#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::loaded_from;
using ::sieve::testing::message;

// A rule that hits on `fee`, with parts for `now`, `late` and a link.
constexpr char kRules[] = R"(format: 1
namespace: demo
rules:
  - id: fee
    title: t
    class: c
    score: 2
    group: fees
    mode: {}
    score_if:
      - {{ when: now and not late, add: 1.5, why: pressed }}
      - {{ when: late, add: -3, why: an apology }}
      - {{ when: any url where url.is_ip, add: 4, why: no name }}
    patterns: {{ fee: {{ words: fee }}, now: {{ words: now }}, late: {{ words: late }} }}
    condition: fee
)";

struct Scored {
  double hit = -1;
  double total = -1;
  ScorePartMask parts = 0;
};

Scored score_of(std::string_view text, std::string_view mode = "alert", double cap = 100) {
  LoadedRules loaded = loaded_from(fmt::format(kRules, mode));
  loaded.thresholds.group_caps["fees"] = cap;
  const auto rules = compiled(std::move(loaded));
  if (rules == nullptr) return {};
  Evaluator evaluator(rules, {});
  Folder folder;
  const Evaluation& evaluation = evaluator.evaluate(message(text), folder.fold(text));
  const auto& hits = mode == "shadow" ? evaluation.shadow_hits : evaluation.hits;
  if (hits.empty()) return {-1, evaluation.score, 0};
  return {hits.front().score, evaluation.score, hits.front().score_parts};
}

struct Row {
  const char* name;
  const char* text;
  double score;
  ScorePartMask parts;
};

constexpr Row kRows[] = {
    {"NoHit", "now http://192.0.2.1/", -1, 0},
    {"None", "a fee", 2, 0},
    {"One", "fee now", 3.5, 1},
    {"OnePartExcludesAnother", "fee now, late", 0, 2},
    {"NeverBelowZero", "late fee", 0, 2},
    {"Two", "fee now: http://192.0.2.1/", 7.5, 5},
    {"AllOfThem", "late fee: http://192.0.2.1/", 3, 6},
};

class ScoreIfTest : public ::testing::TestWithParam<Row> {};

TEST_P(ScoreIfTest, AddsWhatHolds) {
  const Scored scored = score_of(GetParam().text);
  EXPECT_EQ(scored.hit, GetParam().score);
  EXPECT_EQ(scored.parts, GetParam().parts);
}

INSTANTIATE_TEST_SUITE_P(Rows, ScoreIfTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ScoreIfGroupTest, IsBoundedByTheCapOfTheGroup) {
  EXPECT_EQ(score_of("fee now", "alert", 3).hit, 3);
  EXPECT_EQ(score_of("fee now", "alert", 3).total, 3);
  EXPECT_EQ(score_of("fee now", "alert", 3).parts, 1);
}

TEST(ScoreIfShadowTest, OfARuleInShadowAddsNothing) {
  EXPECT_EQ(score_of("fee now", "shadow").hit, 3.5);
  EXPECT_EQ(score_of("fee now", "shadow").total, 0);
}

}  // namespace
}  // namespace sieve
