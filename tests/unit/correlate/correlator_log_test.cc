// What a Correlator makes of the facts topic: lanes that begin anew, zombies, and facts that were
// made by other rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "correlate/correlator.h"
#include "unit/correlate/window_rules.h"

namespace sieve {
namespace {

constexpr int64_t kLogStart = 1'767'571'200'000;

const std::string kFanRule =
    "{ id: FAN, title: t, class: c, score: 3, on: call, window: { by: call.from, over: 10m }, "
    "measure: { targets: 'distinct(call.to)', share: 'ratio(call.answered == false)' }, "
    "condition: targets >= 3 and share >= 0.5 }";
// Shares the projection of FAN: whichever comes first has the lower bits and values.
const std::string kCellsRule =
    "{ id: CELLS, title: t, class: c, score: 3, on: call, window: { by: call.from, over: 10m }, "
    "measure: { cells: 'distinct(call.cell.id)', long: 'ratio(call.duration > 1h)' }, "
    "condition: cells >= 100 and long > 0.5 }";
const std::string kPairsRule =
    "{ id: PAIRS, title: t, class: c, score: 3, on: call, "
    "window: { by: [call.from, call.to], over: 10m }, measure: { n: count() }, condition: n >= 2 }";

std::shared_ptr<const FactPlan> named_plan_of(const std::vector<std::string>& rules) {
  std::string yaml = "format: 1\nnamespace: demo\nrules:\n";
  for (const std::string& rule : rules) yaml += "  - " + rule + "\n";
  return std::make_shared<const FactPlan>(testing::compiled(testing::loaded_from(yaml)));
}

// An engine that makes facts of calls by its own rules.
class Writer {
 public:
  explicit Writer(const std::vector<std::string>& rules)
      : plan_(named_plan_of(rules)), record_(plan_record_of(*plan_)), builder_(plan_, {}) {}

  const std::shared_ptr<const FactPlan>& plan() const { return plan_; }
  const PlanRecord& record() const { return record_; }

  // Lets `reader` have the facts of a call to `target`.
  std::vector<Finding> write(Correlator& reader, int64_t offset, const std::string& target,
                             const FactLane& lane = {}) {
    const Record made = testing::call("+6681", target, Timestamp{kLogStart + offset}, {0});
    std::vector<Finding> findings;
    reader.apply_logged(lane, testing::block_of(offset, builder_.build(made)), record_.digest,
                        findings);
    return findings;
  }

 private:
  std::shared_ptr<const FactPlan> plan_;
  PlanRecord record_;
  FactBuilder builder_;
};

void expect_all_counted(const CorrelatorStats& stats) {
  EXPECT_EQ(stats.facts, stats.applied + stats.late + stats.duplicate + stats.unusable);
}

TEST(CorrelatorLogTest, AHigherIncarnationBeginsAnewAndALowerOneIsAZombie) {
  Writer writer({kFanRule});
  Correlator reader(writer.plan());
  writer.write(reader, 100, "1", {7, 0, 0});
  writer.write(reader, 5, "2", {7, 0, 1});
  writer.write(reader, 101, "3", {7, 0, 0});
  writer.write(reader, 5, "2", {7, 0, 1});
  const CorrelatorStats& stats = reader.stats();
  EXPECT_EQ(stats.applied, 2U);
  EXPECT_EQ(stats.zombie, 1U);
  EXPECT_EQ(stats.duplicate, 1U);
  expect_all_counted(stats);
}

TEST(CorrelatorLogTest, FactsOfAnotherPlanCountWhereItHasTheRule) {
  Writer ours({kFanRule});
  Writer theirs({kCellsRule, kFanRule, kPairsRule});
  Correlator reader(ours.plan());
  reader.learn(theirs.record());
  EXPECT_TRUE(ours.write(reader, 1, "1").empty());
  EXPECT_TRUE(theirs.write(reader, 2, "2").empty());
  const std::vector<Finding> findings = theirs.write(reader, 3, "3");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].rule, RuleIndex(0));
  EXPECT_EQ(findings[0].measures, (std::vector<double>{3, 1}));
  const CorrelatorStats& stats = reader.stats();
  // PAIRS, which is not loaded here, has facts of its own.
  EXPECT_EQ(stats.facts, 5U);
  EXPECT_EQ(stats.applied, 3U);
  EXPECT_EQ(stats.unusable, 2U);
  EXPECT_EQ(stats.other_plan, 4U);
  expect_all_counted(stats);
}

TEST(CorrelatorLogTest, ARuleThatTheirPlanLacksIsNotCounted) {
  Writer ours({kCellsRule, kFanRule});
  Writer theirs({kCellsRule});
  Correlator reader(ours.plan());
  reader.learn(theirs.record());
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(theirs.write(reader, i, std::to_string(i)).empty());
  }
  EXPECT_EQ(reader.stats().applied, 5U) << "for CELLS";
  EXPECT_EQ(reader.stats().other_plan, 5U);
  ours.write(reader, 5, "5");
  ours.write(reader, 6, "6");
  EXPECT_EQ(ours.write(reader, 7, "7").size(), 1U) << "FAN saw what ours told alone";
}

TEST(CorrelatorLogTest, FactsOfAPlanThatNobodyToldAreCountedAsSuch) {
  Writer ours({kFanRule});
  Writer theirs({kCellsRule, kFanRule});
  Correlator reader(ours.plan());
  theirs.write(reader, 1, "1");
  EXPECT_EQ(reader.stats().unknown_plan, 1U);
  EXPECT_EQ(reader.stats().unusable, 1U);
  reader.learn(theirs.record());
  theirs.write(reader, 2, "2");
  EXPECT_EQ(reader.stats().applied, 1U);
  expect_all_counted(reader.stats());
}

// The log still holds what was written before a reload.
TEST(CorrelatorLogTest, AReloadGoesOnWithFactsOfTheRulesBefore) {
  Writer before({kFanRule});
  Writer after({kPairsRule, kFanRule});
  Correlator reader(before.plan());
  before.write(reader, 1, "1");
  const AdoptedWindows windows = reader.adopt(after.plan());
  EXPECT_EQ(windows.kept, 1U);
  EXPECT_EQ(windows.fresh, 1U);
  EXPECT_TRUE(reader.forget(*before.plan()).empty());
  before.write(reader, 2, "2");
  const std::vector<Finding> findings = after.write(reader, 3, "3");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(after.plan()->rules().rule(findings[0].rule).full_id, "demo/FAN");
}

TEST(CorrelatorLogTest, ForgetsThePlansThatWereToldLongAgo) {
  Writer ours({kFanRule});
  Writer theirs({kCellsRule, kFanRule});
  Correlator reader(ours.plan());
  reader.learn(theirs.record());
  for (uint32_t i = 1; i <= 64; ++i) {
    PlanRecord other = theirs.record();
    other.digest += i;
    reader.learn(other);
  }
  theirs.write(reader, 1, "1");
  EXPECT_EQ(reader.stats().unknown_plan, 1U);
  ours.write(reader, 2, "2");
  EXPECT_EQ(reader.stats().applied, 1U);
}

}  // namespace
}  // namespace sieve
