// With the scores of today, a sheet says what the Evaluator says.
#include "run/score_sheet.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "run/fit_run.h"
#include "run/rules_loader.h"
#include "unit/stream/temporary_directory.h"

namespace sieve {
namespace {

constexpr int kRules = 10;
constexpr char kParts[] =
    "score_if: [{ when: x, add: -2, why: less }, { when: not x, add: 1, why: more }], ";

// Rules that hit where their word is, with whatever weight.
std::string random_rules(std::mt19937& random) {
  const auto one_of = [&](std::vector<std::string> values) {
    return values[random() % values.size()];
  };
  std::string text = "format: 1\nnamespace: n\nrules:\n";
  for (int i = 0; i < kRules; ++i) {
    text += fmt::format(
        "  - {{ id: r{}, title: R, class: c, tier: {}, severity: {}, score: {}, mode: {}, {}{}"
        "patterns: {{ w: {{ words: [word{}] }}, x: {{ words: [extra] }} }}, condition: w{} }}\n",
        i, 1 + random() % 4, one_of({"low", "high"}), one_of({"0", "1", "2.5", "4", "6.5"}),
        one_of({"alert", "alert", "shadow"}), one_of({"", "group: a, ", "group: b, "}),
        one_of({"", "", "route: trafficking, ", kParts}), i, one_of({"", " or x and w"}));
  }
  return text;
}

TEST(ScoreSheetTest, AgreesWithTheEvaluator) {
  for (unsigned seed = 0; seed < 12; ++seed) {
    std::mt19937 random(seed);
    const TemporaryDirectory directory;
    directory.write("t.rules.yaml", random_rules(random));
    directory.write("thresholds.yaml",
                    "observe: 1\nreview: 3\nact: 6\nact_tier_max: 1\nreview_tier_max: 3\n"
                    "group_caps: { a: 4, b: 2.5 }\n");
    const auto rules = compile_rules(rules_at({directory.path("")}, {}), eval_fields());
    ASSERT_TRUE(rules) << rules.error().text;
    const ScoreSheet sheet(**rules);
    Evaluator evaluator(*rules, {});
    Folder folder;
    for (int n = 0; n < 200; ++n) {
      LabelledRow row;
      for (int i = 0; i < kRules; ++i) {
        if (random() % 3 == 0) row.text += fmt::format("word{} ", i);
      }
      if (random() % 2 == 0) row.text += "extra";
      Record record;
      to_record(row, record);
      const Evaluation& evaluation = evaluator.evaluate(record, folder.fold(row.text));
      const std::vector<SheetHit> hits = sheet.hits_of(evaluation);
      EXPECT_EQ(hits.size(), evaluation.hits.size() + evaluation.shadow_hits.size());
      const auto now = scores_now(**rules);
      EXPECT_DOUBLE_EQ(sheet.sum(hits, now, ShadowRules::kLeftOut).score, evaluation.score)
          << seed << ": " << row.text;
      EXPECT_EQ(sheet.verdict(hits, now, ShadowRules::kLeftOut), evaluation.verdict)
          << seed << ": " << row.text;
    }
  }
}

TEST(ScoreSheetTest, TakesOtherScores) {
  const TemporaryDirectory directory;
  const auto rules = compile_rules(
      rules_at(
          {directory.write("t.rules.yaml",
                           "format: 1\nnamespace: n\nrules:\n"
                           "  - { id: a, title: A, class: c, score: 1, patterns: { w: { words: "
                           "[one] } }, condition: w }\n"
                           "  - { id: b, title: B, class: c, score: 9, mode: shadow, patterns: "
                           "{ w: { words: [two] } }, condition: w }\n")},
          {}),
      eval_fields());
  ASSERT_TRUE(rules) << rules.error().text;
  const ScoreSheet sheet(**rules);
  const std::vector<SheetHit> hits = {{RuleIndex(0), 0.5}, {RuleIndex(1), 0}};
  EXPECT_EQ(sheet.sum(hits, std::vector{2.0, 4.0}, ShadowRules::kLeftOut).score, 2.5);
  EXPECT_EQ(sheet.sum(hits, std::vector{2.0, 4.0}, ShadowRules::kAsIfLive).score, 6.5);
  EXPECT_EQ(sheet.verdict({}, std::vector{2.0, 4.0}, ShadowRules::kAsIfLive), Verdict::kClean);
}

}  // namespace
}  // namespace sieve
