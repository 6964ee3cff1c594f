// Measures that only grow give the same findings for any order of arrival within the lateness, and
// those are what a model finds that sees all events at once.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <tuple>
#include <unordered_set>

#include "correlate/cooldown.h"
#include "correlate/window_shape.h"
#include "support/effort.h"
#include "unit/correlate/window_rules.h"

namespace sieve {
namespace {

struct Event {
  uint64_t key = 0;
  uint64_t value = 0;
  Timestamp time;
};

// (rule, key, slot)
using Slot = std::tuple<uint32_t, uint64_t, int64_t>;

struct RuleShape {
  Duration over;
  Duration late;
  Duration suppress;
  size_t count_min;
  size_t distinct_min;
};

std::string text_of(const RuleShape& rule) {
  const auto ms = [](Duration duration) { return std::to_string(duration.ms) + "ms"; };
  return "on: call, window: { by: call.from, over: " + ms(rule.over) + ", late: " + ms(rule.late) +
         " }, measure: { n: count(), t: 'distinct(call.to)' }, condition: n >= " +
         std::to_string(rule.count_min) + " and t >= " + std::to_string(rule.distinct_min) +
         ", alert: { suppress: " + ms(rule.suppress) + " }";
}

const std::vector<RuleShape> kRules = {
    {{60'000}, {20'000}, {60'000}, 5, 3},
    {{60'000}, {60'000}, {7'000}, 3, 1},
    {{30'000}, {20'000}, {1'000'000}, 6, 4},
    {{1'007}, {20'000}, {1'000}, 2, 2},
};
constexpr Duration kLate{7'000};  // What all of the rules allow: 1007 ms is cut to 7.5 times it.

// Whether the window of the rule that ends with `last` holds enough.
bool is_true(const RuleShape& rule, const std::vector<Event>& events, const Event& last) {
  const WindowShape shape = WindowShape::of(rule.over, rule.late);
  const int64_t end = shape.bucket_of(last.time);
  size_t count = 0;
  std::unordered_set<uint64_t> values;
  for (const Event& event : events) {
    const int64_t bucket = shape.bucket_of(event.time);
    if (event.key != last.key || bucket > end || bucket <= end - shape.buckets) continue;
    ++count;
    if (values.size() < rule.distinct_min) values.insert(event.value);
  }
  return count >= rule.count_min && values.size() >= rule.distinct_min;
}

std::set<Slot> slots_of_model(const std::vector<Event>& events) {
  std::set<Slot> slots;
  for (uint32_t index = 0; index < kRules.size(); ++index) {
    const RuleShape& rule = kRules[index];
    const WindowShape shape = WindowShape::of(rule.over, rule.late);
    for (const Event& last : events) {
      const Timestamp begin = shape.begin_of(shape.bucket_of(last.time));
      const Slot slot{index, last.key, begin.ms / rule.suppress.ms};
      if (!slots.contains(slot) && is_true(rule, events, last)) slots.insert(slot);
    }
  }
  return slots;
}

// One Correlator for many histories, each of keys and of a time of its own.
class Subject {
 public:
  explicit Subject(std::shared_ptr<const FactPlan> plan) : correlator_(std::move(plan)) {
    fact_.features = (uint64_t{1} << kRules.size()) - 1;
    fact_.value_count = 1;
  }

  std::set<Slot> slots_of(const std::vector<Event>& events) {
    std::vector<Finding> findings;
    for (const Event& event : events) {
      fact_.key = event.key;
      fact_.time = event.time;
      fact_.values[0] = event.value;
      correlator_.apply({}, testing::block_of(++offset_, {fact_}), findings);
    }
    std::set<Slot> slots;
    for (const Finding& finding : findings) {
      const RuleShape& rule = kRules[finding.rule.index()];
      const Slot slot{finding.rule.value, finding.key, finding.slot_begin.ms / rule.suppress.ms};
      EXPECT_TRUE(slots.insert(slot).second) << "found twice";
    }
    return slots;
  }

  const CorrelatorStats& stats() const { return correlator_.stats(); }

 private:
  Correlator correlator_;
  Fact fact_;
  int64_t offset_ = 0;
};

// Bursts and silences of some keys, so that windows fill and empty.
std::vector<Event> random_history(uint64_t seed, std::mt19937_64& random) {
  std::vector<Event> events(1 + random() % 60);
  const uint64_t keys = 1 + random() % 3;
  const uint64_t values = 1 + random() % 12;
  const uint64_t step_max = uint64_t{1} << (4 + random() % 12);
  int64_t now = 1'767'571'200'000 + static_cast<int64_t>(seed * 10'000'000 + random() % 1'000'000);
  for (Event& event : events) {
    now += static_cast<int64_t>(random() % step_max);
    event = {seed * 8 + random() % keys, 1 + random() % values, Timestamp{now}};
  }
  return events;
}

// Each event comes up to kLate after its time.
std::vector<Event> shuffled(const std::vector<Event>& events, std::mt19937_64& random) {
  std::vector<std::pair<int64_t, Event>> arrivals;
  for (const Event& event : events) {
    const auto delay = static_cast<int64_t>(random() % static_cast<uint64_t>(kLate.ms));
    arrivals.emplace_back(event.time.ms + delay, event);
  }
  std::stable_sort(arrivals.begin(), arrivals.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Event> out;
  for (const auto& arrival : arrivals) out.push_back(arrival.second);
  return out;
}

std::shared_ptr<const FactPlan> plan_of_rules() {
  std::vector<std::string> rules;
  for (const RuleShape& rule : kRules) rules.push_back(text_of(rule));
  return testing::plan_of(rules);
}

TEST(OrderTest, FindingsDoNotDependOnTheOrderOfArrival) {
  const auto plan = plan_of_rules();
  ASSERT_EQ(plan->projections().size(), 1U);
  Subject in_order(plan), late(plan), later(plan);
  size_t slots_found = 0;
  size_t histories_with_findings = 0;
  const auto seeds = static_cast<uint64_t>(testing::effort(10'000, 2'000));
  for (uint64_t seed = 1; seed <= seeds; ++seed) {
    std::mt19937_64 random(seed);
    const std::vector<Event> events = random_history(seed, random);
    const std::set<Slot> want = slots_of_model(events);
    ASSERT_EQ(in_order.slots_of(events), want) << "seed " << seed;
    ASSERT_EQ(late.slots_of(shuffled(events, random)), want) << "seed " << seed;
    ASSERT_EQ(later.slots_of(shuffled(events, random)), want) << "seed " << seed;
    slots_found += want.size();
    histories_with_findings += want.empty() ? 0 : 1;
  }
  EXPECT_EQ(later.stats().applied, later.stats().facts);
  EXPECT_GT(later.stats().keys_expired, 0U);
  // The histories must not be all quiet or all loud.
  EXPECT_GT(slots_found, seeds);
  EXPECT_GT(histories_with_findings, seeds / 5);
  EXPECT_LT(histories_with_findings, 9'990U);
}

// A heavy key, which has a dense window, gives what the model gives.
TEST(OrderTest, HoldsForBusyKeys) {
  const auto plan = plan_of_rules();
  Subject in_order(plan), late(plan);
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<Event> events(400);
    int64_t now = 1'767'571'200'000 + static_cast<int64_t>(seed * 100'000'000);
    for (Event& event : events) {
      now += static_cast<int64_t>(random() % (random() % 50 == 0 ? 40'000 : 900));
      event = {seed, 1 + random() % 3'000, Timestamp{now}};
    }
    const std::set<Slot> want = slots_of_model(events);
    ASSERT_EQ(in_order.slots_of(events), want) << "seed " << seed;
    ASSERT_EQ(late.slots_of(shuffled(events, random)), want) << "seed " << seed;
  }
}

}  // namespace
}  // namespace sieve
