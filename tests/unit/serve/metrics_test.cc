#include "serve/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace sieve {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(MetricsRegistryTest, ExposesCountersGaugesAndHistogramsSorted) {
  MetricsRegistry registry;
  registry.counter("b_total", "Things.", {{"reason", "z"}}).add(2);
  registry.counter("b_total", "Things.", {{"reason", "a"}}).add(3);
  registry.gauge("a_count", "Now.", {}).set(1.5);
  registry.histogram("c_seconds", "Times.", {}, {0.1, 1}).observe(0.5);
  EXPECT_EQ(registry.expose(),
            "# HELP a_count Now.\n"
            "# TYPE a_count gauge\n"
            "a_count 1.5\n"
            "# HELP b_total Things.\n"
            "# TYPE b_total counter\n"
            "b_total{reason=\"a\"} 3\n"
            "b_total{reason=\"z\"} 2\n"
            "# HELP c_seconds Times.\n"
            "# TYPE c_seconds histogram\n"
            "c_seconds_count 1\n"
            "c_seconds_sum 0.5\n"
            "c_seconds_bucket{le=\"0.1\"} 0\n"
            "c_seconds_bucket{le=\"1\"} 1\n"
            "c_seconds_bucket{le=\"+Inf\"} 1\n");
}

TEST(MetricsRegistryTest, GivesTheSameSeriesForTheSameNameAndLabels) {
  MetricsRegistry registry;
  registry.counter("n_total", "N.", {{"x", "1"}}).add(1);
  registry.counter("n_total", "N.", {{"x", "1"}}).add(1);
  EXPECT_THAT(registry.expose(), HasSubstr("n_total{x=\"1\"} 2\n"));
}

TEST(MetricsRegistryTest, RemovesOneGaugeSeriesAndMayAddItAgain) {
  MetricsRegistry registry;
  registry.gauge("lag", "Lag.", {{"partition", "0"}}).set(7);
  registry.gauge("lag", "Lag.", {{"partition", "1"}}).set(8);
  registry.remove_gauge("lag", {{"partition", "0"}});
  registry.remove_gauge("lag", {{"partition", "9"}});
  EXPECT_THAT(registry.expose(), Not(HasSubstr("partition=\"0\"")));
  EXPECT_THAT(registry.expose(), HasSubstr("lag{partition=\"1\"} 8\n"));
  registry.gauge("lag", "Lag.", {{"partition", "0"}}).set(9);
  EXPECT_THAT(registry.expose(), HasSubstr("lag{partition=\"0\"} 9\n"));
}

TEST(MetricsRegistryTest, EscapesLabelValues) {
  MetricsRegistry registry;
  registry.gauge("g", "G.", {{"file", "a\"b\\c\nd"}}).set(1);
  EXPECT_THAT(registry.expose(), HasSubstr("g{file=\"a\\\"b\\\\c\\nd\"} 1\n"));
}

TEST(MetricsRegistryTest, HandlesWithoutARegistryCountNothing) {
  const Counter counter;
  const Gauge gauge;
  const Histogram histogram;
  counter.add(1);
  gauge.set(1);
  histogram.observe(1);
}

TEST(MetricsRegistryTest, CountsFromSeveralThreads) {
  MetricsRegistry registry;
  const Counter counter = registry.counter("n_total", "N.", {});
  const auto work = [&] {
    for (int i = 0; i < 10'000; ++i) counter.add(1);
    registry.gauge("g", "G.", {}).set(1);
    registry.expose();
  };
  std::thread first(work), second(work);
  first.join();
  second.join();
  EXPECT_THAT(registry.expose(), HasSubstr("n_total 20000\n"));
}

}  // namespace
}  // namespace sieve
