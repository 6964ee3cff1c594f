#include "correlate/fact_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "correlate/entity_key.h"
#include "unit/correlate/window_rules.h"

namespace sieve {
namespace {

using testing::call;
using testing::plan_of;

const std::string kCallsPerCaller =
    "on: call, window: { by: call.from, over: 10m }, measure: { n: count() }, condition: n >= 3";
const std::string kTargetsPerCaller =
    "on: call, where: call.duration <= 6s, window: { by: [call.from], over: 1h }, "
    "measure: { t: 'distinct(call.to)', u: 'ratio(call.answered == false)' }, condition: t >= 3";
const std::string kCallsPerPair =
    "on: call, window: { by: [call.from, call.to], over: 1h }, measure: { n: count() }, "
    "condition: n >= 3";
const std::string kTextsPerSender =
    "on: message, window: { by: msg.from, over: 10m }, measure: { n: count() }, condition: n >= 3";
const std::string kRecipientsPerSender =
    "on: message, window: { by: msg.from, over: 10m }, measure: { n: 'distinct(msg.to)' }, "
    "condition: n >= 3";
const std::string kTextsPerRecipient =
    "on: message, window: { by: msg.to, over: 10m }, measure: { n: count() }, condition: n >= 3";
const std::string kTextsToHome =
    "on: message, where: msg.to.country == 'TH', window: { by: msg.from, over: 10m }, "
    "measure: { n: count() }, condition: n >= 3";

struct PlanCase {
  std::string name;
  std::vector<std::string> rules;
  std::vector<size_t> rules_by_projection;
  std::vector<size_t> values_by_projection;
};

class FactPlanTest : public ::testing::TestWithParam<PlanCase> {};

TEST_P(FactPlanTest, SharesProjections) {
  const auto plan = plan_of(GetParam().rules);
  std::vector<size_t> rules, values;
  for (const Projection& projection : plan->projections()) {
    rules.push_back(projection.rules.size());
    values.push_back(projection.values.size());
  }
  EXPECT_EQ(rules, GetParam().rules_by_projection);
  EXPECT_EQ(values, GetParam().values_by_projection);
  EXPECT_EQ(plan->empty(), rules.empty());
}

std::string measured(const std::vector<std::string>& measures) {
  std::string rule = "on: call, window: { by: call.from, over: 10m }, measure: { n: count()";
  for (size_t i = 0; i < measures.size(); ++i) {
    rule += ", m" + std::to_string(i) + ": '" + measures[i] + "'";
  }
  return rule + " }, condition: n >= 3";
}

std::string distinct_rule(const std::vector<std::string>& fields) {
  std::vector<std::string> measures;
  for (const std::string& field : fields) measures.push_back("distinct(call." + field + ")");
  return measured(measures);
}

std::vector<std::string> many_rules(size_t count) {
  return std::vector<std::string>(count, kCallsPerCaller);
}

INSTANTIATE_TEST_SUITE_P(
    Plans, FactPlanTest,
    ::testing::Values(
        PlanCase{"NoRules", {}, {}, {}}, PlanCase{"OneRule", {kCallsPerCaller}, {1}, {0}},
        PlanCase{"SameKey", {kCallsPerCaller, kTargetsPerCaller}, {2}, {1}},
        PlanCase{"OtherKey", {kCallsPerCaller, kCallsPerPair}, {1, 1}, {0, 0}},
        PlanCase{"OtherKind", {kCallsPerCaller, kTextsPerSender}, {1, 1}, {0, 0}},
        PlanCase{"RecipientsApart", {kTextsPerSender, kRecipientsPerSender}, {1, 1}, {0, 1}},
        PlanCase{"SharedValue",
                 {distinct_rule({"to", "cell.id"}), distinct_rule({"cell.id", "to"})},
                 {2},
                 {2}},
        PlanCase{"FourValues", {distinct_rule({"to", "cell.id", "imei", "imsi"})}, {1}, {4}},
        PlanCase{"FifthValueElsewhere",
                 {distinct_rule({"to", "cell.id", "imei", "imsi"}), distinct_rule({"kind"})},
                 {1, 1},
                 {4, 1}},
        PlanCase{"NumbersAndKeysOfOneField",
                 {measured({"distinct(call.cell.id)", "min(call.ring)", "max(call.ring)",
                            "mean(call.ring, where call.answered)", "active_hours()"})},
                 {1},
                 {4}},
        PlanCase{"SameCondition",
                 {measured({"sum(call.ring, where call.answered)"}),
                  measured({"mean(call.ring, where call.answered)"})},
                 {2},
                 {1}},
        PlanCase{
            "PartiesApart", {kCallsPerCaller, measured({"distinct(call.other)"})}, {1, 1}, {0, 1}},
        PlanCase{"AllFeatureBits", many_rules(kFactFeatureBits), {kFactFeatureBits}, {0}},
        PlanCase{
            "OneFeatureMore", many_rules(kFactFeatureBits + 1), {kFactFeatureBits, 1}, {0, 0}}),
    [](const auto& param_info) { return param_info.param.name; });

TEST(FactBuilderTest, MakesOneFactPerKeyOfACall) {
  const auto plan = plan_of({kCallsPerCaller, kTargetsPerCaller, kCallsPerPair});
  FactBuilder builder(plan, {});
  const auto& facts = builder.build(call("+6681", "+6682", {5'000}, {0}));
  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(facts[0].key, entity_key("+6681"));
  EXPECT_EQ(facts[0].time, Timestamp{5'000});
  EXPECT_EQ(facts[0].features, 0b111U);
  EXPECT_EQ(facts[0].value_count, 1U);
  EXPECT_EQ(facts[0].values[0], entity_key("+6682"));
  EXPECT_EQ(facts[0].name, "");
  EXPECT_EQ(facts[1].projection, 1U);
  EXPECT_EQ(entity_name(facts[1].key, facts[1].name), "+6681,+6682");
  EXPECT_EQ(facts[1].features, 1U);
}

TEST(FactBuilderTest, SetsTheBitsOfWhatHolds) {
  const auto plan = plan_of({kTargetsPerCaller});
  FactBuilder builder(plan, {});
  EXPECT_EQ(builder.build(call("1", "2", {0}, {0}))[0].features, 0b11U);
  EXPECT_EQ(builder.build(call("1", "2", {0}, {6'000}))[0].features, 0b01U);
  EXPECT_TRUE(builder.build(call("1", "2", {0}, {6'001})).empty());
}

TEST(FactBuilderTest, MakesNoFactOfOtherRecordsOrWithoutAKey) {
  const auto plan = plan_of({kCallsPerCaller,
                             "on: call, window: { by: [call.from, call.imei], over: 10m }, "
                             "measure: { n: count() }, condition: n >= 3"});
  FactBuilder builder(plan, {});
  EXPECT_TRUE(builder.build(testing::message("hello")).empty());
  EXPECT_EQ(builder.build(call("1", "2", {0}, {0})).size(), 1U);
  Record with_device = call("1", "2", {0}, {0});
  with_device.call.sim.imei = "490154203237518";
  EXPECT_EQ(builder.build(with_device).size(), 2U);
}

TEST(FactBuilderTest, LeavesAbsentValuesOut) {
  const auto plan = plan_of({distinct_rule({"cell.id", "to"})});
  FactBuilder builder(plan, {});
  const auto& facts = builder.build(call("1", "2", {0}, {0}));
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].value_count, 2U);
  EXPECT_EQ(facts[0].values[0], 0U);
  EXPECT_EQ(facts[0].values[1], entity_key("2"));
}

TEST(FactBuilderTest, KeepsTimesWithinWhatFactsCarry) {
  const auto plan = plan_of({kCallsPerCaller});
  FactBuilder builder(plan, {});
  EXPECT_EQ(builder.build(call("1", "2", {-1}, {0}))[0].time, Timestamp{0});
  EXPECT_EQ(builder.build(call("1", "2", kTimestampMax, {0}))[0].time, kFactTimeMax);
}

class FactBuilderRecipientsTest : public ::testing::Test {
 protected:
  std::vector<Fact> facts_of(const std::string& rule) {
    plan_ = plan_of({rule});
    builder_.emplace(plan_, FieldContext{});
    record_ = testing::message("hello", "+6680");
    recipients_ = {testing::address_of("+6681"), testing::address_of("bob"),
                   testing::address_of("+6682")};
    record_.message.to = recipients_;
    return builder_->build(record_);
  }

  std::shared_ptr<const FactPlan> plan_;
  std::optional<FactBuilder> builder_;
  Record record_;
  std::vector<Address> recipients_;
};

TEST_F(FactBuilderRecipientsTest, CountsAMessageOncePerSender) {
  EXPECT_EQ(facts_of(kTextsPerSender).size(), 1U);
}

TEST_F(FactBuilderRecipientsTest, MakesAFactPerDistinctRecipient) {
  const auto facts = facts_of(kRecipientsPerSender);
  ASSERT_EQ(facts.size(), 3U);
  EXPECT_EQ(facts[0].key, facts[2].key);
  EXPECT_EQ(facts[0].values[0], entity_key("+6681"));
  EXPECT_EQ(facts[1].values[0], entity_key("bob"));
  EXPECT_EQ(facts[2].values[0], entity_key("+6682"));
}

TEST_F(FactBuilderRecipientsTest, KeysByEachRecipient) {
  const auto facts = facts_of(kTextsPerRecipient);
  ASSERT_EQ(facts.size(), 3U);
  EXPECT_EQ(entity_name(facts[0].key, facts[0].name), "+6681");
  EXPECT_EQ(entity_name(facts[1].key, facts[1].name), "bob");
}

TEST_F(FactBuilderRecipientsTest, JudgesEachRecipient) {
  EXPECT_EQ(facts_of(kTextsToHome).size(), 2U);
}

TEST_F(FactBuilderRecipientsTest, LetsTheNumberOfRecipientsBeSeen) {
  const std::string rule =
      "on: message, where: msg.to.count >= 3, window: { by: msg.from, over: 10m }, "
      "measure: { n: MEASURE }, condition: n >= 3";
  const auto with = [&](const std::string& measure) {
    return std::string(rule).replace(rule.find("MEASURE"), 7, measure);
  };
  EXPECT_EQ(facts_of(with("count()")).size(), 1U);
  EXPECT_EQ(facts_of(with("'distinct(msg.to)'")).size(), 3U);
}

}  // namespace
}  // namespace sieve
