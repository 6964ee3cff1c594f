// Which mutants tests kill, and what is said of the others: tests/golden/diagnostics/mutants.yaml.
#include "run/mutation_tests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden/golden.h"
#include "unit/run/engine_fixture.h"

namespace sieve {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

struct Tried {
  std::shared_ptr<const RuleSet> rules;
  MutationReport report;

  std::vector<std::string> mutants(MutantOutcome outcome) const {
    std::vector<std::string> names;
    for (const MutatedRule& rule : report.rules) {
      for (const MutantResult& result : rule.mutants) {
        if (result.outcome == outcome) names.push_back(result.mutant.name);
      }
    }
    return names;
  }
  std::vector<std::string> killed() const { return mutants(MutantOutcome::kKilled); }
  std::vector<std::string> survived() const { return mutants(MutantOutcome::kSurvived); }
};

Tried run(std::string_view yaml, const std::string& file = "t.rules.yaml", size_t threads = 1) {
  LoadedRules loaded;
  loaded.definitions.today = *parse_date("2026-01-05");
  loaded.texts.push_back({file, std::string(yaml)});
  loaded.files.push_back(parse_rule_file(file, yaml, loaded.definitions, loaded.diagnostics));
  SIEVE_CHECK(loaded.ok(), "{}", render(loaded.diagnostics.front(), loaded.sources()));
  loaded.thresholds.group_caps = {{"g", 5}};
  auto rules = RuleSet::compile(std::move(loaded), {});
  SIEVE_CHECK(rules.has_value(), "{}", render(rules.error().front(), {}));
  MutationOptions options;
  options.threads = threads;
  auto report = run_mutation_tests(*rules, options);
  SIEVE_CHECK(report.has_value(), "{}", render(report.error().front(), {}));
  return {*rules, std::move(*report)};
}

TEST(MutationTestsTest, SayWhatNoTestNotices) {
  const std::string path = testing::golden_directory("diagnostics") + "/mutants.yaml";
  const Tried done = run(testing::golden_read(path), "mutants.yaml");
  std::string got;
  for (const Diagnostic& diagnostic : done.report.diagnostics) {
    got += render(diagnostic, done.rules->sources()) + "\n";
  }
  testing::expect_golden(path.substr(0, path.size() - 5) + ".out", got);
}

constexpr char kHead[] = "format: 1\nnamespace: t\n";

// `rule` is what stands in a rule behind its head and in front of its tests, `tests` a line each.
std::string rule_text(const std::string& rule, const std::vector<std::string>& tests) {
  std::string out = "  - { id: r, title: R, class: c, score: 3, " + rule + ", tests: [\n";
  for (const std::string& test : tests) out += "      { name: t, " + test + " },\n";
  return out + "    ] }\n";
}

std::string text_test(const std::string& text, const std::string& expect) {
  return "event: { text: \"" + text + "\" }, expect: { " + expect + " }";
}

// A mutant, and the test that kills it where the others do not.
struct KillRow {
  std::string name;
  std::string rule;
  std::vector<std::string> tests;
  std::string mutant;
  std::string killer;
};

const std::string kPatterns =
    "patterns: { a: { words: [alpha] }, b: { words: [beta] }, c: { words: [gamma] } }, condition: ";
const std::string kMatch = "match: true";
const std::string kNone = "match: false";

const KillRow kKillRows[] = {
    {"Conjunct",
     kPatterns + "a and b",
     {text_test("alpha beta", kMatch), text_test("x", kNone)},
     "drop a",
     text_test("beta", kNone)},
    {"Disjunct",
     kPatterns + "a or b",
     {text_test("alpha beta", kMatch), text_test("x", kNone)},
     "drop a",
     text_test("alpha", kMatch)},
    {"And",
     kPatterns + "a and b",
     {text_test("alpha beta", kMatch), text_test("x", kNone)},
     "and b -> or b",
     text_test("alpha", kNone)},
    {"Pattern",
     kPatterns + "a and count(b) < 2",
     {text_test("alpha", kMatch), text_test("x", kNone)},
     "drop count(b) < 2",
     text_test("alpha beta beta", kNone)},
    {"Not",
     kPatterns + "a and not b",
     {text_test("x", kNone)},
     "not b -> b",
     text_test("alpha", kMatch)},
    {"Shift",
     kPatterns + "a and msg.url.count < 2",
     {text_test("alpha", kMatch), text_test("x", kNone)},
     "msg.url.count < 2 -> msg.url.count < 1",
     text_test("alpha https://a.example", kMatch)},
    {"Quantity",
     kPatterns + "'2 of (a, b, c)'",
     {text_test("alpha beta gamma", kMatch), text_test("x", kNone)},
     "2 of (a, b, c) -> any of (a, b, c)",
     text_test("alpha", kNone)},
    {"Near",
     kPatterns + "'near(a, b, 3)'",
     {text_test("alpha beta", kMatch), text_test("x", kNone)},
     "near(a, b, 3) -> a and b",
     text_test("alpha with something and beta", kNone)},
    {"Links",
     kPatterns + "a and any url where url.is_ip",
     {text_test("alpha http://192.0.2.7", kMatch), text_test("alpha", kNone)},
     "any url where url.is_ip -> any url at all",
     text_test("alpha http://a.example", kNone)},
    {"Score",
     kPatterns + "a, score_if: [{ when: b, add: 1, why: w }]",
     {text_test("alpha", kMatch), text_test("x", kNone)},
     "drop score_if 1",
     text_test("alpha beta", "match: true, score: 4")},
    {"Exception",
     kPatterns + "a, exceptions: [{ name: e, reason: r, expires: never, fields: [msg.from], "
                 "values: [A, B] }]",
     {text_test("alpha", kMatch), text_test("x", kNone)},
     "drop exception e",
     "event: { from: B, text: alpha }, expect: { match: false, because: \"exception:e\" }"},
    {"ScoreUnderACap",
     "group: g, " + kPatterns + "a, score_if: [{ when: b, add: 4, why: w }]",
     {text_test("alpha", kMatch), text_test("x", kNone)},
     "drop score_if 1",
     text_test("alpha beta", "match: true, score: 5")},
};

class KillTest : public ::testing::TestWithParam<KillRow> {};

TEST_P(KillTest, TheLackingTestKills) {
  const KillRow& row = GetParam();
  std::vector<std::string> tests = row.tests;
  const std::string before = kHead + std::string("rules:\n") + rule_text(row.rule, tests);
  EXPECT_THAT(run(before).survived(), Contains(row.mutant));
  tests.push_back(row.killer);
  const std::string after = kHead + std::string("rules:\n") + rule_text(row.rule, tests);
  EXPECT_THAT(run(after).killed(), Contains(row.mutant));
}

INSTANTIATE_TEST_SUITE_P(Table, KillTest, ::testing::ValuesIn(kKillRows),
                         [](const auto& row) { return row.param.name; });

// More mutants than a message may have hits: none is taken for killed because it was left out.
TEST(MutationTestsTest, AreTriedHoweverManyThereAre) {
  std::string condition = "p0";
  std::string patterns = "p0: { words: [w0] }";
  for (int i = 1; i < 50; ++i) {
    const std::string name = "p" + std::to_string(i);
    condition += " or " + name;
    patterns += ", " + name + ": { words: [w" + std::to_string(i) + "] }";
  }
  const Tried done = run(kHead + std::string("rules:\n") +
                         rule_text("patterns: { " + patterns + " }, condition: " + condition,
                                   {text_test("w0 w1 w2", kMatch), text_test("x", kNone)}));
  EXPECT_GT(done.report.counts().all(), limits::kHitsPerMessageMax);
  EXPECT_THAT(done.survived(), Contains("drop p0"));
  EXPECT_THAT(done.survived(), Contains("drop p49"));
}

TEST(MutationTestsTest, OfAMacroAreKilledByATestOfAnyRuleThatUsesIt) {
  const std::string macros = "macros: { odd: msg.url.count >= 1 and msg.hour < 6 }\nrules:\n";
  const std::string first =
      rule_text(kPatterns + "a and odd", {text_test("alpha", kNone), text_test("x", kNone)});
  const Tried one = run(kHead + macros + first);
  ASSERT_EQ(one.report.rules.size(), 2U);
  EXPECT_EQ(one.report.rules[1].name, "macro odd");
  EXPECT_EQ(one.report.rules[1].counts().killed, 0U);
  std::string second = rule_text(
      kPatterns + "b and odd", {text_test("beta https://a.example", kNone), text_test("x", kNone)});
  second.replace(second.find("id: r"), 5, "id: s");
  const Tried two = run(kHead + macros + first + second);
  ASSERT_EQ(two.report.rules.size(), 3U);
  EXPECT_EQ(two.report.rules[2].counts().all(), one.report.rules[1].counts().all());
  EXPECT_THAT(two.killed(), Contains("macro odd: drop msg.hour < 6"));
}

TEST(MutationTestsTest, LookValuesUpInTheListsOfTheSet) {
  const std::string lists =
      "lists: { partners: { type: sender, items: [DEMOPOST] }, other: { type: sender, items: [X] } "
      "}"
      "\nrules:\n";
  const auto from = [](const std::string& sender, const std::string& expect) {
    return "event: { from: " + sender + ", text: alpha }, expect: { " + expect + " }";
  };
  const Tried done =
      run(kHead + lists +
          rule_text(kPatterns + "a and msg.from in partners and msg.from not in other",
                    {from("DEMOPOST", kMatch), from("Y", kNone), from("X", kNone)}));
  EXPECT_EQ(done.report.failing, 0U);
  EXPECT_THAT(done.killed(), Contains("drop msg.from in partners"));
}

TEST(MutationTestsTest, OfWindowsLookValuesUpToo) {
  const Tried done = run(
      kHead + std::string("lists: { ours: { type: number, items: ['+66812000001'] } }\nrules:\n") +
      rule_text("on: call, window: { by: [call.from], over: 10m }, where: call.from not in ours, "
                "measure: { n: count() }, condition: n >= 2",
                {"timeline: [{ at: 0s, repeat: 2, every: 5s, call: { from: '+66812000001' } }], "
                 "expect: []",
                 "timeline: [{ at: 0s, repeat: 2, every: 5s, call: { from: '+66812000002' } }], "
                 "expect: [{ at: 5s }]"}));
  EXPECT_EQ(done.report.failing, 0U);
  EXPECT_THAT(done.killed(), Contains("where: not call.from in ours -> call.from in ours"));
  EXPECT_THAT(done.killed(), Contains("drop where"));
  EXPECT_THAT(done.survived(), IsEmpty());
}

// What a rule refers to is as it was; helpers are tried as other rules are.
TEST(MutationTestsTest, OfRulesThatReferToOthersHaveThemBeside) {
  std::string helper =
      rule_text("emit: false, " + kPatterns + "b or c",
                {text_test("beta", kMatch), text_test("gamma", kMatch), text_test("x", kNone)});
  helper.replace(helper.find("id: r"), 5, "id: h");
  helper.replace(helper.find("class: c, score: 3, "), 20, "");
  const Tried done = run(kHead + std::string("rules:\n") + helper +
                         rule_text(kPatterns + "a and rule(h)",
                                   {text_test("alpha beta", kMatch), text_test("alpha", kNone)}));
  EXPECT_EQ(done.report.failing, 0U);
  EXPECT_THAT(done.killed(), Contains("drop rule(t/h)"));
  EXPECT_THAT(done.killed(), Contains("drop b"));
  EXPECT_THAT(done.survived(), ElementsAre("drop a"));
}

TEST(MutationTestsTest, DoNotDependOnThreads) {
  const std::string text =
      testing::golden_read(testing::golden_directory("cli") + "/mutants.rules.yaml");
  const Tried one = run(text, "t.rules.yaml", 1);
  const Tried many = run(text, "t.rules.yaml", 3);
  EXPECT_EQ(render_mutations(one.report, *one.rules), render_mutations(many.report, *many.rules));
  EXPECT_THAT(one.survived(), Not(IsEmpty()));
}

}  // namespace
}  // namespace sieve
