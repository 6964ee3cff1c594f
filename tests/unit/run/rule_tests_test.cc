#include "run/rule_tests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine_fixture.h"
#include "run/rules_loader.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;

std::vector<RuleTestResult> run(const std::string& rules) {
  const TemporaryDirectory directory;
  const auto compiled =
      compile_rules(rules_at({directory.write("t.rules.yaml", rules)}, {}), std::nullopt);
  SIEVE_CHECK(compiled.has_value(), "{}", compiled.error().text);
  static std::shared_ptr<const RuleSet> kept;  // Results refer to the rule set.
  kept = *compiled;
  return run_rule_tests(kept, {});
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  SIEVE_CHECK(at != std::string::npos, "no `{}`", from);
  return text.replace(at, from.size(), to);
}

TEST(RuleTestsTest, PassWhenTheRulesDoWhatTheySay) {
  for (const RuleTestResult& result : run(kTestRules)) {
    EXPECT_TRUE(result.passed) << result.test->name << "\n" << result.explanation;
  }
  EXPECT_EQ(run(kTestRules).size(), 6U);
}

// Results of the rule `only` alone are those that it has among all others.
TEST(RuleTestsTest, EachTestBeginsWithNothingCounted) {
  const TemporaryDirectory directory;
  std::string text = replaced(kTestRules, "free lunch", "free credit");
  text = replaced(text, "at: 2s, callees: 3", "at: 3s, callees: 4");
  const auto rules =
      compile_rules(rules_at({directory.write("t.rules.yaml", text)}, {}), std::nullopt);
  ASSERT_TRUE(rules);
  const std::vector<RuleTestResult> all = run_rule_tests(*rules, {});
  size_t compared = 0;
  for (const CompiledRule& rule : (*rules)->rules()) {
    RuleTestOptions options;
    options.only = rule.full_id;
    for (const RuleTestResult& alone : run_rule_tests(*rules, options)) {
      EXPECT_EQ(all[compared].test, alone.test);
      EXPECT_EQ(all[compared].explanation, alone.explanation);
      ++compared;
    }
  }
  EXPECT_EQ(compared, all.size());
}

TEST(RuleTestsTest, AFailingMessageTestSaysWhatFired) {
  const auto results = run(replaced(kTestRules, "free lunch", "free credit"));
  ASSERT_FALSE(results[1].passed);
  EXPECT_THAT(results[1].explanation, HasSubstr("expected no match, got a match"));
  EXPECT_THAT(results[1].explanation, HasSubstr("fired: credit"));
  EXPECT_THAT(results[1].explanation, HasSubstr("free credit"));
  EXPECT_TRUE(results[0].passed);
}

constexpr char kExceptedLure[] = R"(    condition: credit
    exceptions:
      - { name: bank, reason: its own campaign, expires: never, when: "msg.from == 'DEMOBANK'" })";

TEST(RuleTestsTest, ATestNamesTheException) {
  const std::string text = replaced(kTestRules, "    condition: credit", kExceptedLure);
  const std::string expected = R"(event: { from: DEMOBANK, text: "free credit" },
          expect: { match: false, because: "exception:bank" } })";
  const auto passed =
      run(replaced(text, "event: { text: \"free lunch\" }, expect: { match: false } }", expected));
  EXPECT_TRUE(passed[1].passed) << passed[1].explanation;
  const auto failed =
      run(replaced(text, "event: { text: \"free lunch\" }, expect: { match: false } }",
                   replaced(expected, "from: DEMOBANK", "from: DEMOPOST")));
  EXPECT_THAT(failed[1].explanation,
              HasSubstr("expected because exception:bank, got no exception"));
}

TEST(RuleTestsTest, AMatchThatIsMissedForAnExceptionSaysWhy) {
  const std::string text = replaced(kTestRules, "    condition: credit", kExceptedLure);
  const auto results = run(replaced(text, "event: { text: \"free credit\" }",
                                    "event: { from: DEMOBANK, text: \"free credit\" }"));
  EXPECT_THAT(results[0].explanation, HasSubstr("expected a match, got no match"));
  EXPECT_THAT(results[0].explanation, HasSubstr("excepted by exception:bank: its own campaign"));
}

// What is excepted does not count; the rest does.
TEST(RuleTestsTest, AWindowDoesNotCountWhatIsExcepted) {
  std::string text =
      replaced(kTestRules, "    condition: callees >= 3", R"(    condition: callees >= 3
    exceptions:
      - { name: desk, reason: help desk, expires: never, fields: call.to, values: ["+66820000002"] })");
  text = replaced(text, "repeat: 3, every: 1s, call", "repeat: 4, every: 1s, call");
  text = replaced(text, "expect: [{ at: 2s, callees: 3 }]",
                  "expect: [{ at: 3s, callees: 3 }]\n        because: exception:desk");
  const auto results = run(text);
  EXPECT_TRUE(results[4].passed) << results[4].explanation;
  const auto failed =
      run(replaced(text, "values: [\"+66820000002\"]", "values: [\"+66820000009\"]"));
  EXPECT_THAT(failed[4].explanation,
              HasSubstr("expected because exception:desk, which kept no record from counting"));
}

TEST(RuleTestsTest, AFailingTimelineShowsBothLists) {
  const auto results = run(replaced(kTestRules, "at: 2s, callees: 3", "at: 3s, callees: 4"));
  ASSERT_FALSE(results[4].passed);
  EXPECT_THAT(results[4].explanation, HasSubstr("expected: at 3s"));
  EXPECT_THAT(results[4].explanation, HasSubstr("got:      at 2s key +66812000001 callees=3"));
}

TEST(RuleTestsTest, AKeyOfSeveralFieldsIsWrittenAsAList) {
  std::string text = replaced(kTestRules, "by: [call.from]", "by: [call.from, call.kind]");
  text = replaced(text, "at: 2s, callees: 3", "at: 2s, key: ['+66812000001', mo], callees: 3");
  const auto results = run(text);
  EXPECT_TRUE(results[4].passed) << results[4].explanation;
}

TEST(RuleTestsTest, WindowsCanAskForLinksInMessages) {
  const auto results = run(R"(format: 1
namespace: test
rules:
  - id: links
    title: Many links from one sender
    class: links
    score: 4
    window: { by: [msg.from], over: 10m }
    where: msg.url.count >= 1
    measure: { messages: count() }
    condition: messages >= 2
    tests:
      - name: only messages with a link count
        timeline:
          - { at: 0s, message: { from: A, text: "see https://win.example/x" } }
          - { at: 1s, message: { from: A, text: "hello" } }
          - { at: 2s, message: { from: A, text: "see win[.]example/x" } }
        expect: [{ at: 2s, messages: 2 }]
)");
  ASSERT_EQ(results.size(), 1U);
  EXPECT_TRUE(results[0].passed) << results[0].explanation;
}

TEST(RuleTestsTest, ATimelineThatShouldBeSilentFailsWhenItIsNot) {
  const auto results = run(replaced(kTestRules, "repeat: 2, every", "repeat: 4, every"));
  EXPECT_FALSE(results[5].passed);
  EXPECT_THAT(results[5].explanation, HasSubstr("expected 0 findings, got 1"));
}

}  // namespace
}  // namespace sieve
