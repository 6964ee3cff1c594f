// What tests of a rule saw of it: rows of tests, and the outcomes that are left.
#include "run/rule_coverage.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/run/engine_fixture.h"

namespace sieve {
namespace {

using ::testing::ElementsAreArray;

std::shared_ptr<const RuleSet> compile(const std::string& yaml) {
  LoadedRules loaded;
  loaded.definitions.today = *parse_date("2026-01-05");
  loaded.files.push_back(
      parse_rule_file("t.rules.yaml", yaml, loaded.definitions, loaded.diagnostics));
  SIEVE_CHECK(loaded.ok(), "{}", render(loaded.diagnostics.front(), {}));
  auto rules = RuleSet::compile(std::move(loaded), {});
  SIEVE_CHECK(rules.has_value(), "{}", render(rules.error().front(), {}));
  return *rules;
}

// `rule: part: outcome` of what was never seen.
std::vector<std::string> gaps(const RuleCoverage& coverage) {
  std::vector<std::string> out;
  for (const CoveredRule& rule : coverage.rules()) {
    for (const CoveragePoint& point : rule.points) {
      if (!point.was_true) out.push_back(fmt::format("{}: {}: true", rule.name, point.text));
      if (!point.was_false) out.push_back(fmt::format("{}: {}: false", rule.name, point.text));
    }
  }
  return out;
}

struct Row {
  std::string name;
  std::string rule;  // What stands in it beside what all have.
  std::vector<std::string> gaps;
};

const std::string kPatterns =
    "patterns: { a: { words: [alpha] }, b: { words: [beta] } }, condition: ";

std::string tests(const std::vector<std::pair<std::string, bool>>& texts) {
  std::string out = ", tests: [";
  for (const auto& [text, match] : texts) {
    out += fmt::format("{{ name: t, event: {{ text: \"{}\" }}, expect: {{ match: {} }} }}, ", text,
                       match);
  }
  return out + "]";
}

const Row kRows[] = {
    {"BothWays", kPatterns + "a and b" + tests({{"alpha beta", true}, {"gamma", false}}), {}},
    {"PatternsAndTheWhole",
     kPatterns + "a and b" + tests({{"alpha", false}}),
     {"t/r: a: false", "t/r: b: true", "t/r: a and b: true"}},
    {"PartsBehindNot",
     kPatterns + "a and not (b or msg.url.count >= 2)" + tests({{"alpha", true}, {"x", false}}),
     {"t/r: b: true", "t/r: msg.url.count >= 2: true", "t/r: b or msg.url.count >= 2: true"}},
    {"Quantity",
     kPatterns + "'a or 2 of (a, b)'" + tests({{"alpha beta", true}, {"x", false}}),
     {}},
    {"PartsOfLinks",
     kPatterns + "a and b and any url where (url.is_ip or url.labels >= 5)" +
         tests({{"alpha beta http://192.0.2.7", true}, {"x http://a.example", false}}),
     {"t/r: url.labels >= 5: true"}},
    {"NothingLookedAt",
     kPatterns + "a and b and any url where url.is_ip" +
         tests({{"alpha beta", false}, {"x", false}}),
     {"t/r: url.is_ip: true", "t/r: url.is_ip: false", "t/r: any url where url.is_ip: true",
      "t/r: a and b and any url where url.is_ip: true"}},
    {"MacrosCountOnce",
     kPatterns + "a and b and night" + tests({{"alpha beta", false}, {"x", false}}),
     {"t/r: a and b and night: true", "macro night: msg.hour < 6: true"}},
    {"ScoreParts",
     "score_if: [{ when: b, add: 1, why: w }, { when: msg.hour < 9, add: 1, why: w }], " +
         kPatterns + "a" + tests({{"alpha beta", true}, {"x", false}}),
     {"t/r: score_if 2: msg.hour < 9: false"}},
    {"Exceptions",
     "exceptions: [{ name: e, reason: r, expires: never, when: msg.from == 'A' and b }, "
     "{ name: f, reason: r, expires: never, fields: [msg.from], values: [B] }], " +
         kPatterns + "a and b" + tests({{"alpha beta", true}, {"x", false}}),
     {"t/r: exception e: msg.from == \"A\": true",
      "t/r: exception e: msg.from == \"A\" and b: true", "t/r: exception:f: true"}},
    {"Windows",
     "on: call, window: { by: [call.from], over: 10m }, "
     "where: call.answered and call.duration <= 20s, "
     "measure: { n: count(), share: ratio(call.duration <= 5s) }, condition: n >= 3 and share > "
     "0.9, "
     "tests: [{ name: t, timeline: [{ at: 0s, repeat: 2, every: 1s, "
     "call: { from: A, to: B, duration: 3s } }], expect: [] }]",
     {"t/r: where: call.answered: false", "t/r: where: call.duration <= 20s: false",
      "t/r: where: call.answered and call.duration <= 20s: false",
      "t/r: measure share: call.duration <= 5s: false", "t/r: n >= 3: true",
      "t/r: share > 0.9: false", "t/r: n >= 3 and share > 0.9: true"}},
};

class RuleCoverageTest : public ::testing::TestWithParam<Row> {};

TEST_P(RuleCoverageTest, HasTheseGaps) {
  const Row& row = GetParam();
  const auto rules = compile(
      "format: 1\nnamespace: t\nmacros: { night: msg.hour < 6 }\nrules:\n"
      "  - { id: r, title: R, class: c, score: 1, " +
      row.rule + " }\n");
  RuleCoverage coverage(rules, "");
  for (const RuleTestResult& result : run_rule_tests(rules, {}, &coverage)) {
    EXPECT_TRUE(result.passed) << result.explanation;
  }
  EXPECT_THAT(gaps(coverage), ElementsAreArray(row.gaps));
  EXPECT_EQ(coverage.percent() == 100, row.gaps.empty());
}

INSTANTIATE_TEST_SUITE_P(Table, RuleCoverageTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

// Parts of another rule are its own; the reference is one part, wherever it stands.
TEST(RuleCoverageTest, OfReferencesIsWhetherTheyHold) {
  const auto rules = compile(
      "format: 1\nnamespace: t\nrules:\n"
      "  - { id: h, title: H, emit: false, patterns: { b: { words: [beta] }, c: { words: [gamma] } "
      "}, "
      "condition: b or c }\n"
      "  - { id: r, title: R, class: c, score: 1, patterns: { a: { words: [alpha] } }, "
      "condition: a and rule(h) and msg.url.count < 3" +
      tests({{"alpha beta", true}, {"x", false}}) + " }\n");
  RuleCoverage coverage(rules, "t/r");
  RuleTestOptions options;
  options.only = "t/r";
  run_rule_tests(rules, options, &coverage);
  EXPECT_THAT(gaps(coverage), ::testing::ElementsAre("t/r: msg.url.count < 3: false"));
}

TEST(RuleCoverageTest, IsOfOneRuleWhereOnlyThatIsTested) {
  const auto rules = compile(kTestRules);
  RuleCoverage coverage(rules, "test/shade");
  ASSERT_EQ(coverage.rules().size(), 1U);
  RuleTestOptions options;
  options.only = "test/shade";
  run_rule_tests(rules, options, &coverage);
  EXPECT_EQ(coverage.percent(), 100);
}

}  // namespace
}  // namespace sieve
