// What a study proposes, and when it refuses to.
#include "run/fit_study.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/check.h"
#include "run/fit_patch.h"
#include "run/rules_loader.h"
#include "unit/stream/temporary_directory.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;

// A rule that hits where its id is.
std::string rule(std::string_view id, std::string_view more) {
  return fmt::format(
      "  - {{ id: {0}, title: T, class: c, {1}, patterns: {{ w: {{ words: [{0}] }} }}, condition: "
      "w }}\n",
      id, more);
}

struct Rows {
  std::string corpus;
  std::string expect;
  std::string text;
  int count;
};

class FitStudyTest : public ::testing::Test {
 protected:
  void load(const std::string& rules) {
    const std::string file =
        directory_.write("t.rules.yaml", "format: 1\nnamespace: n\nrules:\n" + rules);
    auto compiled = compile_rules(rules_at({file}, {}), eval_fields());
    SIEVE_CHECK(compiled.has_value(), "{}", compiled.error().text);
    rules_ = *compiled;
  }

  Expected<FitStudy, std::string> study(const std::vector<Rows>& rows) const {
    FitCollector collector(rules_);
    for (const Rows& some : rows) {
      const std::string line =
          fmt::format(R"({{"id":"1","text":"{}","expect":"{}","corpus":"{}"}})", some.text,
                      some.expect, some.corpus);
      for (int i = 0; i < some.count; ++i) EXPECT_EQ(collector.add(line, "f"), "");
    }
    return study_fit(*rules_, collector.data(), options_);
  }

  const RuleStudy& of(const FitStudy& study, std::string_view id) const {
    for (const RuleStudy& one : study.rules) {
      if (rules_->rule(one.rule).rule->id == id) return one;
    }
    SIEVE_CHECK(false, "no rule {}", id);
  }

  TemporaryDirectory directory_;
  std::shared_ptr<const RuleSet> rules_;
  FitStudyOptions options_;
};

// Two corpora in which `good` is right and `bad` is not.
std::vector<Rows> plain_rows() {
  std::vector<Rows> rows;
  for (const char* corpus : {"x", "y"}) {
    rows.push_back({corpus, "alert", "good", 30});
    rows.push_back({corpus, "alert", "nothing", 10});
    rows.push_back({corpus, "clean", "bad", 40});
    rows.push_back({corpus, "clean", "nothing", 2'000});
    rows.push_back({corpus, "ignore", "good", 3});
  }
  return rows;
}

TEST_F(FitStudyTest, RaisesWhatIsRightAndLowersWhatIsNot) {
  load(rule("good", "score: 2") + rule("bad", "score: 3.5"));
  const auto found = study(plain_rows());
  ASSERT_TRUE(found) << found.error();
  EXPECT_GE(of(*found, "good").proposed, 3);
  EXPECT_LT(of(*found, "bad").proposed, 3);
  EXPECT_EQ(of(*found, "good").hits, (ExpectationCounts{60, 0, 6}));
  EXPECT_DOUBLE_EQ(found->all.now.recall(), 0);
  EXPECT_DOUBLE_EQ(found->all.proposed.recall(), 75);
  EXPECT_EQ(found->all.now.clean_hits, 80U);
  EXPECT_EQ(found->all.proposed.clean_hits, 0U);
  // The other corpus says the same, so that each is found without having been seen.
  EXPECT_DOUBLE_EQ(found->left_out.proposed.recall(), 75);
  EXPECT_TRUE(found->within_budget);
  ASSERT_EQ(found->changes.size(), 2U);
  EXPECT_EQ(found->changes[0].rows, (ExpectationCounts{60, 0, 6}));
  EXPECT_EQ(found->changes[1].rows, (ExpectationCounts{0, 80, 0}));
}

TEST_F(FitStudyTest, ACorpusThatIsLeftOutIsNotSeen) {
  load(rule("good", "score: 2") + rule("other", "score: 2"));
  // Only in `y` is `other` right; in `x`, it is wrong.
  const auto found = study({{"x", "alert", "good", 30},
                            {"x", "clean", "other", 30},
                            {"x", "clean", "nothing", 100},
                            {"y", "alert", "other", 90},
                            {"y", "alert", "good", 30},
                            {"y", "clean", "nothing", 100}});
  ASSERT_TRUE(found) << found.error();
  const CorpusStudy& x = found->corpora[0];
  EXPECT_EQ(x.name, "x");
  EXPECT_EQ(x.left_out.proposed.clean_hits, 30U);  // Fitted to `y`, `other` is right.
  EXPECT_EQ(x.left_out.now.clean_hits, 0U);
  const RuleStudy& other = of(*found, "other");
  ASSERT_TRUE(other.folds);
  EXPECT_LT(other.folds->min, 3);
  EXPECT_GE(other.folds->max, 3);
}

TEST_F(FitStudyTest, ScalesDownToStayWithinTheBudget) {
  load(rule("good", "score: 4") + rule("fair", "score: 4"));
  std::vector<Rows> rows = plain_rows();
  for (const char* corpus : {"x", "y"}) {
    rows.push_back({corpus, "alert", "fair", 30});
    rows.push_back({corpus, "clean", "fair", 4});
  }
  options_.budget.percent = 0.5;
  const auto wide = study(rows);
  ASSERT_TRUE(wide) << wide.error();
  EXPECT_GE(of(*wide, "fair").proposed, 3);
  EXPECT_EQ(wide->scale, 1);
  options_.budget.percent = 0.1;
  const auto narrow = study(rows);
  ASSERT_TRUE(narrow) << narrow.error();
  EXPECT_LT(of(*narrow, "fair").proposed, 3);
  EXPECT_GE(of(*narrow, "good").proposed, 3);
  EXPECT_LT(narrow->scale, 1);
  EXPECT_EQ(narrow->all.proposed.clean_hits, 0U);
}

TEST_F(FitStudyTest, SaysThatNoScaleKeepsTheBudget) {
  load(rule("good", "score: 4") + rule("bad", "score: 4, fit: { min: 4, max: 4 }"));
  const auto found = study(plain_rows());
  ASSERT_TRUE(found) << found.error();
  EXPECT_FALSE(found->within_budget);
  EXPECT_EQ(of(*found, "bad").proposed, 4);
  EXPECT_EQ(found->all.proposed.clean_hits, 80U);
}

TEST_F(FitStudyTest, HoldsWhatSaysSo) {
  load(rule("good", "score: 2") + rule("bad", "score: 3.5") + rule("rare", "score: 1") +
       rule("hint", "score: 2, tier: 4") + rule("shade", "score: 2, mode: shadow") +
       rule("zero", "score: 0") + rule("open", "score: 0, fit: { max: 2 }") +
       rule("fixed", "score: 2, fit: { min: 2, max: 2 }"));
  std::vector<Rows> rows = plain_rows();
  rows.push_back({"x", "alert", "rare", 4});
  for (const char* id : {"hint", "shade", "zero", "open", "fixed"}) {
    rows.push_back({"x", "alert", id, 20});
  }
  options_.held = {"n/good"};
  const auto found = study(rows);
  ASSERT_TRUE(found) << found.error();
  const std::vector<std::pair<const char*, HeldReason>> want = {
      {"good", HeldReason::kAsked},   {"bad", HeldReason::kFree},
      {"rare", HeldReason::kFewHits}, {"hint", HeldReason::kTier},
      {"shade", HeldReason::kShadow}, {"zero", HeldReason::kZero},
      {"fixed", HeldReason::kPinned}, {"open", HeldReason::kFree}};
  for (const auto& [id, reason] : want) {
    EXPECT_EQ(of(*found, id).held, reason) << id;
    if (reason != HeldReason::kFree) {
      EXPECT_EQ(of(*found, id).proposed, of(*found, id).now) << id;
    }
  }
  EXPECT_EQ(of(*found, "open").proposed, 2);
}

TEST_F(FitStudyTest, ShadowRulesCanBeFittedAsIfTheyWereLive) {
  load(rule("good", "score: 2, mode: shadow") + rule("bad", "score: 3.5"));
  options_.shadow = ShadowRules::kAsIfLive;
  const auto found = study(plain_rows());
  ASSERT_TRUE(found) << found.error();
  EXPECT_GE(of(*found, "good").proposed, 3);
  EXPECT_DOUBLE_EQ(found->all.now.recall(), 0);
  EXPECT_DOUBLE_EQ(found->all.proposed.recall(), 75);
}

TEST_F(FitStudyTest, TheOrderOfRowsDoesNotMatter) {
  load(rule("good", "score: 2") + rule("bad", "score: 3.5"));
  std::vector<Rows> rows = plain_rows();
  const auto one = study(rows);
  std::reverse(rows.begin(), rows.end());
  const auto other = study(rows);
  ASSERT_TRUE(one && other);
  for (size_t i = 0; i < one->rules.size(); ++i) {
    EXPECT_EQ(one->rules[i].proposed, other->rules[i].proposed);
  }
}

TEST_F(FitStudyTest, RefusesRowsThatSayTooLittle) {
  load(rule("good", "score: 2") + rule("bad", "score: 3.5"));
  EXPECT_THAT(study({}).error(), HasSubstr("no row is to alert"));
  EXPECT_THAT(study({{"x", "clean", "good", 9}, {"y", "clean", "bad", 9}}).error(),
              HasSubstr("no row is to alert"));
  EXPECT_THAT(study({{"x", "alert", "good", 9}, {"y", "ignore", "bad", 9}}).error(),
              HasSubstr("no row is clean"));
  EXPECT_THAT(study({{"x", "alert", "a", 9}, {"y", "clean", "b", 9}}).error(),
              HasSubstr("no rule hits"));
  EXPECT_THAT(study({{"x", "alert", "good", 4}, {"y", "clean", "b", 9}}).error(),
              HasSubstr("no rule whose score may move has enough hits"));
  EXPECT_THAT(study({{"x", "alert", "good", 9}, {"x", "clean", "b", 9}}).error(),
              HasSubstr("one corpus"));
}

TEST_F(FitStudyTest, SaysWhichCorpusCannotBeLeftOut) {
  load(rule("good", "score: 2") + rule("bad", "score: 3.5"));
  const auto found = study({{"x", "alert", "good", 9},
                            {"x", "clean", "bad", 9},
                            {"y", "clean", "bad", 9},
                            {"y", "clean", "nothing", 9}});
  ASSERT_TRUE(found) << found.error();
  EXPECT_FALSE(found->corpora[0].is_fitted);  // Without `x`, nothing is to alert.
  EXPECT_TRUE(found->corpora[1].is_fitted);
}

TEST_F(FitStudyTest, NamesRulesThatRowsCannotTellApart) {
  load(rule("good", "score: 2") + rule("bad", "score: 3.5") +
       "  - { id: twin, title: T, class: c, score: 1, patterns: { w: { words: [good] } }, "
       "condition: w }\n");
  const auto found = study(plain_rows());
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error(), HasSubstr("  n/twin hits in the same rows as n/good\n"));
  options_.held = {"n/twin"};
  EXPECT_TRUE(study(plain_rows()));
}

TEST_F(FitStudyTest, ThePatchChangesScoresAndNothingElse) {
  load(
      "  - id: good\n    title: T\n    class: c\n    score: 2  # As yet.\n    patterns: { w: { "
      "words: "
      "[good] } }\n    condition: w\n" +
      rule("bad", "score: 3.5") + "overrides:\n  - { rule: n/bad, score: 3.25, reason: r }\n");
  const auto found = study(plain_rows());
  ASSERT_TRUE(found) << found.error();
  const auto patch = fit_patch(*rules_, *found);
  ASSERT_TRUE(patch) << patch.error();
  EXPECT_THAT(patch->diff, HasSubstr(fmt::format("\n-    score: 2  # As yet.\n+    score: {}  # As "
                                                 "yet.\n",
                                                 of(*found, "good").proposed)));
  EXPECT_THAT(patch->notes, HasSubstr("n/bad has its score from "));
  EXPECT_THAT(patch->notes, HasSubstr(fmt::format("write {} there", of(*found, "bad").proposed)));
}

}  // namespace
}  // namespace sieve
