#include "correlate/correlator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "correlate/entity_key.h"
#include "unit/correlate/window_rules.h"

namespace sieve {
namespace {

using testing::block_of;
using testing::call;
using testing::plan_of;

constexpr int64_t kStart = 1'767'571'200'000;  // 2026-01-05T00:00:00Z, a multiple of a day.

const std::string kSpray =
    "on: call, where: call.duration <= 6s, window: { by: call.from, over: 10m, late: 2m }, "
    "measure: { calls: count(), targets: 'distinct(call.to)', "
    "share: 'ratio(call.answered == false)' }, "
    "condition: targets >= 3 and share >= 0.5, alert: { suppress: 1h }";

// Makes facts of calls and applies them, one block each.
class Feed {
 public:
  explicit Feed(const std::vector<std::string>& rules)
      : plan_(plan_of(rules)), builder_(plan_, {}), correlator_(plan_) {}

  // The findings of one more call, at `at` since the start.
  std::vector<Finding> call(std::string_view from, std::string_view to, Duration at,
                            Duration duration = {0}) {
    const Record record = testing::call(from, to, Timestamp{kStart} + at, duration);
    return apply({0, 0, ++offset_}, builder_.build(record));
  }

  std::vector<Finding> apply(const FactOrigin& origin, const std::vector<Fact>& facts) {
    std::vector<Finding> findings;
    correlator_.apply({origin.source, origin.partition, 0}, block_of(origin.offset, facts),
                      findings);
    return findings;
  }

  Correlator& correlator() { return correlator_; }
  FactBuilder& builder() { return builder_; }

 private:
  std::shared_ptr<const FactPlan> plan_;
  FactBuilder builder_;
  Correlator correlator_;
  int64_t offset_ = 0;
};

struct AdoptCase {
  std::string name;
  std::string rule;  // After kSpray.
  bool kept;
};

std::string with(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

class CorrelatorAdoptTest : public ::testing::TestWithParam<AdoptCase> {};

// Two targets under the rules before, the third under the rules after.
TEST_P(CorrelatorAdoptTest, WindowsGoOnWhereTheyCountTheSame) {
  const auto before = plan_of({kSpray});
  const auto after = plan_of({GetParam().rule});
  Correlator correlator(before);
  FactBuilder builder_before(before, {});
  FactBuilder builder_after(after, {});
  std::vector<Finding> findings;
  const auto feed = [&](FactBuilder& builder, const FactPlan& plan, int64_t n) {
    const std::string target = std::to_string(n);
    const Record record = call("+6681", target, Timestamp{kStart + n * 1'000}, {0});
    correlator.apply({}, block_of(n, builder.build(record)), plan, findings);
  };
  feed(builder_before, *before, 1);
  feed(builder_before, *before, 2);
  const AdoptedWindows windows = correlator.adopt(after);
  EXPECT_EQ(windows.kept, GetParam().kept ? 1U : 0U);
  EXPECT_EQ(windows.fresh, GetParam().kept ? 0U : 1U);
  feed(builder_after, *after, 3);
  EXPECT_EQ(findings.size(), GetParam().kept ? 1U : 0U);
  // What was made by the rules before still counts for them, and is counted as such.
  feed(builder_before, *before, 4);
  EXPECT_EQ(correlator.stats().other_plan, 1U);
  EXPECT_EQ(correlator.stats().facts, 4U);
  EXPECT_EQ(correlator.stats().applied, 4U);
  const uint64_t suppressed = correlator.stats().suppressed;
  EXPECT_EQ(correlator.forget(*before).size(), GetParam().kept ? 0U : 1U);
  EXPECT_EQ(correlator.stats().suppressed, suppressed);
  EXPECT_EQ(correlator.key_count(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, CorrelatorAdoptTest,
    ::testing::Values(
        AdoptCase{"Same", kSpray, true},
        AdoptCase{"OtherThreshold", with(kSpray, "share >= 0.5", "share >= 0.25"), true},
        AdoptCase{"OtherLength", with(kSpray, "over: 10m", "over: 20m"), false},
        AdoptCase{"OtherLateness", with(kSpray, "late: 2m", "late: 3m"), false},
        AdoptCase{"OtherRecords", with(kSpray, "duration <= 6s", "duration <= 7s"), false},
        AdoptCase{"OtherPredicate", with(kSpray, "answered == false", "answered != true"), false},
        AdoptCase{"OtherCooldown", with(kSpray, "suppress: 1h", "suppress: 2h"), false}),
    [](const auto& each) { return each.param.name; });

TEST(CorrelatorTest, FindsASprayAtItsThirdTargetOnce) {
  Feed feed({kSpray});
  EXPECT_TRUE(feed.call("+6681", "1", {1'000}).empty());
  EXPECT_TRUE(feed.call("+6681", "1", {2'000}).empty());
  EXPECT_TRUE(feed.call("+6681", "2", {61'000}).empty());
  const auto findings = feed.call("+6681", "3", {123'000}, {4'000});
  ASSERT_EQ(findings.size(), 1U);
  const Finding& finding = findings[0];
  EXPECT_EQ(finding.rule, RuleIndex(0));
  EXPECT_EQ(finding.key, entity_key("+6681"));
  EXPECT_EQ(finding.subject, "+6681");
  EXPECT_EQ(finding.time, Timestamp{kStart + 123'000});
  EXPECT_EQ(finding.slot_begin, Timestamp{kStart});
  EXPECT_EQ(finding.window_begin, Timestamp{kStart + 120'000 - 59 * 10'000});
  EXPECT_EQ(finding.window_end, finding.time);
  EXPECT_EQ(finding.measures, (std::vector<double>{4, 3, 0.75}));
  EXPECT_EQ(finding.trigger, (FactOrigin{0, 0, 4}));
  EXPECT_EQ(finding.late, Duration{0});
  EXPECT_TRUE(feed.call("+6681", "4", {124'000}).empty());
  EXPECT_EQ(feed.correlator().stats().suppressed, 1U);
  EXPECT_EQ(feed.correlator().stats().findings, 1U);
}

TEST(CorrelatorTest, FindsAgainInTheNextSlot) {
  Feed feed({kSpray});
  for (int i = 0; i < 3; ++i) feed.call("A", std::to_string(i), {3'590'000 + i});
  EXPECT_EQ(feed.correlator().stats().findings, 1U);
  const auto findings = feed.call("A", "9", {3'600'000});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].slot_begin, Timestamp{kStart + 3'600'000});
  EXPECT_EQ(findings[0].subject, "A");
}

TEST(CorrelatorTest, CountsOnlyWhatMeetsWhere) {
  Feed feed({kSpray});
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(feed.call("A", std::to_string(i), {i}, {60'000}).empty());
  }
  EXPECT_EQ(feed.correlator().stats().facts, 0U);
}

TEST(CorrelatorTest, KeepsKeysApart) {
  Feed feed({kSpray});
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(feed.call("A" + std::to_string(i), std::to_string(i), {i}).empty());
  }
  EXPECT_EQ(feed.correlator().key_count(), 20U);
  EXPECT_GT(feed.correlator().state_bytes(), 0U);
}

TEST(CorrelatorTest, FindsALaterWindowThatALateFactCompletes) {
  Feed feed({kSpray});
  feed.call("A", "1", {595'000});
  feed.call("A", "2", {661'000});
  // Belongs to both windows, but only with the second call are there three targets.
  const auto findings = feed.call("A", "3", {600'000});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].time, Timestamp{kStart + 661'000});
  EXPECT_EQ(findings[0].late, Duration{61'000});
  EXPECT_EQ(findings[0].trigger.offset, 3);
}

TEST(CorrelatorTest, DropsWhatIsTooLate) {
  Feed feed({kSpray});
  feed.call("A", "1", {3'600'000});
  feed.call("A", "2", {3'600'000 - 710'000});
  EXPECT_EQ(feed.correlator().stats().late, 0U);
  feed.call("A", "3", {3'600'000 - 720'000});
  EXPECT_EQ(feed.correlator().stats().late, 1U);
  EXPECT_EQ(feed.correlator().stats().applied, 2U);
}

TEST(CorrelatorTest, AppliesOneFactToSeveralRulesInTheirOrder) {
  const std::string any =
      "on: call, window: { by: call.from, over: 1m }, measure: { n: count() }, condition: n >= 1";
  Feed feed({any, kSpray, any});
  const auto findings = feed.call("A", "1", {0}, {60'000});
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].rule, RuleIndex(0));
  EXPECT_EQ(findings[1].rule, RuleIndex(2));
  EXPECT_EQ(feed.correlator().stats().applied, 1U);
}

TEST(CorrelatorTest, CountsABlockOnce) {
  Feed feed({kSpray});
  const auto& facts = feed.builder().build(call("A", "1", {kStart}, {0}));
  feed.apply({1, 2, 10}, facts);
  feed.apply({1, 2, 10}, facts);
  feed.apply({1, 2, 9}, facts);
  EXPECT_EQ(feed.correlator().stats().duplicate, 2U);
  feed.apply({1, 3, 10}, facts);
  feed.apply({2, 2, 10}, facts);
  feed.apply({1, 2, 11}, facts);
  EXPECT_EQ(feed.correlator().stats().duplicate, 2U);
  EXPECT_EQ(feed.correlator().stats().applied, 4U);
}

TEST(CorrelatorTest, LeavesADamagedBlockOut) {
  Feed feed({kSpray});
  std::vector<Finding> findings;
  const Fact fact = feed.builder().build(call("A", "1", {kStart}, {0}))[0];
  const std::string whole = block_of(5, {fact, fact});
  feed.correlator().apply({}, whole.substr(0, whole.size() - 1), findings);
  feed.correlator().apply({}, "\x87", findings);
  EXPECT_EQ(feed.correlator().stats().unusable, 3U);
  EXPECT_EQ(feed.correlator().key_count(), 0U);
  // It left no mark either: the whole block still counts.
  feed.correlator().apply({}, whole, findings);
  EXPECT_EQ(feed.correlator().stats().applied, 2U);
}

TEST(CorrelatorTest, CountsFactsOfUnknownProjectionsAsUnusable) {
  Feed feed({kSpray});
  Fact fact = feed.builder().build(call("A", "1", {kStart}, {0}))[0];
  Fact unknown = fact, other_values = fact, no_rule = fact;
  unknown.projection = 7;
  other_values.value_count = 2;
  no_rule.features = uint64_t{1} << 40;
  feed.apply({0, 0, 1}, {unknown, other_values, no_rule, fact});
  const CorrelatorStats& stats = feed.correlator().stats();
  EXPECT_EQ(stats.unusable, 3U);
  EXPECT_EQ(stats.applied, 1U);
  EXPECT_EQ(stats.facts, stats.applied + stats.late + stats.duplicate + stats.unusable);
}

TEST(CorrelatorTest, EvictsAtTheCapOfTheRule) {
  Feed feed(
      {"on: call, window: { by: call.from, over: 10m, max_keys: 5 }, "
       "measure: { n: count() }, condition: n >= 3"});
  for (int i = 0; i < 20; ++i) feed.call("A" + std::to_string(i), "1", {i * 1'000});
  EXPECT_EQ(feed.correlator().key_count(), 5U);
  EXPECT_EQ(feed.correlator().stats().keys_evicted, 15U);
}

TEST(CorrelatorTest, DoesWithoutRules) {
  Feed feed(std::vector<std::string>{});
  EXPECT_TRUE(feed.apply({0, 0, 1}, {}).empty());
  EXPECT_EQ(feed.correlator().stats().facts, 0U);
}

// With the usual error it would be an estimate.
TEST(CorrelatorTest, CountsDistinctValuesWithTheErrorThatTheRuleAsksFor) {
  Feed feed(
      {"on: call, window: { by: call.from, over: 10m }, "
       "measure: { n: 'distinct(call.to, error=0.02)' }, condition: n >= 3000"});
  for (int i = 1; i < 3'000; ++i) {
    ASSERT_TRUE(feed.call("+6681", std::to_string(i), {i}).empty()) << i;
  }
  const auto findings = feed.call("+6681", "last", {3'000});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].measures[0], 3'000);
}

}  // namespace
}  // namespace sieve
