#include "rule/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The rules of a file that must be sound, without a warning.
RuleFile sound(std::string_view text) {
  Diagnostics diagnostics;
  RuleFile file = parse_rule_file("f", text, diagnostics);
  for (const Diagnostic& d : diagnostics) ADD_FAILURE() << render(d, {{"f", text}});
  return file;
}

constexpr std::string_view kMessageRule = R"(format: 1
namespace: demo.shop
rules:
  - id: PAR-0007
    rev: 3
    title: A parcel waits for a fee
    class: parcel
    group: parcels
    route: quick
    status: stable
    mode: shadow
    tier: 1
    severity: critical
    score: 4.5
    tags: [lang.en, scam.parcel]
    references: ["https://example.com/a"]
    author: fraud desk
    on: message
    patterns:
      parcel: { words: [parcel, "small packet"] }
      fee: { re: '(?:pay|settle) .{0,20}fee' }
      code: { lit: "XK-99", view: raw }
    condition: |
      parcel
      and any of (fee, code)
    alert: { summary: "Parcel fee asked by {msg.from}", redact: [msg.from] }
    tests:
      - name: asks for a fee
        event: { from: { addr: "+66800000001", type: msisdn }, to: [A, B], text: "Parcel: pay the fee" }
        expect: { match: true, score: 4.5, patterns: [parcel, fee] }
      - name: only says that it came
        event: { text: "Your parcel came today" }
        expect: { match: false }
)";

TEST(ParseRuleFileTest, ReadsEveryPartOfAMessageRule) {
  const RuleFile file = sound(kMessageRule);
  ASSERT_EQ(file.rules.size(), 1U);
  const Rule& rule = file.rules[0];
  EXPECT_EQ(rule.full_id(), "demo.shop/PAR-0007");
  EXPECT_EQ(rule.rev, 3);
  EXPECT_EQ(rule.title, "A parcel waits for a fee");
  EXPECT_EQ(rule.rule_class, "parcel");
  EXPECT_EQ(rule.group, "parcels");
  EXPECT_EQ(rule.route, "quick");
  EXPECT_EQ(rule.status, RuleStatus::kStable);
  EXPECT_EQ(rule.mode, RuleMode::kShadow);
  EXPECT_EQ(rule.tier, 1);
  EXPECT_EQ(rule.severity, RuleSeverity::kCritical);
  EXPECT_EQ(rule.score, 4.5);
  EXPECT_THAT(rule.tags, ElementsAre("lang.en", "scam.parcel"));
  EXPECT_THAT(rule.references, ElementsAre("https://example.com/a"));
  EXPECT_EQ(rule.author, "fraud desk");
  EXPECT_EQ(rule.on, RecordKind::kMessage);
  EXPECT_FALSE(rule.is_window());
  EXPECT_EQ(rule.id_span, (SourceSpan{4, 9, 8}));
  EXPECT_EQ(rule.alert.summary, "Parcel fee asked by {msg.from}");
  EXPECT_EQ(rule.alert.redact_fields, std::vector<FieldId>{*find_field("msg.from")});
}

TEST(ParseRuleFileTest, ReadsPatternsWithTheirViews) {
  const RuleFile file = sound(kMessageRule);
  const std::vector<PatternDef>& patterns = file.rules[0].patterns;
  ASSERT_EQ(patterns.size(), 3U);
  EXPECT_EQ(patterns[0].kind, PatternKind::kWords);
  EXPECT_EQ(patterns[0].view, View::kWords);
  ASSERT_EQ(patterns[0].phrases.size(), 2U);
  EXPECT_EQ(patterns[0].phrases[1].folded, "small packet");
  EXPECT_EQ(patterns[0].phrases[1].span, (SourceSpan{20, 33, 14}));
  EXPECT_EQ(patterns[1].kind, PatternKind::kRegex);
  EXPECT_EQ(patterns[1].view, View::kText);
  EXPECT_EQ(patterns[1].phrases[0].folded, "(?:pay|settle) .{0,20}fee");
  EXPECT_EQ(patterns[2].kind, PatternKind::kLiteral);
  EXPECT_EQ(patterns[2].view, View::kRaw);
  EXPECT_EQ(patterns[2].phrases[0].folded, "XK-99");
}

TEST(ParseRuleFileTest, ReadsTestsOfMessageRules) {
  const RuleFile file = sound(kMessageRule);
  const std::vector<RuleTest>& tests = file.rules[0].tests;
  ASSERT_EQ(tests.size(), 2U);
  EXPECT_EQ(tests[0].match, true);
  EXPECT_EQ(tests[0].score, 4.5);
  EXPECT_THAT(tests[0].patterns, ElementsAre("parcel", "fee"));
  ASSERT_EQ(tests[0].events.size(), 1U);
  std::vector<std::string> fields;
  for (const TestField& field : tests[0].events[0].fields) {
    fields.push_back(field.path + "=" + field.value + (field.quoted ? " quoted" : ""));
  }
  EXPECT_THAT(fields, ElementsAre("from.addr=+66800000001 quoted", "from.type=msisdn", "to=A",
                                  "to=B", "text=Parcel: pay the fee quoted"));
  EXPECT_EQ(tests[1].match, false);
  EXPECT_FALSE(tests[1].score.has_value());
}

constexpr std::string_view kWindowRule = R"(format: 1
namespace: demo
rules:
  - id: CAL-0001
    title: One caller, many short calls
    class: wangiri
    score: 3
    on: call
    where: call.kind == "mo" and call.duration <= 6s
    window: { by: [call.from, call.cell.id], over: 10m, late: 2m, max_keys: 500 }
    measure:
      calls: count()
      callees: distinct( call.to )
      missed: ratio(not call.answered)
    condition: callees >= 5 and missed >= 0.5
    alert: { summary: "{call.from} called {callees} numbers in {calls} calls" }
    tests:
      - name: dials through a list
        timeline:
          - { at: 0s, repeat: 6, every: 20s, call: { from: A, to: "S{n}", kind: mo, duration: 0 } }
          - { at: 5m, message: { from: A, text: hello } }
        expect: [ { at: 80s, key: [A, C1], callees: 5, missed: 1 } ]
      - name: calls a friend again and again
        timeline:
          - { at: 0s, repeat: 6, every: 20s, call: { from: A, to: B, duration: 2s } }
        expect: []
)";

TEST(ParseRuleFileTest, ReadsWindowsAndMeasures) {
  const RuleFile file = sound(kWindowRule);
  ASSERT_EQ(file.rules.size(), 1U);
  const Rule& rule = file.rules[0];
  ASSERT_TRUE(rule.is_window());
  EXPECT_THAT(rule.window->by, ElementsAre(*find_field("call.from"), *find_field("call.cell.id")));
  EXPECT_EQ(rule.window->over, Duration{600'000});
  EXPECT_EQ(rule.window->late, Duration{120'000});
  EXPECT_EQ(rule.window->keys_max, 500U);
  ASSERT_EQ(rule.measures.size(), 3U);
  EXPECT_EQ(rule.measures[0].kind, MeasureKind::kCount);
  EXPECT_EQ(rule.measures[1].kind, MeasureKind::kDistinct);
  EXPECT_EQ(rule.measures[1].field, *find_field("call.to"));
  EXPECT_EQ(rule.measures[2].kind, MeasureKind::kRatio);
  EXPECT_EQ(rule.measures[2].predicate.text, "not call.answered");
  EXPECT_EQ(rule.measures[2].predicate.nodes.size(), 2U);
  EXPECT_FALSE(rule.alert.suppress.has_value());
}

TEST(ParseRuleFileTest, ReadsTimelines) {
  const RuleFile file = sound(kWindowRule);
  const std::vector<RuleTest>& tests = file.rules[0].tests;
  ASSERT_EQ(tests.size(), 2U);
  ASSERT_EQ(tests[0].events.size(), 2U);
  EXPECT_EQ(tests[0].events[0].repeat, 6);
  EXPECT_EQ(tests[0].events[0].every, Duration{20'000});
  EXPECT_EQ(tests[0].events[0].kind, RecordKind::kCall);
  EXPECT_EQ(tests[0].events[1].kind, RecordKind::kMessage);
  EXPECT_EQ(tests[0].events[1].at, Duration{300'000});
  ASSERT_EQ(tests[0].findings.size(), 1U);
  EXPECT_EQ(tests[0].findings[0].at, Duration{80'000});
  EXPECT_THAT(tests[0].findings[0].key, ElementsAre("A", "C1"));
  EXPECT_THAT(tests[0].findings[0].measures,
              ElementsAre(std::pair<std::string, double>("callees", 5),
                          std::pair<std::string, double>("missed", 1)));
  EXPECT_THAT(tests[1].findings, IsEmpty());
}

constexpr std::string_view kShortRule = R"(format: 1
namespace: demo
rules:
  - id: A-1
    title: Short
    class: prize
    score: 1
    condition: p
    patterns: { p: { words: prize } }
    tests:
      - { name: yes, event: { text: prize }, expect: { match: true } }
      - { name: no, event: { text: price }, expect: { match: false } }
)";

TEST(ParseRuleFileTest, HasDefaults) {
  const RuleFile file = sound(kShortRule);
  ASSERT_EQ(file.rules.size(), 1U);
  const Rule& rule = file.rules[0];
  EXPECT_EQ(rule.rev, 1);
  EXPECT_EQ(rule.status, RuleStatus::kExperimental);
  EXPECT_EQ(rule.mode, RuleMode::kAlert);
  EXPECT_EQ(rule.severity, RuleSeverity::kMedium);
  EXPECT_EQ(rule.tier, 2);
  EXPECT_EQ(rule.group, "");
  EXPECT_FALSE(rule.alert.suppress.has_value());
}

TEST(ParseRuleFileTest, KeepsSoundRulesBesideBrokenOnes) {
  std::string text(kShortRule);
  text += "  - { id: A-2, title: Broken, class: prize, score: 1, condition: nothing }\n";
  Diagnostics diagnostics;
  const RuleFile file = parse_rule_file("f", text, diagnostics);
  ASSERT_EQ(file.rules.size(), 1U);
  EXPECT_EQ(file.rules[0].id, "A-1");
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].code, "R012");
}

TEST(ParseRuleFileTest, AnEmptyListOfRulesIsSound) {
  EXPECT_THAT(sound("format: 1\nnamespace: demo\nrules: []\n").rules, IsEmpty());
}

TEST(ParseRuleFileTest, LimitsTestsOfOneRule) {
  std::string text(kShortRule);
  const std::string one = "      - { name: more, event: { text: x }, expect: { match: false } }\n";
  for (size_t i = 2; i < limits::kRuleTestsMax; ++i) text += one;
  EXPECT_EQ(sound(text).rules.size(), 1U);
  Diagnostics diagnostics;
  parse_rule_file("f", text + one, diagnostics);
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].code, "R004");
}

TEST(ParseThresholdsTest, ReadsEveryKey) {
  Diagnostics diagnostics;
  const Thresholds got =
      parse_thresholds("t",
                       "observe: 1\nreview: 2.5\nact: 9\nact_tier_max: 2\nreview_tier_max: 4\n"
                       "group_caps: { urgency: 1.5, parcels: 4 }\n",
                       diagnostics);
  EXPECT_THAT(diagnostics, IsEmpty());
  EXPECT_EQ(got.observe, 1);
  EXPECT_EQ(got.review, 2.5);
  EXPECT_EQ(got.act, 9);
  EXPECT_EQ(got.act_tier_max, 2);
  EXPECT_EQ(got.review_tier_max, 4);
  EXPECT_EQ(got.group_caps.at("urgency"), 1.5);
  EXPECT_EQ(got.group_caps.size(), 2U);
}

TEST(NamesTest, AreTheWordsOfTheLanguage) {
  EXPECT_EQ(name_of(RuleStatus::kDeprecated), "deprecated");
  EXPECT_EQ(name_of(RuleMode::kShadow), "shadow");
  EXPECT_EQ(name_of(RuleSeverity::kInfo), "info");
  EXPECT_EQ(name_of(RuleSeverity::kCritical), "critical");
  EXPECT_EQ(name_of(PatternKind::kRegex), "re");
  EXPECT_EQ(name_of(Verdict::kAct), "act");
}

}  // namespace
}  // namespace sieve
