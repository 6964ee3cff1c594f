// What was saved while events went on, and restored, goes on as if nothing had happened.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "correlate/alert_cooldowns.h"
#include "correlate/correlator.h"
#include "correlate/snapshot_record.h"
#include "unit/correlate/window_rules.h"

namespace sieve {
namespace {

using testing::block_of;
using testing::call;
using testing::plan_of;

constexpr int64_t kSavedFrom = 1'767'571'200'000;  // 2026-01-05T00:00:00Z.

// Every column there is, short windows and long ones, quiet keys and busy ones.
const std::vector<std::string> kSavedRules = {
    "on: call, window: { by: call.from, over: 10m, late: 2m }, measure: { n: count(), t: "
    "'distinct(call.to)', u: 'ratio(call.answered == false)' }, condition: t >= 6 and u >= 0.3, "
    "alert: { suppress: 5m }",
    "on: call, window: { by: [call.from], over: 1h, late: 2m }, measure: { n: count(), d: "
    "'mean(call.duration, where call.answered)', s: 'seen(call.to)' }, condition: n >= 20 and d "
    "< 40s and s == 1, alert: { suppress: 10m }",
    "on: call, window: { by: call.party, over: 30m, late: 1m }, measure: { into: 'ratio(call.role "
    "== \"callee\")', o: 'distinct(call.other)', h: active_hours(), e: hour_entropy() }, "
    "condition: into < 0.7 and o >= 12 and h >= 1 and e < 0.9, alert: { suppress: 20m }",
    "on: call, window: { by: call.to, over: 5m, late: 0s }, measure: { m: 'max(call.duration)', g: "
    "since_last(), f: since_first() }, condition: m > 50s and f > 2m and g < 1m, alert: { "
    "suppress: "
    "1m }"};

std::string shown(const Finding& finding) {
  std::string text = std::to_string(finding.rule.value) + " " + finding.subject + " " +
                     std::to_string(finding.time.ms) + " " + std::to_string(finding.slot_begin.ms) +
                     " " + std::to_string(finding.trigger.offset);
  for (const double measure : finding.measures) text += " " + std::to_string(measure);
  return text;
}

struct RandomCall {
  std::string from, to, ref;
  int64_t at = 0;
  Duration duration;
};

// A few callers are busy, most are not, and some calls come late.
RandomCall random_call(std::mt19937_64& random, int64_t now, size_t number) {
  const bool is_late = random() % 8 == 0;
  const uint64_t caller = random() % 3 == 0 ? random() % 2 : random() % 40;
  RandomCall call;
  call.at = now - (is_late ? static_cast<int64_t>(random() % 150'000) : 0);
  call.from = "+668100000" + std::to_string(10 + caller);
  call.to = "+668200000" + std::to_string(10 + random() % 60);
  call.duration = {random() % 3 == 0 ? 0 : static_cast<int64_t>(random() % 70'000)};
  if (random() % 2 == 0) call.ref = "ref" + std::to_string(number);
  return call;
}

// Blocks of random calls, some of which have another record later.
std::vector<std::string> random_blocks(const std::shared_ptr<const FactPlan>& plan, uint64_t seed,
                                       size_t count) {
  std::mt19937_64 random(seed);
  FactBuilder builder(plan, {});
  std::vector<RandomCall> calls;
  std::vector<std::string> blocks;
  int64_t now = kSavedFrom;
  for (size_t i = 0; i < count; ++i) {
    now += static_cast<int64_t>(random() % 4'000);
    const bool is_again = !calls.empty() && random() % 6 == 0;
    if (!is_again) calls.push_back(random_call(random, now, i));
    const size_t back = is_again ? random() % std::min<size_t>(calls.size(), 40) : 0;
    const RandomCall& of = calls[calls.size() - 1 - back];
    Record record = call(of.from, of.to, Timestamp{of.at}, of.duration);
    record.call.call_ref = of.ref;
    blocks.push_back(block_of(static_cast<int64_t>(i), builder.build(record), call_id_of(record)));
  }
  return blocks;
}

std::vector<std::string> apply(Correlator& correlator, const std::vector<std::string>& blocks,
                               size_t begin, size_t end) {
  std::vector<Finding> findings;
  for (size_t i = begin; i < end; ++i) correlator.apply({}, blocks[i], findings);
  std::vector<std::string> texts;
  for (const Finding& finding : findings) texts.push_back(shown(finding));
  return texts;
}

// In frames of `frame_bytes`.
RestoredWindows restore(Correlator& correlator, const std::string& body, size_t frame_bytes,
                        bool knows_all_rules = true) {
  SnapshotRecords records;
  for (size_t at = 0; at < body.size(); at += frame_bytes) {
    records.add(std::string_view(body).substr(at, frame_bytes));
    SnapshotTag tag{};
    std::string_view content;
    while (records.next(tag, content)) {
      ByteReader in(content);
      correlator.restore(tag, in);
      EXPECT_FALSE(in.failed());
      // What is of a rule that is not loaded is left unread.
      if (knows_all_rules) {
        EXPECT_TRUE(in.empty());
      }
    }
  }
  EXPECT_EQ(records.left(), 0U);
  return correlator.finish_restore();
}

class SnapshotSeedTest : public ::testing::TestWithParam<uint64_t> {};

TEST_P(SnapshotSeedTest, GoesOnAsIfItHadNeverStopped) {
  const auto plan = plan_of(kSavedRules);
  constexpr size_t kBlocks = 3'000;
  const auto blocks = random_blocks(plan, GetParam(), kBlocks);
  std::mt19937_64 random(GetParam());
  const size_t cut = random() % kBlocks;

  Correlator stopped(plan);
  std::vector<std::string> before = apply(stopped, blocks, 0, cut);
  std::string body;
  stopped.begin_snapshot(body);
  std::vector<std::string> meanwhile;
  size_t at = cut;
  while (!stopped.continue_snapshot(1)) {
    const size_t next = std::min(at + random() % 3, kBlocks);
    for (std::string& finding : apply(stopped, blocks, at, next)) meanwhile.push_back(finding);
    at = next;
  }
  for (std::string& finding : apply(stopped, blocks, at, kBlocks)) meanwhile.push_back(finding);
  Correlator whole(plan);
  EXPECT_EQ(apply(whole, blocks, 0, cut), before);
  const auto want = apply(whole, blocks, cut, kBlocks);
  // Saving disturbs nothing.
  EXPECT_EQ(meanwhile, want);

  Correlator restored(plan);
  const RestoredWindows windows = restore(restored, body, 1 + random() % 5'000);
  EXPECT_EQ(windows.restored, kSavedRules.size());
  EXPECT_EQ(windows.missing + windows.left_over, 0U);
  // What is read again is known to have been applied.
  EXPECT_THAT(apply(restored, blocks, cut - std::min<size_t>(cut, 50), cut), ::testing::IsEmpty());
  EXPECT_EQ(apply(restored, blocks, cut, kBlocks), want);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SnapshotSeedTest, ::testing::Range<uint64_t>(1, 41));

TEST(SnapshotTest, ARunThatFindsNothingWouldProveNothing) {
  const auto plan = plan_of(kSavedRules);
  Correlator correlator(plan);
  std::set<std::string> rules;
  for (const std::string& finding : apply(correlator, random_blocks(plan, 1, 3'000), 0, 3'000)) {
    rules.insert(finding.substr(0, 1));
  }
  EXPECT_EQ(rules.size(), kSavedRules.size());
  EXPECT_GT(correlator.stats().merged, 0U);
}

TEST(SnapshotTest, RulesThatChangedBeginEmpty) {
  const auto before = plan_of({kSavedRules[0], kSavedRules[1]});
  const auto after = plan_of({kSavedRules[0], kSavedRules[2]});
  const auto blocks = random_blocks(before, 3, 500);
  Correlator correlator(before);
  apply(correlator, blocks, 0, blocks.size());
  std::string body;
  correlator.begin_snapshot(body);
  while (!correlator.continue_snapshot(100)) {
  }
  Correlator restored(after);
  const RestoredWindows windows = restore(restored, body, body.size(), false);
  EXPECT_EQ(windows.restored, 1U);
  EXPECT_EQ(windows.missing, 1U);
  EXPECT_EQ(windows.left_over, 1U);
}

TEST(SnapshotTest, KeysThatGoWhileItIsWrittenAreInIt) {
  const auto plan =
      plan_of({"on: call, window: { by: call.from, over: 1m, late: 0s, max_keys: 8 "
               "}, measure: { n: count() }, condition: n >= 2"});
  FactBuilder builder(plan, {});
  Correlator correlator(plan);
  std::vector<Finding> findings;
  int64_t offset = 0;
  const auto feed = [&](int caller) {
    const std::string from = "+668100000" + std::to_string(10 + caller);
    const Record record = call(from, "+6682", Timestamp{kSavedFrom + offset}, {0});
    correlator.apply({}, block_of(offset++, builder.build(record)), findings);
  };
  for (int caller = 0; caller < 8; ++caller) feed(caller);
  std::string body;
  correlator.begin_snapshot(body);
  for (int caller = 20; caller < 40; ++caller) feed(caller);  // Evicts all of them.
  while (!correlator.continue_snapshot(1)) {
  }
  Correlator restored(plan);
  restore(restored, body, body.size());
  EXPECT_EQ(restored.key_count(), 8U);
  findings.clear();
  for (int caller = 0; caller < 8; ++caller) {
    const std::string from = "+668100000" + std::to_string(10 + caller);
    restored.apply(
        {},
        block_of(offset, builder.build(call(from, "+6682", Timestamp{kSavedFrom + offset}, {0}))),
        findings);
    ++offset;
  }
  EXPECT_EQ(findings.size(), 8U);
}

TEST(SnapshotTest, DamagedRecordsNeverCrashAndAreRefusedWhereTheyShow) {
  const auto plan = plan_of(kSavedRules);
  const auto blocks = random_blocks(plan, 7, 400);
  Correlator correlator(plan);
  apply(correlator, blocks, 0, blocks.size());
  std::string body;
  correlator.begin_snapshot(body);
  while (!correlator.continue_snapshot(1'000)) {
  }
  std::mt19937_64 random(11);
  int refused = 0;
  for (int round = 0; round < 300; ++round) {
    std::string damaged = body;
    for (int i = 0; i < 3; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
    Correlator restored(plan);
    SnapshotRecords records;
    records.add(damaged);
    SnapshotTag tag{};
    std::string_view content;
    bool is_sound = true;
    while (records.next(tag, content)) {
      ByteReader in(content);
      restored.restore(tag, in);
      is_sound = is_sound && !in.failed();
    }
    refused += is_sound && records.left() == 0 ? 0 : 1;
    restored.finish_restore();
    apply(restored, blocks, 0, blocks.size());
  }
  // A changed counter or value cannot be told here: the file's seal does that.
  EXPECT_GT(refused, 50);
}

TEST(AlertCooldownsSnapshotTest, GoesOnAsIfItHadNeverStopped) {
  AlertCooldowns cooldowns;
  const auto alert = [](uint64_t key, int64_t at) {
    return CooledAlert{key, {600'000}, {3'600'000}, Timestamp{kSavedFrom + at}};
  };
  const auto come = [&](AlertCooldowns& all, uint64_t key, int64_t at) {
    all.advance_to(Timestamp{kSavedFrom + at});
    if (all.admit(alert(key, at))) return true;
    all.roll_up(alert(key, at), "id" + std::to_string(key), "{stem}", 1);
    return false;
  };
  EXPECT_TRUE(come(cooldowns, 1, 0));
  EXPECT_FALSE(come(cooldowns, 1, 1'000));
  EXPECT_FALSE(come(cooldowns, 1, 2'000));
  EXPECT_TRUE(come(cooldowns, 2, 3'000));
  std::string body;
  cooldowns.save(body);
  AlertCooldowns restored;
  SnapshotRecords records;
  records.add(body);
  SnapshotTag tag{};
  std::string_view content;
  while (records.next(tag, content)) {
    ASSERT_EQ(tag, SnapshotTag::kAlerts);
    ByteReader in(content);
    restored.restore(in);
    EXPECT_FALSE(in.failed());
  }
  EXPECT_FALSE(come(restored, 2, 4'000));
  EXPECT_EQ(restored.waiting(), 2U);
  EXPECT_FALSE(restored.take_due());
  restored.advance_to(Timestamp{kSavedFrom + 3'700'000});
  const auto roll_up = restored.take_due();
  ASSERT_TRUE(roll_up);
  EXPECT_EQ(roll_up->alerts, 2U);
  EXPECT_EQ(roll_up->first, Timestamp{kSavedFrom + 1'000});
  EXPECT_EQ(roll_up->last, Timestamp{kSavedFrom + 2'000});
  EXPECT_EQ(roll_up->id, "id1");
  EXPECT_EQ(roll_up->stem, "{stem}");
  EXPECT_EQ(roll_up->route, 1U);
}

}  // namespace
}  // namespace sieve
