#include "base/stopwatch.h"

#include <gtest/gtest.h>

#include <thread>

namespace sieve {
namespace {

TEST(StopwatchTest, MeasuresOneTimeBehindTheOther) {
  MeasuredClock clock;
  Stopwatch watch(clock);
  std::this_thread::sleep_for(std::chrono::milliseconds(3));
  EXPECT_GE(watch.lap(), 2'000'000U);
  EXPECT_LT(watch.lap(), 2'000'000U);
}

TEST(StopwatchTest, LeavesOutWhatReadingTheClockTakes) {
  MeasuredClock clock;
  clock.cost_ns = 1'000'000'000;
  Stopwatch outer(clock);
  Stopwatch inner(clock);
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ(inner.lap(), 0U);
  EXPECT_EQ(outer.lap(), 0U);
}

TEST(StopwatchTest, CountsReadingsOfThoseThatRanMeanwhile) {
  MeasuredClock clock;
  clock.cost_ns = 0;
  const uint64_t before = clock.readings;
  Stopwatch outer(clock);
  for (int i = 0; i < 3; ++i) Stopwatch(clock).lap();
  outer.lap();
  EXPECT_EQ(clock.readings - before, 2U + 3 * 2);
}

TEST(TimedNsTest, LeavesOutInterruptions) {
  TimedNs timed;
  EXPECT_EQ(timed.mean_ns(), 0);
  timed.add(TimedNs::kInterruptedNs + 1);
  EXPECT_EQ(timed.mean_ns(), 1e6);  // Longer than that, for all we know.
  timed.add(100);
  timed.add(300);
  EXPECT_EQ(timed.mean_ns(), 200);
  TimedNs other;
  other.add(500);
  other.add(timed);
  EXPECT_EQ(other.count, 3U);
  EXPECT_EQ(other.interrupted, 1U);
  EXPECT_EQ(other.mean_ns(), 300);
}

}  // namespace
}  // namespace sieve
