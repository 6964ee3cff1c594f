// Sequences and campaigns as they are read; what is wrong with them is in the golden files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden/golden.h"
#include "rule/parse.h"

namespace sieve {
namespace {

using testing::golden_directory;
using testing::golden_read;

// The rules of tests/golden/cli/every_kind.rules.yaml, one of each kind.
std::vector<Rule> every_kind() {
  const std::string text = golden_read(golden_directory("cli") + "/every_kind.rules.yaml");
  Diagnostics diagnostics;
  std::vector<Rule> rules = parse_rule_file("a", text, diagnostics).rules;
  for (const Diagnostic& diagnostic : diagnostics) ADD_FAILURE() << render(diagnostic, {});
  return rules;
}

const Rule& rule_of(const std::vector<Rule>& rules, RuleKind kind) {
  for (const Rule& rule : rules) {
    if (rule.kind() == kind) return rule;
  }
  ADD_FAILURE() << "no rule of kind " << name_of(kind);
  return rules.front();
}

TEST(SequenceTest, KeysTellTheKindsApart) {
  const std::vector<Rule> rules = every_kind();
  ASSERT_EQ(rules.size(), 4U);
  for (const RuleKind kind :
       {RuleKind::kMessage, RuleKind::kWindow, RuleKind::kSequence, RuleKind::kCampaign}) {
    EXPECT_EQ(rule_of(rules, kind).kind(), kind);
  }
}

TEST(SequenceTest, HasStepsWithTheirEntity) {
  const std::vector<Rule> rules = every_kind();
  const SequenceDef& sequence = *rule_of(rules, RuleKind::kSequence).sequence;
  EXPECT_EQ(sequence.by, "subscriber");
  EXPECT_EQ(sequence.hold, Duration{2 * 3'600'000});
  ASSERT_EQ(sequence.steps.size(), 2U);
  const StepDef& call = sequence.steps[0];
  EXPECT_EQ(call.name, "call");
  EXPECT_EQ(call.on, RecordKind::kCall);
  EXPECT_EQ(info_of(call.entity).name, "call.to");
  EXPECT_TRUE(call.patterns.empty());
  EXPECT_FALSE(call.is_absent);
  const StepDef& otp = sequence.steps[1];
  EXPECT_EQ(info_of(otp.entity).name, "msg.to");
  ASSERT_EQ(otp.patterns.size(), 1U);
  EXPECT_EQ(otp.patterns[0].name, "code");
  EXPECT_FALSE(otp.where.empty());
}

TEST(SequenceTest, TestsHaveCallsThatStartedBeforeTheirRecord) {
  const std::vector<Rule> rules = every_kind();
  const auto& tests = rule_of(rules, RuleKind::kSequence).tests;
  ASSERT_EQ(tests.size(), 2U);
  ASSERT_EQ(tests[0].events.size(), 2U);
  EXPECT_FALSE(tests[0].events[0].start);
  EXPECT_EQ(tests[0].events[1].start, Duration{0});
  EXPECT_EQ(tests[0].events[1].at, Duration{12 * 60'000});
  ASSERT_EQ(tests[1].known_pairs.size(), 1U);
  EXPECT_EQ(tests[1].known_pairs[0], std::pair(std::string("S1"), std::string("Z")));
  EXPECT_TRUE(tests[1].findings.empty());
}

TEST(SequenceTest, CampaignsAreWindowsOverWhatMessagesHaveInCommon) {
  const std::vector<Rule> rules = every_kind();
  const Rule& rule = rule_of(rules, RuleKind::kCampaign);
  EXPECT_EQ(rule.campaign->by, CampaignBy::kText);
  EXPECT_EQ(rule.campaign->similarity, 0.85);
  EXPECT_EQ(rule.campaign->over, Duration{3'600'000});
  EXPECT_EQ(rule.campaign->late, Duration{60'000});
  EXPECT_EQ(rule.measures.size(), 2U);
  EXPECT_FALSE(rule.where.empty());
}

TEST(SequenceTest, AbsentStepsAreMarked) {
  Diagnostics diagnostics;
  const RuleFile file =
      parse_rule_file("a",
                      "format: 1\nnamespace: n\nrules:\n"
                      "  - id: a\n    title: A\n    class: c\n    score: 1\n"
                      "    sequence:\n      by: who\n      steps:\n"
                      "        call: { on: call, entity: { who: call.to } }\n"
                      "        reply: { on: message, entity: { who: msg.from } }\n"
                      "      absent: reply\n      hold: 1h\n"
                      "      relate: reply.time between call.start and call.end + 10m\n",
                      diagnostics);
  ASSERT_EQ(file.rules.size(), 1U);
  const auto& steps = file.rules[0].sequence->steps;
  EXPECT_FALSE(steps[0].is_absent);
  EXPECT_TRUE(steps[1].is_absent);
}

struct RelationRow {
  std::string name;
  std::string written;
  std::string printed;
};

class RelationTest : public ::testing::TestWithParam<RelationRow> {};

ExpressionScope call_and_otp() {
  ExpressionScope scope;
  scope.steps = {{"call", RecordKind::kCall}, {"otp", RecordKind::kMessage}};
  return scope;
}

Expression read(const std::string& text, const ExpressionScope& scope) {
  YamlNode node;
  node.kind = YamlKind::kScalar;
  node.scalar = text;
  node.span = {1, 1, 1};
  Diagnostics diagnostics;
  const Expression relation = parse_relation(node, scope, {"a", 'R', &diagnostics});
  for (const Diagnostic& diagnostic : diagnostics) ADD_FAILURE() << render(diagnostic, {});
  return relation;
}

TEST_P(RelationTest, IsReadAndReadsBackAsItPrints) {
  const ExpressionScope scope = call_and_otp();
  const std::string printed = print_expression(read(GetParam().written, scope), scope);
  EXPECT_EQ(printed, GetParam().printed);
  EXPECT_EQ(print_expression(read(printed, scope), scope), printed);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RelationTest,
    ::testing::ValuesIn(std::vector<RelationRow>{
        {"before", "call.start before otp.time", "call.time < otp.time"},
        {"after", "otp.time after call.end", "otp.time > call.end"},
        {"comparison", "otp.time >= call.end", "otp.time >= call.end"},
        {"shifted", "otp.time after call.end + 10m", "otp.time > call.end + 10m"},
        {"shifted_first", "otp.time after 10m + call.end", "otp.time > 10m + call.end"},
        {"distance", "otp.time - call.start < 10m", "otp.time - call.time < 10m"},
        {"minus_without_space", "otp.time > call.end -10m", "otp.time > call.end - 10m"},
        {"sums_are_taken_from_the_left", "otp.time - call.start - 5m < 1m + 2m",
         "otp.time - call.time - 5m < 1m + 2m"},
        {"sums_in_parentheses", "otp.time - (call.start - 5m) < 1h",
         "otp.time - (call.time - 5m) < 1h"},
        {"between", "otp.time between call.start + 30s and call.end + 10m",
         "otp.time >= call.time + 30s and otp.time <= call.end + 10m"},
        {"between_and_more",
         "otp.time between call.start and call.end and not otp.time after call.start + 1h",
         "otp.time >= call.time and otp.time <= call.end and not otp.time > call.time + 1h"},
        {"not_between", "not otp.time between call.start and call.end",
         "not (otp.time >= call.time and otp.time <= call.end)"},
        {"or_binds_weaker",
         "otp.time before call.start or otp.time after call.end and "
         "otp.time before call.end + 1h",
         "otp.time < call.time or otp.time > call.end and otp.time < call.end + 1h"},
        {"parentheses",
         "(otp.time before call.start or otp.time after call.end) and call.end - otp.time < 1h",
         "(otp.time < call.time or otp.time > call.end) and call.end - otp.time < 1h"},
        {"lines", "otp.time after call.start\nand otp.time before call.end",
         "otp.time > call.time and otp.time < call.end"}}),
    [](const auto& row) { return row.param.name; });

TEST(RelationTest, HasABound) {
  const ExpressionScope scope = call_and_otp();
  std::string long_one = "otp.time after call.start";
  for (int i = 0; i < 400; ++i) long_one += " or otp.time after call.start";
  for (const std::string& text : {std::string(100, '(') + "otp.time", long_one}) {
    YamlNode node;
    node.kind = YamlKind::kScalar;
    node.scalar = text;
    node.span = {1, 1, 1};
    Diagnostics diagnostics;
    EXPECT_TRUE(parse_relation(node, scope, {"a", 'R', &diagnostics}).empty());
    ASSERT_EQ(diagnostics.size(), 1U);
    EXPECT_EQ(diagnostics[0].code, "R016");
  }
}

TEST(HistoryCallTest, ReadsBackAsItPrints) {
  ExpressionScope scope;
  scope.kind = RecordKind::kCall;
  scope.has_history = true;
  YamlNode node;
  node.kind = YamlKind::kScalar;
  node.scalar = "not known_pair(call.to, call.from, 90d) and first_seen(call.from, 36h)";
  node.span = {1, 1, 1};
  Diagnostics diagnostics;
  const Expression where = parse_expression(node, scope, {"a", 'R', &diagnostics});
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_EQ(print_expression(where, scope), node.scalar);
}

}  // namespace
}  // namespace sieve
