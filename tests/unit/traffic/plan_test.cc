#include "traffic/plan.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace sieve::traffic {
namespace {

struct WindowCase {
  std::string name;
  std::vector<std::pair<Timestamp, uint32_t>> input;
  uint64_t want;
};

class WindowTest : public ::testing::TestWithParam<WindowCase> {};

INSTANTIATE_TEST_SUITE_P(
    Events, WindowTest,
    ::testing::Values(
        WindowCase{"None", {}, 0}, WindowCase{"One", {{{5}, 1}}, 1},
        WindowCase{"SamePartyTwice", {{{5}, 1}, {{6}, 1}}, 1},
        WindowCase{"JustInside", {{{0}, 1}, {{599'999}, 2}}, 2},
        WindowCase{"JustOutside", {{{0}, 1}, {{600'000}, 2}}, 1},
        WindowCase{"PartyStaysByItsSecondEvent", {{{0}, 1}, {{300'000}, 1}, {{600'000}, 2}}, 2},
        WindowCase{"MostIsBeforeTheEnd", {{{0}, 1}, {{1}, 2}, {{2}, 3}, {{700'000}, 4}}, 3}),
    [](const auto& row) { return row.param.name; });

TEST_P(WindowTest, CountsDistinctPartiesInTenMinutes) {
  EXPECT_EQ(distinct_in_window_max(GetParam().input), GetParam().want);
}

}  // namespace
}  // namespace sieve::traffic
