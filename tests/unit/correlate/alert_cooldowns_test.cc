#include "correlate/alert_cooldowns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

namespace sieve {
namespace {

constexpr Duration kTenMinutes{600'000};
constexpr Duration kHour{3'600'000};

CooledAlert alert_at(int64_t ms, uint64_t key = 1) { return {key, kTenMinutes, kHour, {ms}}; }

// Offers it as the engine does; true when it leaves.
bool offer(AlertCooldowns& cooldowns, const CooledAlert& alert) {
  cooldowns.advance_to(alert.time);
  if (cooldowns.admit(alert)) return true;
  const std::string name = std::to_string(alert.time.ms);
  cooldowns.roll_up(alert, "id" + name, "stem" + name, 3);
  return false;
}

TEST(AlertCooldownsTest, TheFirstOfEachKeyAndSlotLeaves) {
  AlertCooldowns cooldowns;
  EXPECT_TRUE(offer(cooldowns, alert_at(0)));
  EXPECT_FALSE(offer(cooldowns, alert_at(1)));
  EXPECT_TRUE(offer(cooldowns, alert_at(2, 7)));
  EXPECT_FALSE(offer(cooldowns, alert_at(599'999)));
  EXPECT_TRUE(offer(cooldowns, alert_at(600'000)));
}

TEST(AlertCooldownsTest, LengthsAreToldApart) {
  AlertCooldowns cooldowns;
  EXPECT_TRUE(offer(cooldowns, {1, kTenMinutes, kHour, {0}}));
  EXPECT_TRUE(offer(cooldowns, {1, kHour, kHour, {0}}));
  EXPECT_FALSE(offer(cooldowns, {1, kHour, kHour, {1'200'000}}));
}

TEST(AlertCooldownsTest, ARollUpLeavesAMinuteAfterItsSlot) {
  AlertCooldowns cooldowns;
  offer(cooldowns, alert_at(10));
  offer(cooldowns, alert_at(30));
  offer(cooldowns, alert_at(20));
  cooldowns.advance_to({3'659'999});
  EXPECT_FALSE(cooldowns.take_due().has_value());
  EXPECT_EQ(cooldowns.waiting(), 1U);
  cooldowns.advance_to({3'660'000});
  const std::optional<RollUp> roll_up = cooldowns.take_due();
  ASSERT_TRUE(roll_up.has_value());
  EXPECT_EQ(roll_up->alerts, 2U);
  EXPECT_EQ(roll_up->first, Timestamp{20});
  EXPECT_EQ(roll_up->last, Timestamp{30});
  EXPECT_EQ(roll_up->begin, Timestamp{0});
  EXPECT_EQ(roll_up->end, Timestamp{3'600'000});
  EXPECT_EQ(roll_up->route, 3);
  EXPECT_EQ(roll_up->id, "id30");
  EXPECT_EQ(roll_up->stem, "stem30");
  EXPECT_FALSE(cooldowns.take_due().has_value());
  EXPECT_EQ(cooldowns.waiting(), 0U);
}

TEST(AlertCooldownsTest, WhatComesLaterGoesIntoTheNextRollUp) {
  AlertCooldowns cooldowns;
  offer(cooldowns, alert_at(3'590'000));
  cooldowns.advance_to({3'700'000});
  EXPECT_FALSE(cooldowns.admit(alert_at(3'590'010)));
  cooldowns.roll_up(alert_at(3'590'010), "id", "stem", 0);
  EXPECT_FALSE(cooldowns.take_due().has_value());
  const std::optional<RollUp> roll_up = cooldowns.take_any();
  ASSERT_TRUE(roll_up.has_value());
  EXPECT_EQ(roll_up->first, Timestamp{3'590'010});
  EXPECT_EQ(roll_up->end, Timestamp{7'200'000});
}

// Better an alert too many than one too few.
TEST(AlertCooldownsTest, WhatComesLaterThanASlotLeaves) {
  AlertCooldowns cooldowns;
  EXPECT_TRUE(offer(cooldowns, alert_at(10)));
  cooldowns.advance_to({1'800'000});
  EXPECT_TRUE(cooldowns.admit(alert_at(20)));
}

TEST(AlertCooldownsTest, BeyondABoundTheEarliestLeavesBeforeItsTime) {
  for (const CooldownBounds& bounds :
       {CooldownBounds{100, 2, 1'000}, CooldownBounds{100, 100, 10}}) {
    AlertCooldowns cooldowns(bounds);
    for (uint64_t key = 1; key <= 3; ++key) {
      EXPECT_TRUE(cooldowns.admit(alert_at(5, key)));
      EXPECT_FALSE(cooldowns.admit(alert_at(6, key)));
      cooldowns.roll_up(alert_at(6, key), "id", "stem", 0);
    }
    ASSERT_TRUE(cooldowns.take_due().has_value());
    EXPECT_FALSE(cooldowns.take_due().has_value());
    EXPECT_EQ(cooldowns.waiting(), 2U);
  }
}

TEST(AlertCooldownsTest, BeyondItsBoundTheOldestCooldownIsForgotten) {
  AlertCooldowns cooldowns(CooldownBounds{2, 100, 1'000});
  EXPECT_TRUE(cooldowns.admit(alert_at(1, 1)));
  EXPECT_TRUE(cooldowns.admit(alert_at(2, 2)));
  EXPECT_TRUE(cooldowns.admit(alert_at(3, 3)));
  EXPECT_FALSE(cooldowns.admit(alert_at(4, 2)));
  EXPECT_TRUE(cooldowns.admit(alert_at(5, 1)));
}

// Against sets that keep everything, over traffic that is at most a minute late: the same alerts
// leave, and every other one is told in the roll-up of its slot.
TEST(AlertCooldownsTest, AgreesWithAModelThatForgetsNothing) {
  std::mt19937 random(20261130);
  for (int round = 0; round < 50; ++round) {
    AlertCooldowns cooldowns;
    std::set<std::pair<uint64_t, int64_t>> left;
    std::map<std::pair<int64_t, uint64_t>, uint64_t> suppressed, told;
    const auto note = [&](const RollUp& roll_up, uint64_t key) {
      told[{roll_up.end.ms, key}] += roll_up.alerts;
    };
    const auto take_key = [](const RollUp& roll_up) { return std::stoull(roll_up.stem); };
    int64_t now = 0;
    for (int i = 0; i < 2'000; ++i) {
      now += random() % 30'000;
      CooledAlert alert = alert_at(std::max<int64_t>(0, now - random() % 60'000), random() % 5);
      cooldowns.advance_to(alert.time);
      while (const auto roll_up = cooldowns.take_due()) note(*roll_up, take_key(*roll_up));
      const bool leaves = cooldowns.admit(alert);
      ASSERT_EQ(leaves, left.insert({alert.key, alert.time.ms / kTenMinutes.ms}).second);
      if (leaves) continue;
      cooldowns.roll_up(alert, "id", std::to_string(alert.key), 0);
      ++suppressed[{(alert.time.ms / kHour.ms + 1) * kHour.ms, alert.key}];
    }
    while (const auto roll_up = cooldowns.take_any()) note(*roll_up, take_key(*roll_up));
    ASSERT_FALSE(suppressed.empty());
    EXPECT_EQ(told, suppressed) << "round " << round;
  }
}

}  // namespace
}  // namespace sieve
