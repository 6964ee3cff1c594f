#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine_fixture.h"
#include "run/evaluation_report.h"
#include "run/rules_loader.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;

std::shared_ptr<const RuleSet> test_rules() {
  const TemporaryDirectory directory;
  auto rules =
      compile_rules(rules_at({directory.write("t.rules.yaml", kTestRules)}, {}), eval_fields());
  SIEVE_CHECK(rules.has_value(), "{}", rules.error().text);
  return *rules;
}

TEST(EvaluationTest, CountsRecallAndFalsePositivesByCorpusAndRule) {
  RowEvaluator evaluator(test_rules());
  const auto judge = [&](const char* line) { return evaluator.judge(line, "dir/set.jsonl"); };
  const auto hit = judge(R"({"id":"1","text":"Free CREDIT now","expect":"alert","label":"spam"})");
  ASSERT_TRUE(hit.has_value());
  EXPECT_TRUE(hit->alert);
  EXPECT_EQ(hit->rules, std::vector<std::string>{"test/lure"});
  EXPECT_EQ(verdict_json(*hit),
            R"({"id":"1","score":7,"verdict":"act","alert":true,"rules":["test/lure"]})");
  EXPECT_FALSE(judge(R"({"id":"2","text":"hello","expect":"alert","label":"spam"})")->alert);
  EXPECT_TRUE(judge(R"({"id":"3","text":"no free credit","expect":"clean","lang":"en"})")->alert);
  EXPECT_FALSE(judge(R"({"id":"4","text":"hello","expect":"ignore","corpus":"other"})")->alert);
  const EvaluationReport report = evaluator.report();
  EXPECT_DOUBLE_EQ(report.all.recall(), 50);
  EXPECT_DOUBLE_EQ(report.all.false_positive_rate(), 100);
  EXPECT_EQ(report.by_corpus.at("set").alert_rows, 2U);
  EXPECT_EQ(report.by_corpus.at("other").ignore_rows, 1U);
  EXPECT_EQ(report.by_label.at("set/spam").alert_hits, 1U);
  EXPECT_EQ(report.by_rule.at("test/lure").counts.clean_hits, 1U);
  EXPECT_THAT(render_report(report, {}), HasSubstr("recall 50.0% (1 of 2)"));
}

// What is looked for as it was sent is hidden by what is put between its letters.
TEST(EvaluationTest, CountsRowsThatEvasionsHide) {
  const TemporaryDirectory directory;
  const auto rules = compile_rules(rules_at({directory.write("t.rules.yaml", R"(format: 1
namespace: test
rules:
  - id: lure
    title: t
    class: c
    score: 7
    patterns: { credit: { words: free credit }, slot: { lit: [slot], view: raw } }
    condition: credit or slot
)")},
                                            {}),
                                   eval_fields());
  ASSERT_TRUE(rules.has_value()) << rules.error().text;
  RowEvaluator evaluator(*rules);
  EXPECT_FALSE(evaluator.report().evasions.has_value());
  evaluator.evade();
  for (const char* line : {R"({"id":"1","text":"Free CREDIT now","expect":"alert"})",
                           R"({"id":"2","text":"slot","expect":"alert"})",
                           R"({"id":"3","text":"hello","expect":"alert"})",
                           R"({"id":"4","text":"free credit","expect":"clean"})"}) {
    ASSERT_TRUE(evaluator.judge(line, "f").has_value());
  }
  const EvaluationReport report = evaluator.report();
  ASSERT_TRUE(report.evasions.has_value());
  EXPECT_EQ(report.evasions->rows, 2U);
  const auto counts = [&](Evasion evasion, EvasionDensity density) {
    return report.evasions->counts[static_cast<size_t>(evasion)][static_cast<size_t>(density)];
  };
  const EvadedCounts bidi = counts(Evasion::kBidi, EvasionDensity::kFull);
  EXPECT_EQ(bidi.rows, 2U);
  EXPECT_EQ(bidi.lost(), 1U);
  EXPECT_EQ(counts(Evasion::kThaiSpaces, EvasionDensity::kFull).rows, 0U);
  EXPECT_NEAR(report.evasions->points_lost(Evasion::kBidi, EvasionDensity::kFull, 3), 33.3, 0.1);
  EXPECT_THAT(render_report(report, {}), HasSubstr("2 rows that alert were rewritten by each"));
  EXPECT_THAT(report_json(report, {}), HasSubstr(R"("bidi":{"full":{"rows":2,"lost":1,"points":)"));
}

TEST(EvaluationTest, RefusesDamagedRowsWithAReason) {
  RowEvaluator evaluator(test_rules());
  EXPECT_FALSE(evaluator.judge("not json", "f").has_value());
  EXPECT_THAT(evaluator.judge(R"({"id":"1","expect":"clean"})", "f").error(), HasSubstr("text"));
  EXPECT_THAT(evaluator.judge(R"({"id":"1","text":"a","expect":"maybe"})", "f").error(),
              HasSubstr("expect"));
  EXPECT_EQ(evaluator.report().all.clean_rows, 0U);
}

TEST(EvaluationTest, RulesThatNeedMoreThanTextAreInactive) {
  const TemporaryDirectory directory;
  std::string text = kTestRules;
  const size_t at = text.find("condition: credit");
  text.replace(at, 17, "condition: credit and msg.direction == 'mo'");
  const auto rules =
      compile_rules(rules_at({directory.write("t.rules.yaml", text)}, {}), eval_fields());
  ASSERT_TRUE(rules.has_value()) << rules.error().text;
  bool found = false;
  for (const InactiveRule& inactive : (*rules)->inactive()) {
    found = found || (inactive.reason == "no msg.direction" && inactive.rule.value == 0);
  }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace sieve
