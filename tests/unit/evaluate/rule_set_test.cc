#include "evaluate/rule_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "match/list_set.h"
#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::loaded_from;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kTwoRules = R"(format: 1
namespace: demo
rules:
  - id: A
    title: a
    class: bank
    score: 1
    patterns:
      fee: { words: [customs fee, delivery fee] }
      link: { lit: "http" }
    condition: fee and link
  - id: B
    title: b
    class: bank
    score: 1
    patterns:
      same: { words: [delivery fee, customs fee] }
      other: { words: [customs fee] }
    condition: same or other
)";

TEST(RuleSetTest, RulesThatSpellTheSamePatternShareItsSignal) {
  const auto rules = compiled(loaded_from(kTwoRules));
  ASSERT_THAT(rules->rules(), SizeIs(2));
  EXPECT_EQ(rules->signal_count(), 3U);
  // Two phrases, each also with its letters written apart, and a literal.
  EXPECT_EQ(rules->patterns()->pattern_count(), 5U);
  EXPECT_EQ(rules->rules()[0].signals[0], rules->rules()[1].signals[0]);
  EXPECT_NE(rules->rules()[0].signals[0], rules->rules()[1].signals[1]);
}

TEST(RuleSetTest, PatternsRaiseEverySignalTheyBelongTo) {
  const auto rules = compiled(loaded_from(kTwoRules));
  size_t raised = 0;
  for (uint32_t i = 0; i < rules->patterns()->pattern_count(); ++i) {
    const std::string& text = rules->patterns()->spec(PatternId(i)).text;
    const bool shared = text == "customs fee" || text == "customsfee";
    EXPECT_THAT(rules->signals_of(PatternId(i)), SizeIs(shared ? 2 : 1));
    raised += rules->signals_of(PatternId(i)).size();
  }
  EXPECT_EQ(raised, 7U);
}

TEST(RuleSetTest, IndexesARuleUnderOneNecessaryCondition) {
  const auto rules = compiled(loaded_from(kTwoRules));
  const auto& a = rules->rules()[0];
  const size_t under_a =
      static_cast<size_t>(std::ranges::count(rules->rules_of(a.signals[0]), RuleIndex(0))) +
      static_cast<size_t>(std::ranges::count(rules->rules_of(a.signals[1]), RuleIndex(0)));
  EXPECT_EQ(under_a, 1U);
  for (const SignalId signal : rules->rules()[1].signals) {
    EXPECT_EQ(std::ranges::count(rules->rules_of(signal), RuleIndex(1)), 1);
  }
  EXPECT_THAT(rules->always(), IsEmpty());
}

constexpr std::string_view kFieldRules = R"(format: 1
namespace: demo
rules:
  - id: SENDER
    title: from a listed sender
    class: bank
    score: 1
    condition: msg.from == 'A' and msg.lang == 'th'
  - id: SPRAY
    title: many callees
    class: call
    score: 1
    on: call
    where: call.duration <= 6s
    window: { by: [call.from], over: 10m, late: 2m }
    measure: { targets: distinct(call.to), share: ratio(call.answered == false) }
    condition: targets >= 5 and share >= 0.5
  - id: LONG
    title: many calls
    class: call
    score: 1
    on: call
    window: { by: [call.from], over: 1h, late: 1m }
    measure: { calls: count() }
    condition: calls >= 100
)";

TEST(RuleSetTest, KnowsWhatItNeverMayLeaveOut) {
  const auto rules = compiled(loaded_from(kFieldRules));
  EXPECT_THAT(rules->always(), ElementsAre(RuleIndex(0)));
  EXPECT_THAT(rules->window_rules(), ElementsAre(RuleIndex(1), RuleIndex(2)));
  EXPECT_THAT(rules->inactive(), IsEmpty());
  EXPECT_EQ(rules->state_span(), Duration{61 * 60'000});
}

TEST(RuleSetTest, SequencesAndCampaignsAreInactiveAndCostNothing) {
  const auto rules = compiled(loaded_from(R"(format: 1
namespace: demo
rules:
  - id: S
    title: s
    class: otp
    score: 1
    sequence:
      by: who
      steps:
        call: { on: call, entity: { who: call.to } }
        otp:
          on: message
          entity: { who: msg.to }
          patterns: { code: { words: [your code] } }
          where: code and first_seen(msg.from, 7d)
      relate: otp.time between call.start and call.end
      hold: 1h
  - id: C
    title: c
    class: campaign
    score: 1
    patterns: { code: { re: 'code [0-9]+' } }
    where: code
    campaign: { by: text, over: 30d }
    measure: { messages: count() }
    condition: messages >= 100
)"));
  ASSERT_THAT(rules->inactive(), SizeIs(2));
  for (const InactiveRule& inactive : rules->inactive()) {
    EXPECT_EQ(inactive.missing_field, "");
    EXPECT_FALSE(inactive.reason.empty());
    EXPECT_FALSE(rules->rule(inactive.rule).active);
  }
  EXPECT_EQ(rules->signal_count(), 0U);
  EXPECT_THAT(rules->always(), IsEmpty());
  EXPECT_THAT(rules->window_rules(), IsEmpty());
  EXPECT_EQ(rules->state_span(), Duration{0});
}

TEST(RuleSetTest, RulesWithoutTheirFieldsAreInactive) {
  CompileOptions options;
  options.available_fields = {*find_field("msg.from"), *find_field("call.from"),
                              *find_field("call.duration"), *find_field("call.to")};
  const auto rules = compiled(loaded_from(kFieldRules), options);
  ASSERT_THAT(rules->inactive(), SizeIs(2));
  EXPECT_EQ(rules->inactive()[0].rule, RuleIndex(0));
  EXPECT_EQ(rules->inactive()[0].missing_field, "msg.lang");
  EXPECT_EQ(rules->inactive()[0].reason, "no msg.lang");
  EXPECT_EQ(rules->inactive()[1].rule, RuleIndex(1));
  EXPECT_EQ(rules->inactive()[1].reason, "no call.answered");
  EXPECT_FALSE(rules->rules()[0].active);
  EXPECT_THAT(rules->always(), IsEmpty());
  EXPECT_THAT(rules->window_rules(), ElementsAre(RuleIndex(2)));
}

TEST(RuleSetTest, AnEmptySetCompiles) {
  const auto rules = compiled({});
  EXPECT_THAT(rules->rules(), IsEmpty());
  EXPECT_EQ(rules->state_span(), Duration{});
}

struct DiagnosticRow {
  const char* name;
  const char* pattern;  // As written in the file, from column 12 of line 9.
  const char* code;
  uint32_t column;
  uint32_t size;
};

class CompileDiagnosticTest : public ::testing::TestWithParam<DiagnosticRow> {};

TEST_P(CompileDiagnosticTest, PointsAtThePlace) {
  const std::string yaml = std::string(R"(format: 1
namespace: demo
rules:
  - id: A
    title: a
    class: bank
    score: 1
    patterns:
      p: { )") + GetParam().pattern +
                           R"( }
    condition: p
)";
  const auto rules = RuleSet::compile(loaded_from(yaml), {});
  ASSERT_FALSE(rules);
  ASSERT_THAT(rules.error(), SizeIs(1));
  const Diagnostic& diagnostic = rules.error().front();
  EXPECT_EQ(diagnostic.code, GetParam().code);
  EXPECT_EQ(diagnostic.file, "test.rules.yaml");
  EXPECT_EQ(diagnostic.span, (SourceSpan{9, GetParam().column, GetParam().size}));
  EXPECT_FALSE(diagnostic.label.empty());
}

constexpr DiagnosticRow kDiagnostics[] = {
    {"unclosed_class", "re: 'ab[c'", "R101", 19, 2},
    {"flags", "re: 'a(?i)b'", "R106", 18, 4},
    {"matches_empty", "re: 'a*'", "R103", 16, 4},
    {"after_wide_characters", "re: 'รับ(?s)b'", "R106", 20, 4},
    {"contradiction", "re: '\\.\\B0'", "R105", 16, 7},
};

INSTANTIATE_TEST_SUITE_P(All, CompileDiagnosticTest, ::testing::ValuesIn(kDiagnostics),
                         [](const auto& row) { return row.param.name; });

TEST(RuleSetTest, ReportsAPatternAtEveryPlaceWhereItStands) {
  const std::string yaml = R"(format: 1
namespace: demo
rules:
  - id: A
    title: a
    class: bank
    score: 1
    patterns: { p: { re: 'a*' } }
    condition: p
  - id: B
    title: b
    class: bank
    score: 1
    patterns: { q: { re: 'a*' } }
    condition: q
)";
  const auto rules = RuleSet::compile(loaded_from(yaml), {});
  ASSERT_FALSE(rules);
  ASSERT_THAT(rules.error(), SizeIs(2));
  EXPECT_EQ(rules.error()[0].span.line, 8U);
  EXPECT_EQ(rules.error()[1].span.line, 14U);
}

// A rule about a list of senders with `items`.
std::string with_partners(const std::string& items, const std::string& type = "sender") {
  return "format: 1\nnamespace: demo\nlists: { partners: { type: " + type +
         ", on_empty: keep_previous, items: [" + items + R"(] } }
rules:
  - id: A
    title: a
    class: bank
    score: 1
    patterns: { p: { words: win } }
    condition: p and msg.from not in partners
)";
}

TEST(RuleSetTest, KeepsTheEntriesOfAListThatComesOutEmpty) {
  const auto first = compiled(loaded_from(with_partners("DEMOPOST")));
  ASSERT_NE(first, nullptr);
  EXPECT_THAT(first->kept_lists(), IsEmpty());
  CompileOptions options;
  options.previous = first.get();
  const auto second = compiled(loaded_from(with_partners("")), options);
  ASSERT_NE(second, nullptr);
  EXPECT_THAT(second->kept_lists(), ElementsAre("partners"));
  EXPECT_TRUE(second->lists()[0]->contains("DEMOPOST", {}, TimeZone()));
  options.previous = second.get();
  const auto third = compiled(loaded_from(with_partners("DEMOSHOP")), options);
  ASSERT_NE(third, nullptr);
  EXPECT_THAT(third->kept_lists(), IsEmpty());
  EXPECT_FALSE(third->lists()[0]->contains("DEMOPOST", {}, TimeZone()));
}

TEST(RuleSetTest, RefusesAnEmptyListWithNothingToKeep) {
  const auto first = RuleSet::compile(loaded_from(with_partners("")), {});
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().front().code, "R095");
  EXPECT_EQ(first.error().front().span, (SourceSpan{3, 10, 8}));
  const auto numbers = compiled(loaded_from(with_partners("\"+66812345678\"", "number")));
  ASSERT_NE(numbers, nullptr);
  CompileOptions options;
  options.previous = numbers.get();
  EXPECT_FALSE(RuleSet::compile(loaded_from(with_partners("")), options))
      << "entries of another type are no entries of this one";
}

TEST(RuleSetTest, RulesOfAFileThatRequiresAMissingFieldAreInactive) {
  const std::string text =
      "format: 1\nnamespace: n\nrequires: { engine: \">=0.1\", fields: [msg.text, msg.lang] }\n"
      "rules:\n  - { id: a, title: A, class: c, score: 1, condition: msg.url.count >= 1 }\n";
  CompileOptions options;
  options.available_fields =
      std::vector<FieldId>{*find_field("msg.text"), *find_field("msg.url.count")};
  const auto rules = compiled(loaded_from(text), options);
  ASSERT_THAT(rules->inactive(), SizeIs(1));
  EXPECT_EQ(rules->inactive()[0].reason, "no msg.lang");
  options.available_fields->push_back(*find_field("msg.lang"));
  EXPECT_THAT(compiled(loaded_from(text), options)->inactive(), IsEmpty());
}

}  // namespace
}  // namespace sieve
