#include "correlate/window_shape.h"

#include <gtest/gtest.h>

#include "correlate/ring_mask.h"

namespace sieve {
namespace {

struct ShapeCase {
  std::string name;
  Duration over;
  Duration late;
  int64_t bucket_ms;
  int64_t buckets;
  int64_t kept;
  size_t words;
};

class WindowShapeTest : public ::testing::TestWithParam<ShapeCase> {};

TEST_P(WindowShapeTest, CutsIntoBuckets) {
  const ShapeCase& row = GetParam();
  const WindowShape shape = WindowShape::of(row.over, row.late);
  EXPECT_EQ(shape.bucket_ms, row.bucket_ms);
  EXPECT_EQ(shape.buckets, row.buckets);
  EXPECT_EQ(shape.kept, row.kept);
  EXPECT_EQ(shape.ring_words(), row.words);
  EXPECT_LE(shape.buckets * shape.bucket_ms, std::max<int64_t>(row.over.ms, 1));
}

constexpr int64_t kMinute = 60'000;
constexpr int64_t kDay = 1'440 * kMinute;

INSTANTIATE_TEST_SUITE_P(
    Shapes, WindowShapeTest,
    ::testing::Values(
        ShapeCase{"TenMinutes", {10 * kMinute}, {0}, 10'000, 60, 60, 1},
        ShapeCase{"TenMinutesLateTwo", {10 * kMinute}, {2 * kMinute}, 10'000, 60, 72, 2},
        ShapeCase{"LateLessThanABucket", {10 * kMinute}, {1}, 10'000, 60, 61, 1},
        ShapeCase{"Day", {kDay}, {360 * kMinute}, 1'440'000, 60, 75, 2},
        ShapeCase{"LongestOverAndLate", {31 * kDay}, {31 * kDay}, 44'640'000, 60, 120, 2},
        ShapeCase{"LateIsCut", {1'000}, {31 * kDay}, 17, 58, 512, 8},
        ShapeCase{"LateAtTheCut", {60'000}, {452'000}, 1'000, 60, 512, 8},
        ShapeCase{"NotAMultiple", {61}, {0}, 2, 30, 30, 1},
        ShapeCase{"OneMillisecond", {1}, {5}, 1, 1, 6, 1},
        ShapeCase{"Nothing", {0}, {-5}, 1, 1, 1, 1}),
    [](const auto& param_info) { return param_info.param.name; });

TEST(WindowShapeTest, AWindowIsWhatIsKeptOfItsBuckets) {
  const WindowShape shape = WindowShape::of({600'000}, {120'000});
  EXPECT_EQ(shape.window_begin(1'000, 1'000), 941);
  EXPECT_EQ(shape.window_begin(990, 1'000), 931);
  EXPECT_EQ(shape.window_begin(980, 1'000), 929);
  EXPECT_EQ(shape.window_begin(30, 30), 0);
}

struct MaskCase {
  std::string name;
  int64_t begin;
  int64_t end;
  size_t words;
};

class RingMaskTest : public ::testing::TestWithParam<MaskCase> {};

TEST_P(RingMaskTest, HasABitForEachBucket) {
  const MaskCase& row = GetParam();
  const RingMask mask = RingMask::of_range(row.begin, row.end, row.words);
  const auto size = static_cast<int64_t>(64 * row.words);
  for (int64_t at = 0; at < size; ++at) {
    bool want = false;
    for (int64_t bucket = std::max(row.begin, row.end - size); bucket < row.end; ++bucket) {
      want = want || bucket % size == at;
    }
    RingMask one;
    one.words[static_cast<size_t>(at / 64)] = uint64_t{1} << at % 64;
    EXPECT_EQ(mask.meets(one.words.data(), row.words), want) << at;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Ranges, RingMaskTest,
    ::testing::Values(MaskCase{"Empty", 5, 5, 1}, MaskCase{"One", 63, 64, 1},
                      MaskCase{"Wraps", 1'000, 1'060, 1}, MaskCase{"WrapsTwoWords", 100, 160, 2},
                      MaskCase{"WholeWord", 64, 128, 2}, MaskCase{"AlmostAll", 7, 70, 1},
                      MaskCase{"All", 7, 71, 1}, MaskCase{"More", 7, 1'000'000'000, 3},
                      MaskCase{"EightWords", 500, 1'000, 8}),
    [](const auto& param_info) { return param_info.param.name; });

}  // namespace
}  // namespace sieve
