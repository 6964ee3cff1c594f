#include "run/rules_change.h"

#include <gtest/gtest.h>

namespace sieve {
namespace {

struct ShrinkCase {
  std::string name;
  RulesChange change;
  int64_t shrink_max;
  std::string problem;
};

RulesChange rules(size_t before, size_t after) {
  RulesChange change;
  change.rules_before = before;
  change.rules_after = after;
  return change;
}

RulesChange list(size_t before, size_t after) {
  RulesChange change;
  change.lists = {{"hosts", before, after}};
  return change;
}

class ShrinkTest : public ::testing::TestWithParam<ShrinkCase> {};

TEST_P(ShrinkTest, SaysWhatFellTooFar) {
  EXPECT_EQ(shrink_problem(GetParam().change, GetParam().shrink_max), GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ShrinkTest,
    ::testing::Values(
        ShrinkCase{"Grown", rules(10, 20), 30, ""},
        ShrinkCase{"AtTheLimit", rules(100, 70), 30, ""},
        ShrinkCase{"BeyondIt", rules(100, 69), 30,
                   "active rules fell from 100 to 69, by more than 30 %\n"},
        ShrinkCase{"FewOfFew", rules(6, 1), 30, ""},
        ShrinkCase{"AllOfMore", rules(6, 0), 30,
                   "active rules fell from 6 to 0, by more than 30 %\n"},
        ShrinkCase{"AnythingGoes", rules(1'000, 0), 100, ""},
        ShrinkCase{"NothingGoes", rules(1'000, 994), 0,
                   "active rules fell from 1000 to 994, by more than 0 %\n"},
        ShrinkCase{"AList", list(1'000'000, 0), 99,
                   "entries of the list `hosts` fell from 1000000 to 0, by more than 99 %\n"}),
    [](const auto& each) { return each.param.name; });

TEST(RulesChangeTest, IsToldInALine) {
  RulesChange change = list(10, 12);
  change.added = {"a/one", "a/two"};
  change.changed = {"a/three"};
  EXPECT_EQ(render_change(change), "2 added, 0 removed, 1 changed; hosts 10 -> 12");
}

}  // namespace
}  // namespace sieve
