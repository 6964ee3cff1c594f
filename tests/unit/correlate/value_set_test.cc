#include "correlate/value_set.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <set>

#include "correlate/entity_key.h"

namespace sieve {
namespace {

// Every occurrence, counted by looking at all of them.
class Model {
 public:
  explicit Model(const WindowShape& shape) : shape_(shape) {}

  void add(uint64_t value, int64_t bucket) { buckets_[bucket].insert(value); }

  size_t count(int64_t end, int64_t newest) const {
    std::set<uint64_t> values;
    const auto from = buckets_.lower_bound(shape_.window_begin(end, newest));
    for (auto at = from; at != buckets_.upper_bound(end); ++at) {
      values.insert(at->second.begin(), at->second.end());
    }
    return values.size();
  }

 private:
  WindowShape shape_;
  std::map<int64_t, std::set<uint64_t>> buckets_;
};

struct StreamCase {
  std::string name;
  Duration over;
  Duration late;
  uint64_t value_count;
  uint64_t step_max;  // Buckets from one event to the next.
  int rounds;
};

class ValueSetStreamTest : public ::testing::TestWithParam<StreamCase> {};

TEST_P(ValueSetStreamTest, EqualsAModelThatKeepsEverything) {
  const StreamCase& row = GetParam();
  const WindowShape shape = WindowShape::of(row.over, row.late);
  std::mt19937_64 random(11);
  ValueSet set;
  Model model(shape);
  int64_t newest = 1'000;
  set.reset(shape, newest);
  for (int round = 0; round < row.rounds; ++round) {
    const auto step = static_cast<int64_t>(random() % (row.step_max + 1));
    if (step > 0) set.advance(newest += step);
    const auto kept = static_cast<uint64_t>(shape.kept);
    const bool is_late = random() % 4 == 0;
    const int64_t bucket = newest - (is_late ? static_cast<int64_t>(random() % kept) : 0);
    const uint64_t value = entity_key(std::to_string(random() % row.value_count));
    set.add(value, bucket);
    model.add(value, bucket);
    ASSERT_EQ(set.count(newest), model.count(newest, newest)) << round;
    ASSERT_EQ(set.count(bucket), model.count(bucket, newest)) << round;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Streams, ValueSetStreamTest,
    ::testing::Values(StreamCase{"FewValues", {60'000}, {0}, 5, 3, 3'000},
                      StreamCase{"ManyValues", {60'000}, {20'000}, 1'000'000, 1, 3'000},
                      StreamCase{"RepeatedValues", {60'000}, {60'000}, 200, 1, 3'000},
                      StreamCase{"LongLateness", {60'000}, {452'000}, 100, 30, 3'000},
                      StreamCase{"JumpsBeyondTheRing", {60'000}, {4'000}, 50, 200, 1'000}),
    [](const auto& param_info) { return param_info.param.name; });

TEST(ValueSetTest, IsExactUpToItsBound) {
  const WindowShape shape = WindowShape::of({60'000}, {0});
  ValueSet set;
  set.reset(shape, 100);
  for (uint64_t i = 1; i <= kDistinctExactMax; ++i) {
    set.add(i, 100);
    set.add(i, 100);
    ASSERT_EQ(set.count(100), static_cast<double>(i));
  }
}

struct BoundCase {
  double error;
  size_t exact_max;
};

// Half of the bound is the smallest sample: 1 / sqrt(exact_max / 2) is the largest error.
TEST(ValueSetTest, TheBoundFollowsFromTheError) {
  for (const auto& [error, exact_max] : {BoundCase{0.2, 64}, BoundCase{0.05, kDistinctExactMax},
                                         BoundCase{0.02, 8'192}, BoundCase{0.01, 32'768}}) {
    EXPECT_EQ(exact_max_of(error), exact_max);
    EXPECT_LE(1 / std::sqrt(static_cast<double>(exact_max) / 2), error);
  }
}

struct EstimateCase {
  std::string name;
  size_t value_count;
  uint64_t seed;
  double error = 0.05;
};

class ValueSetEstimateTest : public ::testing::TestWithParam<EstimateCase> {};

// So many times the stated standard error.
constexpr double kTolerance = 3;

TEST_P(ValueSetEstimateTest, EstimatesManyValuesWithinItsError) {
  const WindowShape shape = WindowShape::of({60'000}, {0});
  std::mt19937_64 random(GetParam().seed);
  ValueSet set;
  const size_t exact_max = exact_max_of(GetParam().error);
  set.reset(shape, 100, exact_max);
  const auto count = static_cast<double>(GetParam().value_count);
  for (size_t i = 0; i < GetParam().value_count; ++i) {
    const auto bucket = static_cast<int64_t>(100 + i * 60 / GetParam().value_count);
    if (i * 60 % GetParam().value_count < 60 && bucket > 100) set.advance(bucket);
    set.add(random() | 1, bucket);
  }
  EXPECT_NEAR(set.count(159), count, kTolerance * GetParam().error * count);
  // The whole state of a busy key stays small.
  EXPECT_LE(set.state_bytes(), 2 * exact_max * 16 + 64);
}

INSTANTIATE_TEST_SUITE_P(Counts, ValueSetEstimateTest,
                         ::testing::Values(EstimateCase{"TwoThousand", 2'000, 1},
                                           EstimateCase{"TenThousand", 10'000, 2},
                                           EstimateCase{"HundredThousand", 100'000, 3},
                                           EstimateCase{"Million", 1'000'000, 4},
                                           EstimateCase{"MillionAgain", 1'000'000, 5},
                                           EstimateCase{"MillionCoarse", 1'000'000, 6, 0.2},
                                           EstimateCase{"TenThousandFine", 10'000, 7, 0.01},
                                           EstimateCase{"MillionFine", 1'000'000, 8, 0.02},
                                           EstimateCase{"MillionFinest", 1'000'000, 9, 0.01}),
                         [](const auto& param_info) { return param_info.param.name; });

TEST(ValueSetTest, IsExactAgainAfterABurst) {
  const WindowShape shape = WindowShape::of({60'000}, {0});
  std::mt19937_64 random(3);
  ValueSet set;
  int64_t bucket = 100;
  set.reset(shape, bucket);
  for (int i = 0; i < 100'000; ++i) set.add(random() | 1, bucket);
  EXPECT_GT(set.count(bucket), 80'000);
  for (uint64_t i = 0; i < 2'000; ++i) {
    set.advance(++bucket);
    set.add(1 + i % 7, bucket);
  }
  EXPECT_EQ(set.count(bucket), 7);
}

}  // namespace
}  // namespace sieve
