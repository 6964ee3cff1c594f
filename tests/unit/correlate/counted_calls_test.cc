// A call counts once for each rule and key, whatever the number and order of its records.
#include "correlate/counted_calls.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "unit/correlate/window_rules.h"

namespace sieve {
namespace {

using testing::block_of;
using testing::plan_of;

constexpr int64_t kStart = 1'767'571'200'000;  // 2026-01-05T00:00:00Z.
constexpr CallId kParties{42};
constexpr CallId kRef{43};

class Calls {
 public:
  explicit Calls(size_t calls_max = kCountedCallsMax) : calls_(calls_max) {}

  // Whether the record counts.
  bool counts(CallId id, int64_t at_ms, uint64_t key = 1) {
    const CallOfKey call{key, id, Timestamp{kStart + at_ms}};
    calls_.begin_record(++records_);
    if (calls_.contains(call)) return false;
    calls_.insert(call);
    return true;
  }
  CountedCalls& operator*() { return calls_; }
  CountedCalls* operator->() { return &calls_; }

 private:
  CountedCalls calls_;
  uint64_t records_ = 0;
};

TEST(CountedCallsTest, PartiesAreOfOneCallWithinTwoSeconds) {
  for (int64_t begin = 0; begin < 4'002; begin += 23) {  // At any place in its slot.
    Calls calls;
    EXPECT_TRUE(calls.counts(kParties, begin));
    EXPECT_FALSE(calls.counts(kParties, begin + 2'000)) << begin;
    EXPECT_FALSE(calls.counts(kParties, begin - 2'000)) << begin;
    EXPECT_TRUE(calls.counts(kParties, begin + 2'001)) << begin;
    EXPECT_TRUE(calls.counts(kParties, begin - 2'001)) << begin;
  }
}

TEST(CountedCallsTest, AReferenceIsOfOneCallWithinAnHour) {
  Calls calls;
  EXPECT_TRUE(calls.counts(kRef, 0));
  EXPECT_FALSE(calls.counts(kRef, 3'000));
  EXPECT_FALSE(calls.counts(kRef, kCallMergeSpan.ms));
  EXPECT_TRUE(calls.counts(kRef, kCallMergeSpan.ms + 1));
  EXPECT_FALSE(calls.counts(kRef, kCallMergeSpan.ms + 2));
}

TEST(CountedCallsTest, KeysAndCallsAreApart) {
  Calls calls;
  EXPECT_TRUE(calls.counts(kRef, 0, 1));
  EXPECT_TRUE(calls.counts(kRef, 0, 2));
  EXPECT_TRUE(calls.counts({45}, 0, 1));
  EXPECT_TRUE(calls.counts(kParties, 0, 1));
  EXPECT_EQ(calls->size(), 4U);
}

TEST(CountedCallsTest, OneRecordMayCountTwice) {
  CountedCalls calls;
  const CallOfKey call{1, kRef, Timestamp{kStart}};
  for (int side = 0; side < 2; ++side) {
    calls.begin_record(1);
    EXPECT_FALSE(calls.contains(call));
    calls.insert(call);
  }
  calls.begin_record(2);
  EXPECT_TRUE(calls.contains(call));
}

TEST(CountedCallsTest, ForgetsWhatIsPastTheSpan) {
  Calls calls;
  for (uint64_t key = 0; key < 100; ++key) calls.counts(kRef, 0, key);
  // One from the future moves nothing.
  calls.counts({101}, 10 * kCallMergeSpan.ms, 1'000);
  for (uint64_t key = 0; key < 300; ++key) calls.counts({103}, kCallMergeSpan.ms, key);
  EXPECT_EQ(calls->size(), 401U);
  for (uint64_t key = 0; key < 300; ++key) calls.counts({105}, kCallMergeSpan.ms + 1, key);
  EXPECT_EQ(calls->size(), 601U);
  EXPECT_EQ(calls->evicted(), 0U);
}

TEST(CountedCallsTest, ForgetsTheOldestAtTheCap) {
  Calls calls(10);
  for (uint64_t key = 0; key < 12; ++key) calls.counts(kRef, 0, key);
  EXPECT_EQ(calls->size(), 10U);
  EXPECT_EQ(calls->evicted(), 2U);
  EXPECT_FALSE(calls.counts(kRef, 0, 2));
  EXPECT_TRUE(calls.counts(kRef, 0, 1));
  EXPECT_GT(calls->state_bytes(), 0U);
}

Record record_of(std::string_view from, std::string_view to, std::string_view ref) {
  Record record = testing::call(from, to, Timestamp{kStart}, {0});
  record.call.call_ref = ref;
  return record;
}

TEST(CallIdTest, IsOfTheReferenceOrOfBothParties) {
  const CallId parties = call_id_of(record_of("+6681", "+6682", ""));
  EXPECT_TRUE(parties.any());
  EXPECT_FALSE(parties.is_of_ref());
  EXPECT_EQ(call_id_of(record_of("+6681", "+6682", "")), parties);
  EXPECT_NE(call_id_of(record_of("+6682", "+6681", "")), parties);
  const CallId ref = call_id_of(record_of("+6681", "+6682", "r1"));
  EXPECT_TRUE(ref.is_of_ref());
  EXPECT_EQ(call_id_of(record_of("+6681", "+6683", "r1")), ref);
  EXPECT_NE(call_id_of(record_of("+6681", "+6682", "r2")), ref);
  EXPECT_FALSE(call_id_of(record_of("+6681", "", "")).any());
  Record message;
  EXPECT_FALSE(call_id_of(message).any());
}

const std::vector<std::string> kRules = {
    "on: call, window: { by: call.from, over: 10m, late: 10m }, measure: { n: count(), t: "
    "'distinct(call.to)', s: 'sum(call.duration)' }, condition: n >= 3, alert: { suppress: 1s }",
    "on: call, where: 'call.duration > 30s', window: { by: call.from, over: 10m, late: 10m }, "
    "measure: { n: count() }, condition: n >= 2, alert: { suppress: 1s }",
    "on: call, window: { by: call.party, over: 10m, late: 10m }, measure: { n: count(), i: "
    "'ratio(call.role == \"callee\")' }, condition: n >= 3, alert: { suppress: 1s }"};

// A record as far as records of one call differ.
struct Leg {
  size_t call = 0;
  int64_t at = 0;
};

struct ModelCall {
  std::string from, to, ref;
  int64_t at = 0;
  Duration duration;
};

// Calls that are told apart: those without a reference between the same parties are far from
// each other, those with one may be at the same time.
std::vector<ModelCall> random_calls(std::mt19937_64& random) {
  std::vector<ModelCall> calls;
  std::map<std::string, int64_t> next;  // By parties.
  for (int i = 0; i < 60; ++i) {
    ModelCall call;
    call.from = "+668" + std::to_string(random() % 4);
    call.to = "+668" + std::to_string(random() % 5);  // A number may call itself.
    call.duration = {random() % 2 == 0 ? 20'000 : 40'000};
    if (random() % 2 == 0) {
      call.ref = "r" + std::to_string(i);
      call.at = kStart + static_cast<int64_t>(random() % 300'000);
    } else {
      int64_t& at = next.try_emplace(call.from + ">" + call.to, kStart).first->second;
      call.at = at += 4'001 + static_cast<int64_t>(random() % 20'000);
    }
    calls.push_back(std::move(call));
  }
  return calls;
}

// What the rules made of the calls: the measures of each key's last judged window of each rule.
using Judged = std::map<std::pair<uint32_t, uint64_t>, std::vector<double>>;

class Play {
 public:
  explicit Play(const std::vector<ModelCall>& calls)
      : calls_(calls), plan_(plan_of(kRules)), builder_(plan_, {}), correlator_(plan_, watcher()) {}

  // With its call, or, as a model that knows nothing of calls, without.
  void apply(const Leg& leg, bool with_call) {
    const ModelCall& call = calls_[leg.call];
    Record record = testing::call(call.from, call.to, Timestamp{leg.at}, call.duration);
    record.call.call_ref = call.ref;
    const CallId id = with_call ? call_id_of(record) : CallId{};
    correlator_.apply({}, block_of(++offset_, builder_.build(record), id), findings_);
  }
  // Looks at the window of each key that holds all calls.
  Judged judge() {
    judged_.clear();
    for (int i = 0; i < 5; ++i) {
      const std::string number = "+668" + std::to_string(i);
      const Record record = testing::call(number, "+999", Timestamp{kStart + 500'000}, {40'000});
      correlator_.apply({}, block_of(++offset_, builder_.build(record)), findings_);
    }
    return judged_;
  }
  const CorrelatorStats& stats() { return correlator_.stats(); }

 private:
  WindowWatcher watcher() {
    return [this](const JudgedWindow& window) {
      judged_[{window.rule.value, window.fact.key}] = {window.measures.begin(),
                                                       window.measures.end()};
    };
  }

  const std::vector<ModelCall>& calls_;
  Judged judged_;
  std::shared_ptr<const FactPlan> plan_;
  FactBuilder builder_;
  Correlator correlator_;
  std::vector<Finding> findings_;
  int64_t offset_ = 0;
};

// One record or several of each call, in any order; each within a second of the call's start.
std::vector<Leg> random_legs(std::mt19937_64& random, const std::vector<ModelCall>& calls) {
  std::vector<Leg> legs;
  for (size_t call = 0; call < calls.size(); ++call) {
    for (uint64_t left = 1 + random() % 4; left > 0; --left) {
      const auto later = static_cast<int64_t>(random() % 2'001);
      legs.push_back({call, calls[call].at + (left == 1 ? 0 : later - 1'000)});
    }
  }
  std::shuffle(legs.begin(), legs.end(), random);
  return legs;
}

class MergedCallsTest : public ::testing::TestWithParam<uint64_t> {};

TEST_P(MergedCallsTest, CountAsTheCallsAlone) {
  std::mt19937_64 random(GetParam());
  const std::vector<ModelCall> calls = random_calls(random);
  Play model(calls);
  for (size_t call = 0; call < calls.size(); ++call) model.apply({call, calls[call].at}, false);
  Play play(calls);
  const std::vector<Leg> legs = random_legs(random, calls);
  for (const Leg& leg : legs) play.apply(leg, true);
  const CorrelatorStats stats = play.stats();
  EXPECT_EQ(stats.applied, model.stats().applied);
  EXPECT_EQ(stats.facts, stats.applied + stats.merged);
  EXPECT_GT(stats.merged, 0U);
  const Judged judged = play.judge();
  EXPECT_EQ(judged, model.judge());
  EXPECT_GE(judged.size(), 15U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, MergedCallsTest, ::testing::Range<uint64_t>(1, 101));

TEST(MergedCallsTest, AReloadedRuleKnowsWhatItCounted) {
  const auto before = plan_of({kRules[0]});
  const auto after = plan_of({kRules[0], kRules[1]});
  Correlator correlator(before);
  std::vector<Finding> findings;
  const Record record = testing::call("+6681", "+6682", Timestamp{kStart}, {40'000});
  FactBuilder old_builder(before, {});
  correlator.apply({}, block_of(1, old_builder.build(record), call_id_of(record)), findings);
  correlator.adopt(after);
  FactBuilder builder(after, {});
  // One rule counted it before, the other is new.
  correlator.apply({}, block_of(2, builder.build(record), call_id_of(record)), findings);
  EXPECT_EQ(correlator.stats().applied, 2U);
  correlator.apply({}, block_of(3, builder.build(record), call_id_of(record)), findings);
  EXPECT_EQ(correlator.stats().merged, 1U);
}

}  // namespace
}  // namespace sieve
