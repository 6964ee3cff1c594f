#include "run/lane_clock.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace sieve {
namespace {

constexpr int64_t kOriginMs = 1'767'600'000'000;
constexpr int64_t kAgree = LaneClock::kRecordsToAgree;
// Limit: 110 s behind the newest.
constexpr EventTimeBounds kBounds{Duration{10'000}, Duration{100'000}};

Timestamp at(int64_t ms) { return {kOriginMs + ms}; }

// A clock whose newest record is of at(0).
LaneClock running() {
  LaneClock clock(kBounds);
  for (int64_t i = 0; i < kAgree; ++i) clock.observe(at(0));
  return clock;
}

TEST(LaneClockTest, BeginsWithTheEarliestOfItsFirstRecords) {
  LaneClock clock(kBounds);
  for (int64_t i = 0; i < kAgree - 1; ++i) {
    EXPECT_EQ(clock.observe(at(i == 5 ? -7'000'000 : 9'000'000 * i)), std::nullopt);
    EXPECT_EQ(clock.watermark(), std::nullopt);
  }
  clock.observe(at(0));
  EXPECT_EQ(clock.watermark(), at(-7'010'000));
}

TEST(LaneClockTest, ARecordBeforeTheLimitIsTooLate) {
  LaneClock clock = running();
  EXPECT_EQ(clock.watermark(), at(-10'000));
  EXPECT_EQ(clock.observe(at(-110'000)), std::nullopt);
  EXPECT_EQ(clock.observe(at(-110'001)), Duration{100'001});
  EXPECT_EQ(clock.observe(at(5'000)), std::nullopt);
  EXPECT_EQ(clock.watermark(), at(-5'000));
  EXPECT_EQ(clock.observe(at(-110'000)), Duration{105'000});
  EXPECT_EQ(clock.watermark(), at(-5'000)) << "a late record moved the clock";
}

TEST(LaneClockTest, RecordsFromTheFutureMoveItOnlyTogether) {
  LaneClock clock = running();
  const Timestamp future = at(1'000'000'000);
  for (int64_t i = 0; i < 10 * kAgree; ++i) {
    clock.observe(future);
    if (i % (kAgree - 1) == 0) clock.observe(at(1));
  }
  EXPECT_EQ(clock.watermark(), at(-9'999));
  clock.observe(at(1));
  for (int64_t i = 0; i < kAgree; ++i) clock.observe(future + Duration{i});
  EXPECT_EQ(clock.watermark(), future - Duration{10'000});
}

TEST(LaneClockTest, AStepWithinItsBoundsIsTakenAtOnce) {
  LaneClock clock = running();
  clock.observe(at(110'000));
  EXPECT_EQ(clock.watermark(), at(100'000));
  clock.observe(at(220'001));
  EXPECT_EQ(clock.watermark(), at(100'000));
}

TEST(LaneClockTest, CallsComeMoreOutOfOrderThanMessages) {
  EXPECT_EQ(default_event_time(RecordKind::kMessage).out_of_order, Duration{30'000});
  EXPECT_EQ(default_event_time(RecordKind::kReport).out_of_order, Duration{30'000});
  EXPECT_EQ(default_event_time(RecordKind::kCall).out_of_order, Duration{900'000});
}

// Times that move on, with disorder, late records, and a few or many from the future.
std::vector<Timestamp> random_times(std::mt19937_64& random) {
  std::vector<Timestamp> times;
  const auto below = [&](uint64_t bound) { return static_cast<int64_t>(random() % bound); };
  const int64_t odd_every = 2 + below(200);
  int64_t now = 0;
  while (times.size() < 2'000) {
    now += below(2'000);
    if (below(500) == 0) now += 500'000;
    int64_t ms = now - below(20'000);
    if (below(static_cast<uint64_t>(odd_every)) == 0) ms += below(400'000) - 200'000;
    if (below(300) == 0) ms += 1'000'000'000;
    times.push_back(at(ms));
  }
  return times;
}

// How records are cut into groups changes nothing: observe_all() is observe(), many times.
TEST(LaneClockTest, GroupsAreObservedAsTheirRecordsAre) {
  std::mt19937_64 random(7);
  size_t at_once = 0;
  size_t late_total = 0;
  for (int round = 0; round < 100; ++round) {
    const std::vector<Timestamp> times = random_times(random);
    LaneClock single(kBounds);
    LaneClock grouped(kBounds);
    for (size_t begin = 0; begin < times.size();) {
      const size_t end = std::min(times.size(), begin + 1 + random() % 30);
      std::vector<std::optional<Duration>> want;
      for (size_t i = begin; i < end; ++i) want.push_back(single.observe(times[i]));
      std::vector<std::optional<Duration>> got(end - begin);
      const auto [earliest, latest] = std::minmax_element(times.begin() + static_cast<long>(begin),
                                                          times.begin() + static_cast<long>(end));
      if (grouped.observe_all(*earliest, *latest)) {
        ++at_once;
      } else {
        for (size_t i = begin; i < end; ++i) got[i - begin] = grouped.observe(times[i]);
      }
      ASSERT_EQ(got, want) << "round " << round << ", records " << begin << " to " << end;
      ASSERT_EQ(grouped.watermark(), single.watermark());
      for (const auto& late : want) late_total += late.has_value();
      begin = end;
    }
  }
  EXPECT_GT(at_once, 1'000U);
  EXPECT_GT(late_total, 1'000U);
}

}  // namespace
}  // namespace sieve
