#include "rule/naming_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Uses = std::vector<std::vector<NameUse>>;

// Who names whom, by number.
Uses uses_of(const std::vector<std::vector<uint32_t>>& named) {
  Uses uses(named.size());
  for (size_t i = 0; i < named.size(); ++i) {
    for (const uint32_t one : named[i])
      uses[i].push_back({one, "f", {static_cast<uint32_t>(i + 1), 1, 1}});
  }
  return uses;
}

std::vector<uint32_t> users_of(const NamingCircle& circle) {
  std::vector<uint32_t> users;
  for (const CircleStep& step : circle) users.push_back(step.user);
  return users;
}

TEST(NamingOrderTest, PutsEachBehindWhatItNames) {
  const NamingOrder order = order_of(uses_of({{1, 2}, {2}, {}}));
  EXPECT_THAT(order.order, ElementsAre(2, 1, 0));
  EXPECT_THAT(order.circles, IsEmpty());
}

TEST(NamingOrderTest, FindsWhatNamesItself) {
  const NamingOrder order = order_of(uses_of({{0}, {0}}));
  ASSERT_EQ(order.circles.size(), 1U);
  EXPECT_THAT(users_of(order.circles[0]), ElementsAre(0));
  EXPECT_THAT(order.order, ElementsAre(1));
}

// What leads into a circle is no part of it.
TEST(NamingOrderTest, FindsEachCircleOnce) {
  const NamingOrder order = order_of(uses_of({{1}, {2}, {3}, {1}, {5}, {4}, {}}));
  ASSERT_EQ(order.circles.size(), 2U);
  EXPECT_THAT(users_of(order.circles[0]), ElementsAre(1, 2, 3));
  EXPECT_THAT(users_of(order.circles[1]), ElementsAre(4, 5));
}

TEST(NamingOrderTest, TheErrorShowsEveryPlace) {
  const NamingOrder order = order_of(uses_of({{1}, {2}, {0}}));
  const Diagnostic error = circle_error("R000", order.circles[0], "names", {"a", "b", "c"});
  EXPECT_EQ(error.label, "`a` names `b`");
  ASSERT_EQ(error.related.size(), 2U);
  EXPECT_EQ(error.related[0].text, "`b` names `c`");
  EXPECT_EQ(error.related[1].text, "`c` names `a`");
  EXPECT_EQ(error.related[1].span.line, 3U);
}

TEST(NamingOrderTest, OrdersAllButCirclesWhateverNamesWhat) {
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    const auto below = [&](uint32_t n) { return static_cast<uint32_t>(random() % n); };
    const uint32_t count = 1 + below(12);
    std::vector<std::vector<uint32_t>> named(count);
    for (uint32_t n = below(2 * count); n > 0; --n) {
      named[below(count)].push_back(below(count));
    }
    const NamingOrder order = order_of(uses_of(named));
    std::set<uint32_t> in_circles;
    for (const NamingCircle& circle : order.circles) {
      for (size_t i = 0; i < circle.size(); ++i) {
        EXPECT_TRUE(in_circles.insert(circle[i].user).second);
        EXPECT_EQ(circle[i].use.named, circle[(i + 1) % circle.size()].user);
      }
    }
    std::set<uint32_t> done = in_circles;
    for (const uint32_t one : order.order) {
      for (const uint32_t other : named[one]) EXPECT_TRUE(done.contains(other)) << round;
      EXPECT_TRUE(done.insert(one).second);
    }
    EXPECT_EQ(done.size(), count);
  }
}

}  // namespace
}  // namespace sieve
