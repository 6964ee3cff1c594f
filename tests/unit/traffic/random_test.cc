#include "traffic/random.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace sieve::traffic {
namespace {

TEST(RandomTest, GivesTheSameNumbersOnEveryMachine) {
  Random random(1);
  EXPECT_EQ(random.next(), 14'233'695'028'433'725'123u);
  EXPECT_EQ(random.below(1'000'000), 8'231u);
  EXPECT_EQ(random.unit(), 0x1.346f833a4f2e4p-3);
  EXPECT_EQ(random.normal(), -0x1.8828p-2);
  EXPECT_EQ(random.log_normal(100, 1), 0x1.138828a58e41p+9);
}

TEST(RandomTest, DrawsBelowTheBound) {
  Random random(7);
  std::array<int, 6> counts{};
  for (int i = 0; i < 6'000; ++i) ++counts[random.below(6)];
  for (const int count : counts) EXPECT_NEAR(count, 1'000, 150);
  EXPECT_EQ(random.below(1), 0u);
  EXPECT_EQ(random.range(-3, -3), -3);
}

TEST(RandomTest, DrawsWeightsInProportion) {
  Random random(7);
  constexpr std::array<uint32_t, 4> kWeights = {1, 0, 3, 0};
  std::array<int, 4> counts{};
  for (int i = 0; i < 4'000; ++i) ++counts[random.weighted(kWeights)];
  EXPECT_NEAR(counts[0], 1'000, 150);
  EXPECT_EQ(counts[1], 0);
  EXPECT_NEAR(counts[2], 3'000, 150);
  EXPECT_EQ(counts[3], 0);
}

TEST(RandomTest, PutsHalfOfLogNormalValuesBelowTheMedian) {
  Random random(7);
  int below = 0;
  for (int i = 0; i < 4'000; ++i) below += random.log_normal(60, 1.1) < 60 ? 1 : 0;
  EXPECT_NEAR(below, 2'000, 150);
}

TEST(RandomTest, DiffersByPurpose) {
  EXPECT_NE(random_for(1, "a").next(), random_for(1, "b").next());
  EXPECT_NE(random_for(1, "a").next(), random_for(2, "a").next());
  EXPECT_EQ(random_for(1, "a").next(), random_for(1, "a").next());
}

}  // namespace
}  // namespace sieve::traffic
