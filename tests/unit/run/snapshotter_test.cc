// Snapshots of state as a process takes them: when a file is published, what is released by it, and
// what comes back.
#include "run/snapshotter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "run/state_keeper.h"
#include "unit/correlate/window_rules.h"
#include "unit/stream/temporary_directory.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int64_t kSavedAt = 1'767'571'200'000;
constexpr LaneId kLane(0);
const std::string kPairs =
    "on: call, window: { by: call.from, over: 1h }, measure: { n: count() }, condition: n >= 3";

// What one process has: windows, cool-downs, and how far its one lane is.
struct SavedProcess {
  explicit SavedProcess(SnapshotDirectory& directory, const SnapshotKeys& with = {})
      : keys(with), plan(testing::plan_of({kPairs})), builder(plan, {}) {
    SnapshotHeader header;
    header.exchange = "memory";
    header.pipeline = "group";
    snapshotter = std::make_unique<Snapshotter>(directory, keys, header);
    tracker.hold_for_snapshots();
    tracker.open(kLane, 1);
    make();
  }

  SnapshotBody make() {
    for (int i = 0; i < 2; ++i) correlators[i] = std::make_unique<Correlator>(plan);
    cooldowns = AlertCooldowns();
    return body();
  }
  SnapshotBody body() { return {{correlators[0].get(), correlators[1].get()}, &cooldowns}; }

  // The next batch: one call of `from`. Its alert is undelivered until deliver().
  size_t call(std::string_view from, bool delivered = true) {
    const DeliveryTicket ticket{kLane, 1, sequence};
    tracker.add({ticket, ++offset});
    tracker.output_added(ticket);
    const std::string to = "+6682" + std::to_string(offset);
    const Record record = testing::call(from, to, Timestamp{kSavedAt + offset}, {0});
    std::vector<Finding> findings;
    correlators[offset % 2]->apply({}, testing::block_of(offset, builder.build(record)), findings);
    tracker.merged(ticket, {1}, {1});
    if (delivered) deliver();
    return findings.size();
  }
  void deliver() { tracker.output_delivered({kLane, 1, sequence++}); }

  void begin() {
    SnapshotSubject subject;
    subject.cut = tracker.cut();
    subject.lanes = {{"calls", 0, offset}};
    snapshotter->begin(body(), std::move(subject));
  }
  // Goes on until it ended; by the clock only where it cannot end.
  bool finish() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!snapshotter->step(tracker, 1)) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }
  std::optional<RestoredState> restore() {
    return snapshotter->restore(0, [this] { return make(); });
  }
  std::vector<int64_t> released() {
    std::vector<int64_t> offsets;
    for (const Watermark& mark : tracker.take_advanced()) offsets.push_back(mark.next_offset);
    return offsets;
  }

  SnapshotKeys keys;
  std::shared_ptr<const FactPlan> plan;
  FactBuilder builder;
  std::unique_ptr<Correlator> correlators[2];
  AlertCooldowns cooldowns;
  OffsetTracker tracker{Duration{}};
  std::unique_ptr<Snapshotter> snapshotter;
  uint64_t sequence = 0;
  int64_t offset = 0;
};

class SnapshotterTest : public ::testing::Test {
 protected:
  SnapshotterTest() {
    auto opened = SnapshotDirectory::open(directory_.path("state"));
    EXPECT_TRUE(opened);
    state_ = std::move(*opened);
  }
  TemporaryDirectory directory_;
  std::unique_ptr<SnapshotDirectory> state_;
};

TEST_F(SnapshotterTest, WhatWasSavedGoesOn) {
  std::array<uint8_t, 32> key{};
  SavedProcess before(*state_, {snapshot_key(key)});
  for (int i = 0; i < 4; ++i) before.call("+6681");
  before.begin();
  ASSERT_TRUE(before.finish());
  EXPECT_THAT(before.released(), ElementsAre(4));
  EXPECT_EQ(before.snapshotter->totals().published, 1U);
  SavedProcess after(*state_, {snapshot_key(key)});
  const auto restored = after.restore();
  ASSERT_TRUE(restored);
  EXPECT_EQ(restored->windows.restored, 2U);
  ASSERT_THAT(restored->lanes, SizeIs(1));
  EXPECT_EQ(restored->lanes[0].origin, "calls");
  EXPECT_EQ(restored->lanes[0].next_offset, 4);
  // Two of each partition were there; without, these would be the first.
  after.offset = 4;
  EXPECT_EQ(after.call("+6681"), 1U);
}

TEST_F(SnapshotterTest, IsPublishedWhenAllThatItLedToIsDelivered) {
  SavedProcess process(*state_);
  process.call("+6681", false);
  process.begin();
  for (int i = 0; i < 1'000; ++i) EXPECT_FALSE(process.snapshotter->step(process.tracker, 100));
  EXPECT_THAT(state_->list(0), IsEmpty());
  process.deliver();
  ASSERT_TRUE(process.finish());
  EXPECT_THAT(state_->list(0), SizeIs(1));
  EXPECT_THAT(process.released(), ElementsAre(1));
}

TEST_F(SnapshotterTest, IsGivenUpWithALaneOfItsCut) {
  SavedProcess process(*state_);
  process.call("+6681", false);
  process.begin();
  process.tracker.open(kLane, 2);
  ASSERT_TRUE(process.finish());
  EXPECT_FALSE(process.snapshotter->is_under_way());
  EXPECT_EQ(process.snapshotter->totals().abandoned, 1U);
  EXPECT_THAT(state_->list(0), IsEmpty());
  EXPECT_THAT(process.released(), IsEmpty());
}

TEST_F(SnapshotterTest, ReleasesNothingWhenItCannotBeWritten) {
  SavedProcess process(*state_);
  process.call("+6681");
  std::filesystem::remove_all(directory_.path("state"));
  process.begin();
  ASSERT_TRUE(process.finish());
  EXPECT_EQ(process.snapshotter->totals().failed, 1U);
  EXPECT_THAT(process.released(), IsEmpty());
  // What is applied afterwards has nobody to write to.
  process.call("+6681");
}

TEST_F(SnapshotterTest, TakesTheOneBeforeADamagedOneAndSaysWhy) {
  SavedProcess before(*state_);
  for (int round = 0; round < 2; ++round) {
    before.call("+6681");
    before.begin();
    ASSERT_TRUE(before.finish());
  }
  const std::string newest = directory_.path("state") + "/" + to_file_name(state_->list(0)[0]);
  std::filesystem::resize_file(newest, std::filesystem::file_size(newest) - 1);
  SavedProcess after(*state_);
  const auto restored = after.restore();
  ASSERT_TRUE(restored);
  EXPECT_EQ(restored->lanes[0].next_offset, 1);
  const auto truncated = static_cast<size_t>(SnapshotFaultReason::kTruncated);
  EXPECT_EQ(after.snapshotter->totals().refused[truncated], 1U);
  EXPECT_EQ(after.correlators[0]->key_count() + after.correlators[1]->key_count(), 1U);
}

TEST_F(SnapshotterTest, WithoutAnyThereIsNothing) {
  SavedProcess process(*state_);
  EXPECT_FALSE(process.restore());
}

struct LaneStartCase {
  const char* name;
  bool is_restored;
  int32_t partition;  // Of the lane; the snapshot knows partition 3, at offset 70.
  Duration span;
  std::optional<int64_t> offset;
  bool by_time;
};
class LaneStartTest : public ::testing::TestWithParam<LaneStartCase> {};

TEST_P(LaneStartTest, IsWhereStateEndsOrWindowsBegin) {
  std::optional<RestoredState> restored;
  if (GetParam().is_restored) restored.emplace().lanes = {{"calls", 3, 70}};
  LaneInfo lane;
  lane.origin = "calls";
  lane.partition = GetParam().partition;
  const LaneStart start = StateKeeper::start_of(lane, restored, GetParam().span);
  EXPECT_EQ(start.offset, GetParam().offset);
  EXPECT_EQ(start.arrival_ms.has_value(), GetParam().by_time);
  if (start.arrival_ms) {
    EXPECT_LE(*start.arrival_ms, (wall_clock_now() - GetParam().span).ms);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Lanes, LaneStartTest,
    ::testing::Values(LaneStartCase{"Saved", true, 3, {60'000}, 70, false},
                      // It may have given something since, which a snapshot had that was refused.
                      LaneStartCase{"NotInTheSnapshot", true, 4, {60'000}, {}, true},
                      LaneStartCase{"NoSnapshot", false, 3, {60'000}, {}, true},
                      LaneStartCase{"NoWindows", false, 3, {}, {}, false}),
    [](const auto& param_info) { return std::string(param_info.param.name); });

}  // namespace
}  // namespace sieve
