#include "run/exchange_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr char kByCaller[] =
    "format: 1\nnamespace: demo\nrules:\n"
    "  - { id: FAN, title: t, class: c, score: 3, on: call, "
    "window: { by: [call.from, call.to], over: 10m }, measure: { n: count() }, "
    "condition: n >= 3 }\n";
constexpr char kNoWindow[] =
    "format: 1\nnamespace: demo\nrules:\n"
    "  - { id: M, title: t, class: c, score: 1, patterns: { a: { words: [word] } }, condition: a "
    "}\n";

class ExchangeGuardTest : public ::testing::Test {
 protected:
  // Of messages (2 partitions) and calls (4).
  ExchangeGuard guard(std::optional<FieldId> key_of_calls = std::nullopt) {
    return ExchangeGuard({{"messages", RecordKind::kMessage, std::nullopt, 2},
                          {"calls", RecordKind::kCall, key_of_calls, 4}},
                         60s);
  }

  static std::vector<LaneInfo> lanes(size_t messages, size_t calls) {
    std::vector<LaneInfo> all;
    for (size_t i = 0; i < messages + calls; ++i) {
      LaneInfo& lane = all.emplace_back();
      lane.source = i < messages ? 0 : 1;
    }
    return all;
  }

  // What is said a settling time after the lanes were first seen.
  static std::optional<StreamError> verdict(ExchangeGuard guard, const RuleSet& rules,
                                            const std::vector<LaneInfo>& seen) {
    EXPECT_FALSE(guard.check(rules, seen, Clock::time_point(0s)));
    EXPECT_FALSE(guard.check(rules, seen, Clock::time_point(59s)));
    return guard.check(rules, seen, Clock::time_point(60s));
  }

  using Clock = ExchangeGuard::Clock;
  std::shared_ptr<const RuleSet> rules_ = testing::compiled(testing::loaded_from(kByCaller));
};

TEST_F(ExchangeGuardTest, SaysWhichTopicLacksHowManyAndWhatToDo) {
  const auto error = verdict(guard(), *rules_, lanes(2, 3));
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, "exchange_needs_kafka");
  EXPECT_THAT(error->message, HasSubstr("3 of the 4 partitions of topic `calls`"));
  EXPECT_THAT(error->message, HasSubstr("`demo/FAN`"));
  EXPECT_THAT(error->message, HasSubstr("exchange.kind: kafka"));
}

TEST_F(ExchangeGuardTest, HasNothingToSayWhenNothingIsCountedWrong) {
  EXPECT_FALSE(verdict(guard(), *rules_, lanes(2, 4))) << "all partitions";
  EXPECT_FALSE(verdict(guard(), *rules_, lanes(1, 4))) << "no rule counts messages";
  EXPECT_FALSE(verdict(guard(), *rules_, lanes(1, 0))) << "nothing of calls: others have all";
  EXPECT_FALSE(verdict(guard(), *rules_, {})) << "stands by";
  const auto no_window = testing::compiled(testing::loaded_from(kNoWindow));
  EXPECT_FALSE(verdict(guard(), *no_window, lanes(1, 3)));
}

TEST_F(ExchangeGuardTest, KnowsRulesByTheKeyOfTheTopic) {
  EXPECT_FALSE(verdict(guard(find_field("call.from")), *rules_, lanes(2, 3)));
  EXPECT_FALSE(verdict(guard(find_field("call.to")), *rules_, lanes(2, 3)));
  EXPECT_TRUE(verdict(guard(find_field("call.imsi")), *rules_, lanes(2, 3)));
}

TEST_F(ExchangeGuardTest, WaitsForAssignmentsToSettle) {
  ExchangeGuard passing = guard();
  EXPECT_FALSE(passing.check(*rules_, lanes(2, 3), Clock::time_point(0s)));
  EXPECT_FALSE(passing.check(*rules_, lanes(2, 4), Clock::time_point(50s)));
  EXPECT_FALSE(passing.check(*rules_, lanes(2, 3), Clock::time_point(100s)));
  EXPECT_FALSE(passing.check(*rules_, lanes(2, 2), Clock::time_point(159s)));
  EXPECT_TRUE(passing.check(*rules_, lanes(2, 2), Clock::time_point(160s)));
}

}  // namespace
}  // namespace sieve
