// What each measure comes to over the calls of one window.
#include <gtest/gtest.h>

#include <map>

#include "correlate/correlator.h"
#include "correlate/entity_key.h"
#include "unit/correlate/window_rules.h"

namespace sieve {
namespace {

using testing::block_of;
using testing::call;
using testing::plan_of;

constexpr int64_t kMinute = 60'000;
constexpr int64_t kHour = 3'600'000;
constexpr int64_t kStart = 1'767'571'200'000;  // 2026-01-05T00:00:00Z, a multiple of a day.

struct MadeCall {
  std::string_view to;
  int64_t at_ms = 0;
  int64_t duration_s = 0;
};

struct MeasureCase {
  std::string name;
  std::string measure;
  std::string over;
  std::vector<MadeCall> calls;
  double want;  // Behind the last call.
};

void PrintTo(const MeasureCase& row, std::ostream* out) { *out << row.measure; }

class MeasureTest : public ::testing::TestWithParam<MeasureCase> {};

TEST_P(MeasureTest, IsWhatItSays) {
  const auto plan = plan_of({"on: call, window: { by: call.from, over: " + GetParam().over +
                             ", late: 0s }, measure: { n: count(), m: '" + GetParam().measure +
                             "' }, condition: n >= 1, alert: { suppress: 1s }"});
  std::vector<double> last;
  Correlator correlator(plan, [&](const JudgedWindow& judged) {
    last.assign(judged.measures.begin(), judged.measures.end());
  });
  FactBuilder builder(plan, {});
  std::vector<Finding> findings;
  int64_t offset = 0;
  for (const MadeCall& made : GetParam().calls) {
    const Record record =
        call("+6681", made.to, Timestamp{kStart + made.at_ms}, Duration{made.duration_s * 1'000});
    correlator.apply({}, block_of(++offset, builder.build(record)), findings);
  }
  ASSERT_EQ(last.size(), 2U);
  EXPECT_NEAR(last[1], GetParam().want, 1e-9);
}

const std::vector<MadeCall> kTalks = {
    {"A", 0, 10}, {"B", kMinute, 0}, {"A", 2 * kMinute, 50}, {"C", 3 * kMinute, 60}};
// One at the beginning, then a silence.
const std::vector<MadeCall> kSilence = {{"A", 0, 5}, {"B", 8 * kMinute, 5}};

std::vector<MadeCall> each_hour(int64_t hours) {
  std::vector<MadeCall> calls;
  for (int64_t i = 0; i < hours; ++i) calls.push_back({"A", i * kHour, 1});
  return calls;
}

INSTANTIATE_TEST_SUITE_P(
    Measures, MeasureTest,
    ::testing::Values(
        MeasureCase{"Count", "count()", "10m", kTalks, 4},
        MeasureCase{"CountOfSome", "count(call.answered)", "10m", kTalks, 3},
        MeasureCase{"CountOfNone", "count(call.duration > 1h)", "10m", kTalks, 0},
        MeasureCase{"Ratio", "ratio(call.answered)", "10m", kTalks, 0.75},
        MeasureCase{"Distinct", "distinct(call.to)", "10m", kTalks, 3},
        MeasureCase{"DistinctOfSome", "distinct(call.to, where call.answered)", "10m", kTalks, 2},
        MeasureCase{"DistinctWithBoth", "distinct(call.to, error=0.1, where call.duration > 20s)",
                    "10m", kTalks, 2},
        MeasureCase{"Sum", "sum(call.duration)", "10m", kTalks, 120'000},
        MeasureCase{"Mean", "mean(call.duration)", "10m", kTalks, 30'000},
        MeasureCase{"MeanOfSome", "mean(call.duration, where call.answered)", "10m", kTalks,
                    40'000},
        MeasureCase{"MeanOfNone", "mean(call.duration, where call.duration > 1h)", "10m", kTalks,
                    0},
        MeasureCase{"MeanOfWhatIsAbsent", "mean(call.ring)", "10m", kTalks, 0},
        MeasureCase{"Min", "min(call.duration)", "10m", kTalks, 0},
        MeasureCase{"MinOfSome", "min(call.duration, where call.answered)", "10m", kTalks, 10'000},
        MeasureCase{"Max", "max(call.duration)", "10m", kTalks, 60'000},
        MeasureCase{"Spread", "spread(call.duration, where call.answered)", "10m", kTalks, 50'000},
        MeasureCase{"WhatIsOldIsForgotten",
                    "max(call.duration)",
                    "2m",
                    {{"A", 0, 90}, {"B", 3 * kMinute, 7}},
                    7'000},
        MeasureCase{"SumOfABusyKey", "sum(call.duration)", "10m",
                    std::vector<MadeCall>(500, {"A", 0, 3}), 1'500'000},
        MeasureCase{"SinceFirst", "since_first()", "10m", kSilence, 8 * kMinute},
        MeasureCase{"SinceFirstOfOne", "since_first()", "10m", {{"A", 0, 1}}, 0},
        MeasureCase{"SinceLast", "since_last()", "10m", kSilence, 8 * kMinute},
        MeasureCase{"SinceLastAtOnce", "since_last()", "10m", {{"A", 0, 1}, {"B", 5, 1}}, 0},
        MeasureCase{"SinceLastOfOne", "since_last()", "10m", {{"A", 0, 1}}, 10 * kMinute},
        MeasureCase{
            "SeenBefore", "seen(call.to)", "10m", {{"A", 0, 1}, {"B", 1, 1}, {"A", 2, 1}}, 1},
        MeasureCase{"NeverSeen", "seen(call.to)", "10m", kTalks, 0},
        MeasureCase{"SeenTooLongAgo",
                    "seen(call.to)",
                    "10m",
                    {{"A", 0, 1}, {"B", kMinute, 1}, {"A", 11 * kMinute, 1}},
                    0},
        MeasureCase{"SeenInAnotherWay",
                    "seen(call.to, where call.answered)",
                    "10m",
                    {{"A", 0, 0}, {"A", 1, 1}},
                    0},
        MeasureCase{"ActiveHours", "active_hours()", "1d", each_hour(7), 7},
        MeasureCase{"ActiveHoursOfABusyKey", "active_hours()", "1d",
                    std::vector<MadeCall>(500, {"A", 5 * kHour, 3}), 1},
        MeasureCase{"EntropyOfOneHour", "hour_entropy()", "1d", each_hour(1), 0},
        MeasureCase{"EntropyOfAllHours", "hour_entropy()", "1d", each_hour(24), 1},
        MeasureCase{"EntropyOfSomeHours", "hour_entropy()", "1d", each_hour(8),
                    3 / 4.584962500721156}),
    [](const auto& param_info) { return param_info.param.name; });

// What each party of a call did, and with whom.
class PartyMeasuresTest : public ::testing::Test {
 protected:
  static constexpr const char* kRule =
      "on: call, window: { by: call.party, over: 1h }, measure: { out: 'count(call.role == "
      "\"caller\")', into: 'ratio(call.role == \"callee\")', called: 'distinct(call.other, where "
      "call.role == \"caller\")', others: 'distinct(call.other)' }, condition: others >= 1, "
      "alert: { suppress: 1s }";

  PartyMeasuresTest()
      : plan_(plan_of({kRule})),
        builder_(plan_, {}),
        correlator_(plan_, [this](const JudgedWindow& judged) {
          const std::string party = entity_name(judged.fact.key, judged.fact.name);
          measures_[party].assign(judged.measures.begin(), judged.measures.end());
        }) {}

  void make_call(std::string_view from, std::string_view to) {
    const Record record = call(from, to, Timestamp{kStart + ++offset_}, Duration{0});
    std::vector<Finding> findings;
    correlator_.apply({}, block_of(offset_, builder_.build(record)), findings);
  }

  std::map<std::string, std::vector<double>> measures_;
  std::shared_ptr<const FactPlan> plan_;
  FactBuilder builder_;
  Correlator correlator_;
  int64_t offset_ = 0;
};

TEST_F(PartyMeasuresTest, CountsWhatSubscribersDoAndWhatIsDoneToThem) {
  make_call("+6681", "+6682");
  make_call("+6681", "+6683");
  make_call("+6682", "+6681");
  make_call("+6684", "+6681");
  using Values = std::vector<double>;
  EXPECT_EQ(measures_["+6681"], (Values{2, 0.5, 2, 3}));
  EXPECT_EQ(measures_["+6682"], (Values{1, 0.5, 1, 1}));
  EXPECT_EQ(measures_["+6683"], (Values{0, 1, 0, 1}));
  EXPECT_EQ(measures_["+6684"], (Values{1, 0, 1, 1}));
}

TEST(PartiesTest, AMessageHasASenderAndRecipients) {
  const auto plan =
      plan_of({"on: message, window: { by: msg.party, over: 1h }, measure: { n: "
               "'distinct(msg.other)' }, condition: n >= 9"});
  FactBuilder builder(plan, {});
  Record record = testing::message("hello", "+6680");
  const std::vector<Address> recipients = {testing::address_of("+6681"),
                                           testing::address_of("+6682")};
  record.message.to = recipients;
  std::vector<std::string> facts;
  for (const Fact& fact : builder.build(record)) {
    facts.push_back(entity_name(fact.key, fact.name) + " with " + entity_name(fact.values[0], ""));
  }
  EXPECT_EQ(facts, (std::vector<std::string>{"+6680 with +6681", "+6681 with +6680",
                                             "+6680 with +6682", "+6682 with +6680"}));
}

}  // namespace
}  // namespace sieve
