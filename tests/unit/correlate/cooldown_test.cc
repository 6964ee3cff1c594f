#include "correlate/cooldown.h"

#include <gtest/gtest.h>

namespace sieve {
namespace {

TEST(CooldownTest, SlotsBeginAtMultiplesOfTheirLength) {
  const Cooldown cooldown({60'000}, 10);
  EXPECT_EQ(cooldown.slot_of({0}), 0);
  EXPECT_EQ(cooldown.slot_of({59'999}), 0);
  EXPECT_EQ(cooldown.slot_of({60'000}), 1);
  EXPECT_EQ(cooldown.begin_of(1), Timestamp{60'000});
}

TEST(CooldownTest, LetsEachKeyThroughOncePerSlot) {
  Cooldown cooldown({60'000}, 10);
  EXPECT_TRUE(cooldown.insert(1, 5));
  EXPECT_FALSE(cooldown.insert(1, 5));
  EXPECT_TRUE(cooldown.insert(1, 6));
  EXPECT_TRUE(cooldown.insert(2, 5));
  EXPECT_TRUE(cooldown.contains(2, 5));
  EXPECT_FALSE(cooldown.contains(2, 6));
}

TEST(CooldownTest, ForgetsSlotsThatEnded) {
  Cooldown cooldown({60'000}, 10);
  cooldown.insert(1, 0);
  cooldown.insert(1, 1);
  cooldown.forget_before({60'000});
  EXPECT_TRUE(cooldown.contains(1, 0));
  cooldown.forget_before({60'001});
  EXPECT_FALSE(cooldown.contains(1, 0));
  EXPECT_TRUE(cooldown.contains(1, 1));
}

TEST(CooldownTest, ForgetsTheOldestBeyondItsBound) {
  Cooldown cooldown({60'000}, 2);
  cooldown.insert(1, 0);
  cooldown.insert(2, 0);
  cooldown.insert(3, 0);
  EXPECT_FALSE(cooldown.contains(1, 0));
  EXPECT_TRUE(cooldown.contains(2, 0));
  EXPECT_TRUE(cooldown.contains(3, 0));
}

}  // namespace
}  // namespace sieve
