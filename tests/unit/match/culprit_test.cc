#include "match/culprit.h"

#include <gtest/gtest.h>

#include <set>

namespace sieve {
namespace {

// Fails where all of `bad` are in the range.
struct Row {
  const char* name;
  size_t count;
  std::set<size_t> bad;
  std::optional<size_t> want;
};

class CulpritTest : public ::testing::TestWithParam<Row> {};

TEST_P(CulpritTest, IsWhatFailsByItself) {
  size_t attempts = 0;
  const auto fails = [&](PatternRange range) {
    ++attempts;
    size_t inside = 0;
    for (const size_t bad : GetParam().bad) inside += bad >= range.begin && bad < range.end ? 1 : 0;
    return inside == GetParam().bad.size();
  };
  EXPECT_EQ(find_culprit({0, GetParam().count}, 40, fails), GetParam().want);
  EXPECT_LE(attempts, 40U);
}

const Row kRows[] = {
    {"the_only_one", 1, {0}, 0},
    {"first_of_two", 2, {0}, 0},
    {"last_of_three", 3, {2}, 2},
    {"in_the_middle", 1'000'000, {500'000}, 500'000},
    {"first_of_many", 1'000'000, {0}, 0},
    {"last_of_many", 1'000'000, {999'999}, 999'999},
    {"two_that_only_fail_together", 8, {1, 6}, std::nullopt},
    {"neighbours_that_only_fail_together", 8, {2, 3}, std::nullopt},
};

INSTANTIATE_TEST_SUITE_P(All, CulpritTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST(CulpritTest, GivesUpAfterItsAttempts) {
  size_t attempts = 0;
  const auto fails = [&](PatternRange) {
    ++attempts;
    return true;
  };
  EXPECT_EQ(find_culprit({0, 1'000}, 5, fails), std::nullopt);
  EXPECT_LE(attempts, 5U);
  EXPECT_EQ(find_culprit({0, 0}, 5, fails), std::nullopt);
}

// Of several that fail alone, one of them.
TEST(CulpritTest, FindsOneOfSeveral) {
  const auto fails = [](PatternRange range) { return range.end > 10; };
  const auto culprit = find_culprit({0, 100}, 40, fails);
  ASSERT_TRUE(culprit);
  EXPECT_GE(*culprit, 10U);
}

}  // namespace
}  // namespace sieve
