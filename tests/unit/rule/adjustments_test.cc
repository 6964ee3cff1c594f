// What filters and overrides do to the rules of a set.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rule/parse.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Three rules, the last of which counts calls, and what stands before them.
RuleFile parsed(const std::string& adjustments) {
  const std::string text = "format: 1\nnamespace: n\n" + adjustments + R"(rules:
  - { id: a, title: A, class: prize, score: 1, tags: [lang.en, lure], condition: msg.url.count >= 1 }
  - { id: b, title: B, class: loan, score: 2, tags: [lang.en], condition: msg.url.count >= 2 }
  - id: c
    title: C
    class: prize
    score: 3
    on: call
    window: { by: call.from, over: 1h }
    measure: { n: count() }
    condition: n > 1
)";
  Definitions definitions;
  Diagnostics diagnostics;
  RuleFile file = parse_rule_file("a.rules.yaml", text, definitions, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) {
    EXPECT_NE(diagnostic.severity, Severity::kError) << render(diagnostic, {});
  }
  return file;
}

std::vector<std::string> labels_of(const Rule& rule) {
  std::vector<std::string> labels;
  for (const ExceptionDef& exception : rule.exceptions) labels.push_back(exception.label());
  return labels;
}

std::string filter(std::string_view name, std::string_view rules, std::string_view when) {
  return fmt::format(
      "filters: [{{ name: {}, rules: [{}], when: {}, reason: r, expires: never }}]\n", name, rules,
      when);
}

TEST(FilterTest, IsAddedToTheRulesThatItNames) {
  const RuleFile by_id = parsed(filter("f", "n/b", "msg.hour < 5"));
  EXPECT_THAT(labels_of(by_id.rules[0]), IsEmpty());
  EXPECT_THAT(labels_of(by_id.rules[1]), ElementsAre("filter:f"));
  const RuleFile by_tag = parsed(filter("f", "tag:lang.en", "msg.hour < 5"));
  EXPECT_THAT(labels_of(by_tag.rules[0]), ElementsAre("filter:f"));
  EXPECT_THAT(labels_of(by_tag.rules[1]), ElementsAre("filter:f"));
}

TEST(FilterTest, IsAddedOnceWhateverWayARuleIsNamed) {
  const RuleFile file = parsed(filter("f", "n/a, tag:lure, class:prize", "msg.hour < 5"));
  EXPECT_THAT(labels_of(file.rules[0]), ElementsAre("filter:f"));
}

TEST(FilterTest, IsForRulesOnItsRecordsAlone) {
  const RuleFile messages = parsed(filter("f", "class:prize", "msg.hour < 5"));
  EXPECT_THAT(labels_of(messages.rules[2]), IsEmpty());
  const RuleFile calls = parsed(filter("f", "class:prize", "call.hour < 5"));
  EXPECT_THAT(labels_of(calls.rules[0]), IsEmpty());
  EXPECT_THAT(labels_of(calls.rules[2]), ElementsAre("filter:f"));
}

TEST(FilterTest, IsAboutTheRecordsOfItsMacro) {
  const RuleFile file =
      parsed("macros: { night: call.hour < 5 }\n" + filter("f", "class:prize", "night"));
  EXPECT_THAT(labels_of(file.rules[2]), ElementsAre("filter:f"));
}

TEST(OverrideTest, ChangesWhatItNamesAndNothingElse) {
  const RuleFile file =
      parsed("overrides: [{ rule: n/a, mode: shadow, score: 0.5, route: desk }]\n");
  const Rule& changed = file.rules[0];
  EXPECT_EQ(changed.mode, RuleMode::kShadow);
  EXPECT_EQ(changed.score, 0.5);
  EXPECT_EQ(changed.route, "desk");
  EXPECT_EQ(changed.tier, 2);
  EXPECT_EQ(changed.severity, RuleSeverity::kMedium);
  ASSERT_EQ(changed.overrides.size(), 1U);
  EXPECT_THAT(changed.overrides[0].keys, ElementsAre("mode", "score", "route"));
  EXPECT_THAT(file.rules[1].overrides, IsEmpty());
  EXPECT_EQ(file.rules[1].score, 2);
}

TEST(OverrideTest, SeveralMayChangeDifferentThings) {
  const RuleFile file =
      parsed("overrides: [{ rule: n/a, tier: 4 }, { rule: n/a, severity: low }]\n");
  EXPECT_EQ(file.rules[0].tier, 4);
  EXPECT_EQ(file.rules[0].severity, RuleSeverity::kLow);
}

TEST(OverrideTest, AppendsExceptionsBeforeThoseOfFilters) {
  const RuleFile file =
      parsed(filter("f", "n/a", "msg.hour < 5") +
             "overrides: [{ rule: n/a, exceptions: [{ name: e, reason: r, expires: never, "
             "fields: msg.from, values: [DEMOSHOP] }] }]\n");
  EXPECT_THAT(labels_of(file.rules[0]), ElementsAre("exception:e", "filter:f"));
}

}  // namespace
}  // namespace sieve
