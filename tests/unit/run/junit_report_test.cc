// What CI servers read of rule tests. An XML reader of others reads it in tests/formats.
#include "run/junit_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine_fixture.h"
#include "run/rules_loader.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The report on `text`, a rule file.
std::string report(const std::string& text) {
  const TemporaryDirectory directory;
  const auto rules =
      compile_rules(rules_at({directory.write("t.rules.yaml", text)}, {}), std::nullopt);
  SIEVE_CHECK(rules.has_value(), "{}", rules.error().text);
  std::string out = render_junit(**rules, run_rule_tests(*rules, {}));
  const std::string prefix = directory.path("");
  for (size_t at = out.find(prefix); at != std::string::npos; at = out.find(prefix)) {
    out.erase(at, prefix.size());
  }
  return out;
}

constexpr std::string_view kRule =
    "format: 1\nnamespace: a\nrules:\n"
    "  - id: r\n    title: R\n    class: c\n    score: 1\n"
    "    patterns: { p: { words: [x] } }\n    condition: p\n    tests:\n";

TEST(JunitReportTest, TestsOfRulesThatDoNotRunAreSkipped) {
  const std::string text = report(
      "format: 1\nnamespace: a\nrules:\n"
      "  - id: r\n    title: R\n    class: c\n    score: 1\n"
      "    campaign: { by: host, over: 1h }\n    measure: { n: count() }\n    condition: n > 1\n"
      "    tests:\n"
      "      - { name: one, timeline: [{ at: 0s, message: { text: x } }], expect: [] }\n");
  EXPECT_THAT(text, HasSubstr("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""));
  EXPECT_THAT(text, HasSubstr("<skipped message=\"checked only: campaigns are not correlated yet"));
  EXPECT_THAT(text, Not(HasSubstr("<failure")));
}

TEST(JunitReportTest, HasASuiteForEachRuleAndACaseForEachTest) {
  const std::string tests =
      "      - { name: one, event: { text: x }, expect: { match: true } }\n"
      "      - { name: two, event: { text: x }, expect: { match: false } }\n";
  EXPECT_EQ(report(std::string(kRule) + tests),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites name=\"scamsieve rules\" tests=\"2\" failures=\"1\" errors=\"0\" "
            "skipped=\"0\">\n"
            "  <testsuite name=\"a/r\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\">\n"
            "    <testcase classname=\"a/r\" name=\"one\" file=\"t.rules.yaml\" line=\"11\"/>\n"
            "    <testcase classname=\"a/r\" name=\"two\" file=\"t.rules.yaml\" line=\"12\">\n"
            "      <failure type=\"failed\" message=\"expected no match, got a match\">"
            "  expected no match, got a match&#10;  condition: p&#10;  fired: p&#10;"
            "  words: ` x `</failure>\n"
            "    </testcase>\n  </testsuite>\n</testsuites>\n");
}

TEST(JunitReportTest, WritesWhatXmlCannotHoldAsReplacements) {
  const std::string test =
      "      - { name: \"a<b>&\\\"'\\u0001\\uFFFE กู้\\n\", event: { text: x }, "
      "expect: { match: true } }\n";
  EXPECT_THAT(report(std::string(kRule) + test),
              HasSubstr("name=\"a&#60;b&#62;&#38;&#34;&#39;\uFFFD\uFFFD กู้&#10;\""));
}

TEST(JunitReportTest, WithoutTestsThereAreNoSuites) {
  EXPECT_THAT(render_junit(*RuleSet::compile({}, {}).value(), {}), HasSubstr("tests=\"0\""));
}

}  // namespace
}  // namespace sieve
