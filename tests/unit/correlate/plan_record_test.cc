#include "correlate/plan_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "base/hash.h"
#include "unit/correlate/window_rules.h"

namespace sieve {
namespace {

const std::string kTargetsPlanned =
    "on: call, window: { by: call.from, over: 10m }, measure: { targets: 'distinct(call.to)', "
    "share: 'ratio(call.answered == false)' }, condition: targets >= 3 and share > 0.1";
const std::string kPairsPlanned =
    "on: call, window: { by: [call.from, call.to], over: 1h }, measure: { calls: count() }, "
    "condition: calls >= 3";
const std::string kSendersPlanned =
    "on: message, window: { by: msg.from, over: 10m }, measure: { to: 'distinct(msg.to)' }, "
    "condition: to >= 3";

std::string bytes_of(const PlanRecord& plan) {
  std::string bytes;
  append_plan_record(plan, bytes);
  return bytes;
}

TEST(PlanRecordTest, SaysWhatFactsMean) {
  const PlanRecord plan =
      plan_record_of(*testing::plan_of({kTargetsPlanned, kPairsPlanned, kSendersPlanned}));
  ASSERT_EQ(plan.projections.size(), 3U);
  const PlanRecord::Projection& fan = plan.projections[0];
  EXPECT_EQ(fan.kind, RecordKind::kCall);
  EXPECT_THAT(fan.by, ::testing::ElementsAre("call.from"));
  EXPECT_THAT(fan.values, ::testing::ElementsAre("0call.to"));
  ASSERT_EQ(fan.rules.size(), 1U);
  EXPECT_EQ(fan.rules[0].feature, 1U);
  EXPECT_THAT(fan.rules[0].predicates, ::testing::ElementsAre(2U));
  EXPECT_THAT(plan.projections[1].by, ::testing::ElementsAre("call.from", "call.to"));
  EXPECT_EQ(plan.projections[2].sides, Sides::kRecipients);
}

TEST(PlanRecordTest, ComesBackAsWritten) {
  const PlanRecord plan =
      plan_record_of(*testing::plan_of({kTargetsPlanned, kPairsPlanned, kSendersPlanned}));
  const auto read = parse_plan_record(bytes_of(plan), plan.digest);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->digest, plan.digest);
  EXPECT_EQ(bytes_of(*read), bytes_of(plan));
}

TEST(PlanRecordTest, DigestIsOfWhatFactsMeanAlone) {
  const auto digest = [](const std::vector<std::string>& rules) {
    return plan_record_of(*testing::plan_of(rules)).digest;
  };
  const auto with = [](std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
  };
  EXPECT_EQ(digest({kTargetsPlanned}),
            digest({with(kTargetsPlanned, "targets >= 3", "targets >= 4")}));
  EXPECT_NE(digest({kTargetsPlanned}), digest({with(kTargetsPlanned, "over: 10m", "over: 20m")}));
  EXPECT_NE(digest({kTargetsPlanned}),
            digest({with(kTargetsPlanned, "answered == false", "answered != true")}));
  EXPECT_NE(digest({kTargetsPlanned}), digest({kTargetsPlanned, kPairsPlanned}));
}

TEST(PlanRecordTest, DamageIsNoticed) {
  const PlanRecord plan =
      plan_record_of(*testing::plan_of({kTargetsPlanned, kPairsPlanned, kSendersPlanned}));
  const std::string whole = bytes_of(plan);
  EXPECT_FALSE(parse_plan_record(whole, plan.digest + 1));
  for (size_t size = 0; size < whole.size(); ++size) {
    const std::string cut = whole.substr(0, size);  // Its own memory, for the sanitizer.
    EXPECT_FALSE(parse_plan_record(cut, plan.digest)) << size;
    EXPECT_FALSE(parse_plan_record(cut, static_cast<uint32_t>(hash64(cut)))) << size;
  }
  const std::string longer = whole + "x";
  EXPECT_FALSE(parse_plan_record(longer, static_cast<uint32_t>(hash64(longer))));
}

// Whatever the bytes say, bits of facts are bits that facts have.
TEST(PlanRecordTest, SurvivesForgedBytes) {
  std::mt19937_64 random(1);
  const std::string whole = bytes_of(
      plan_record_of(*testing::plan_of({kTargetsPlanned, kPairsPlanned, kSendersPlanned})));
  for (int round = 0; round < 50'000; ++round) {
    std::string bytes = whole;
    for (size_t n = 1 + random() % 4; n > 0; --n) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    const auto plan = parse_plan_record(bytes, static_cast<uint32_t>(hash64(bytes)));
    if (!plan) continue;
    for (const auto& projection : plan->projections) {
      for (const auto& rule : projection.rules) ASSERT_EQ(rule.feature >> kFactFeatureBits, 0U);
    }
  }
}

}  // namespace
}  // namespace sieve
