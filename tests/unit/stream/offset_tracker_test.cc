#include "stream/offset_tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>

#include "support/effort.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr LaneId kLane(0);
constexpr LaneId kOther(1);
constexpr Duration kSpan{1'000};

MATCHER_P3(IsWatermark, lane, epoch, next_offset, "") {
  return arg.lane == lane && arg.epoch == static_cast<uint32_t>(epoch) &&
         arg.next_offset == next_offset;
}

// A clock that moves when told.
struct FakeClock {
  std::chrono::steady_clock::time_point time;
  IdleRule rule() {
    return {std::chrono::seconds(30), [this] { return time; }};
  }
};

void finish(OffsetTracker& tracker, const DeliveryTicket& ticket, int64_t next_offset,
            int64_t time_ms) {
  tracker.add({ticket, next_offset});
  tracker.merged(ticket, {time_ms}, {time_ms});
}

TEST(OffsetTrackerTest, KnowsNothingBeforeTheFirstBatch) {
  OffsetTracker tracker({});
  EXPECT_TRUE(tracker.idle(kLane));
  tracker.open(kLane, 1);
  EXPECT_THAT(tracker.take_advanced(), IsEmpty());
  EXPECT_EQ(tracker.finished_offset(kLane), std::nullopt);
  EXPECT_TRUE(tracker.idle(kLane));
  EXPECT_EQ(tracker.unfinished(), 0u);
}

TEST(OffsetTrackerTest, AdvancesOverBatchesThatAreMergedAndDelivered) {
  OffsetTracker tracker({});
  tracker.open(kLane, 7);
  tracker.add({{kLane, 7, 0}, 10});
  tracker.output_added({kLane, 7, 0});
  tracker.merged({kLane, 7, 0}, {1}, {2});
  EXPECT_THAT(tracker.take_advanced(), IsEmpty());
  EXPECT_FALSE(tracker.idle(kLane));
  tracker.output_delivered({kLane, 7, 0});
  EXPECT_THAT(tracker.take_advanced(), ElementsAre(IsWatermark(kLane, 7, 10)));
  EXPECT_THAT(tracker.take_advanced(), IsEmpty());
  EXPECT_TRUE(tracker.idle(kLane));
}

TEST(OffsetTrackerTest, GoesNoFurtherThanWhatMustBeReadAgain) {
  OffsetTracker tracker({});
  tracker.open(kLane, 1);
  for (uint64_t sequence = 0; sequence < 3; ++sequence) {
    tracker.add({{kLane, 1, sequence}, static_cast<int64_t>(sequence + 1) * 10});
  }
  // A message waits from offset 4 on; it is complete in the last batch, which is not delivered yet.
  tracker.output_added({kLane, 1, 2});
  tracker.merged({kLane, 1, 0}, {1}, {1}, 4);
  EXPECT_THAT(tracker.take_advanced(), ElementsAre(IsWatermark(kLane, 1, 4)));
  tracker.merged({kLane, 1, 1}, {1}, {1}, 4);
  tracker.merged({kLane, 1, 2}, {1}, {1});
  EXPECT_THAT(tracker.take_advanced(), IsEmpty());
  EXPECT_TRUE(tracker.unfinished() == 1);
  tracker.output_delivered({kLane, 1, 2});
  EXPECT_THAT(tracker.take_advanced(), ElementsAre(IsWatermark(kLane, 1, 30)));
}

TEST(OffsetTrackerTest, StaysBehindTheOldestUnfinishedBatch) {
  OffsetTracker tracker({});
  tracker.open(kLane, 1);
  tracker.add({{kLane, 1, 0}, 10});
  tracker.add({{kLane, 1, 1}, 20});
  tracker.merged({kLane, 1, 1}, {1}, {1});
  EXPECT_THAT(tracker.take_advanced(), IsEmpty());
  EXPECT_EQ(tracker.unfinished(), 2u);
  tracker.merged({kLane, 1, 0}, {1}, {1});
  EXPECT_THAT(tracker.take_advanced(), ElementsAre(IsWatermark(kLane, 1, 20)));
}

TEST(OffsetTrackerTest, IgnoresWhatAnEarlierEpochStillReports) {
  OffsetTracker tracker({});
  tracker.open(kLane, 1);
  tracker.add({{kLane, 1, 0}, 10});
  tracker.open(kLane, 2);
  tracker.merged({kLane, 1, 0}, {1}, {1});
  tracker.output_delivered({kLane, 1, 0});
  EXPECT_THAT(tracker.take_advanced(), IsEmpty());
  tracker.close(kLane);
  tracker.merged({kLane, 2, 0}, {1}, {1});
  EXPECT_TRUE(tracker.idle(kLane));
}

TEST(OffsetTrackerTest, HoldsBatchesThatAWindowMayNeed) {
  FakeClock clock;
  OffsetTracker tracker(kSpan, clock.rule());
  tracker.open(kLane, 1);
  finish(tracker, {kLane, 1, 0}, 10, 5'000);
  finish(tracker, {kLane, 1, 1}, 20, 6'000);
  EXPECT_THAT(tracker.take_advanced(), IsEmpty());
  EXPECT_EQ(tracker.finished_offset(kLane), 20);
  finish(tracker, {kLane, 1, 2}, 30, 6'001);
  EXPECT_THAT(tracker.take_advanced(), ElementsAre(IsWatermark(kLane, 1, 10)));
}

TEST(OffsetTrackerTest, HoldsForABatchThatIsMergedButNotDelivered) {
  FakeClock clock;
  OffsetTracker tracker(kSpan, clock.rule());
  tracker.open(kLane, 1);
  tracker.open(kOther, 1);
  finish(tracker, {kLane, 1, 0}, 10, 5'000);
  tracker.add({{kOther, 1, 0}, 100});
  tracker.output_added({kOther, 1, 0});
  tracker.merged({kOther, 1, 0}, {5'500}, {9'000});
  finish(tracker, {kLane, 1, 1}, 20, 9'000);
  EXPECT_THAT(tracker.take_advanced(), IsEmpty());
  tracker.output_delivered({kOther, 1, 0});
  EXPECT_THAT(tracker.take_advanced(), ElementsAre(IsWatermark(kLane, 1, 10)));
}

TEST(OffsetTrackerTest, HoldsForALaneThatLagsUntilItIsIdle) {
  FakeClock clock;
  OffsetTracker tracker(kSpan, clock.rule());
  tracker.open(kLane, 1);
  tracker.open(kOther, 1);
  finish(tracker, {kLane, 1, 0}, 10, 5'000);
  finish(tracker, {kLane, 1, 1}, 20, 50'000);
  EXPECT_THAT(tracker.take_advanced(), IsEmpty()) << "the other lane may begin anywhere";
  finish(tracker, {kOther, 1, 0}, 100, 5'500);
  EXPECT_THAT(tracker.take_advanced(), IsEmpty()) << "the other lane is at 5.5 s";
  clock.time += std::chrono::seconds(30);
  EXPECT_THAT(tracker.take_advanced(), ::testing::UnorderedElementsAre(
                                           IsWatermark(kLane, 1, 10), IsWatermark(kOther, 1, 100)));
}

TEST(OffsetTrackerTest, NeverHoldsBatchesWithoutEventTimes) {
  FakeClock clock;
  OffsetTracker tracker(kSpan, clock.rule());
  tracker.open(kLane, 1);
  tracker.open(kOther, 1);
  tracker.add({{kLane, 1, 0}, 10});
  tracker.merged({kLane, 1, 0}, kTimestampMax, kTimestampMin);
  EXPECT_THAT(tracker.take_advanced(), ElementsAre(IsWatermark(kLane, 1, 10)));
  finish(tracker, {kOther, 1, 0}, 100, 5'000);
  finish(tracker, {kOther, 1, 1}, 200, 7'000);
  EXPECT_THAT(tracker.take_advanced(), ElementsAre(IsWatermark(kOther, 1, 100)))
      << "a lane of which nothing could be decoded holds no other";
}

TEST(OffsetTrackerTest, ReleasesOnlyWhatASnapshotHolds) {
  OffsetTracker tracker(kSpan);
  tracker.hold_for_snapshots();
  tracker.open(kLane, 1);
  tracker.open(kOther, 1);
  EXPECT_THAT(tracker.cut(), IsEmpty());
  finish(tracker, {kLane, 1, 0}, 10, 0);
  finish(tracker, {kLane, 1, 1}, 20, 900'000);
  EXPECT_THAT(tracker.take_advanced(), IsEmpty());
  const std::vector<Watermark> cut = tracker.cut();
  EXPECT_THAT(cut, ElementsAre(IsWatermark(kLane, 1, 20)));
  finish(tracker, {kLane, 1, 2}, 30, 900'000);
  bool is_lost = true;
  EXPECT_TRUE(tracker.is_finished(cut, is_lost));
  EXPECT_FALSE(is_lost);
  tracker.release(cut);
  EXPECT_THAT(tracker.take_advanced(), ElementsAre(IsWatermark(kLane, 1, 20)));
  EXPECT_THAT(tracker.take_advanced(), IsEmpty());
  EXPECT_EQ(tracker.finished_offset(kLane), 30);
}

TEST(OffsetTrackerTest, ACutIsFinishedWhenAllOfItIsDelivered) {
  OffsetTracker tracker({});
  tracker.hold_for_snapshots();
  tracker.open(kLane, 1);
  tracker.add({{kLane, 1, 0}, 10});
  tracker.output_added({kLane, 1, 0});
  EXPECT_THAT(tracker.cut(), IsEmpty());
  tracker.merged({kLane, 1, 0}, {1}, {2}, 7);
  const std::vector<Watermark> cut = tracker.cut();
  EXPECT_THAT(cut, ElementsAre(IsWatermark(kLane, 1, 7)));
  bool is_lost = false;
  EXPECT_FALSE(tracker.is_finished(cut, is_lost));
  tracker.output_delivered({kLane, 1, 0});
  EXPECT_TRUE(tracker.is_finished(cut, is_lost));
  EXPECT_FALSE(is_lost);
}

TEST(OffsetTrackerTest, ACutIsLostWithOneOfItsLanes) {
  OffsetTracker tracker({});
  tracker.hold_for_snapshots();
  tracker.open(kLane, 1);
  finish(tracker, {kLane, 1, 0}, 10, 0);
  const std::vector<Watermark> cut = tracker.cut();
  tracker.open(kLane, 2);
  bool is_lost = false;
  EXPECT_FALSE(tracker.is_finished(cut, is_lost));
  EXPECT_TRUE(is_lost);
  tracker.release(cut);
  EXPECT_THAT(tracker.take_advanced(), IsEmpty());
}

TEST(OffsetTrackerTest, BoundsWhatItHolds) {
  FakeClock clock;
  OffsetTracker tracker({10'000'000}, clock.rule());
  tracker.open(kLane, 1);
  constexpr int64_t kBatchCount = 50'000;
  for (int64_t i = 0; i < kBatchCount; ++i) {
    finish(tracker, {kLane, 1, static_cast<uint64_t>(i)}, i + 1, i);
  }
  EXPECT_THAT(tracker.take_advanced(), IsEmpty());
  // Everything before time 25,000 may go; joining neighbours releases somewhat less.
  finish(tracker, {kLane, 1, kBatchCount}, kBatchCount + 1, 10'025'000);
  const std::vector<Watermark> moved = tracker.take_advanced();
  ASSERT_EQ(moved.size(), 1u);
  EXPECT_LE(moved[0].next_offset, 25'000);
  EXPECT_GE(moved[0].next_offset, 25'000 - 2 * kBatchCount / 512);
}

// The definition in the header, computed afresh from all batches ever seen.
class Model {
 public:
  struct Batch {
    int64_t next_offset;
    int outputs = 0;
    bool merged = false;
    int64_t time_min = 0;
    int64_t time_max = 0;
    bool has_times = true;
    bool finished() const { return merged && outputs == 0; }
  };
  struct Lane {
    uint32_t epoch = 0;
    std::vector<Batch> batches;
    std::optional<int64_t> committed;
    std::chrono::steady_clock::time_point active_at;
    size_t finished_count() const {
      const auto first = std::find_if(batches.begin(), batches.end(),
                                      [](const Batch& batch) { return !batch.finished(); });
      return static_cast<size_t>(first - batches.begin());
    }
  };

  int64_t newest_of(const Lane& lane) const {
    int64_t newest = kTimestampMin.ms;
    for (const Batch& batch : lane.batches) {
      if (batch.merged && batch.has_times) newest = std::max(newest, batch.time_max);
    }
    return newest;
  }

  int64_t horizon(std::chrono::steady_clock::time_point now) const {
    int64_t least = newest_ever;
    for (const auto& [id, lane] : lanes) {
      const bool drained = lane.finished_count() == lane.batches.size();
      const bool idle = drained && now - lane.active_at >= std::chrono::seconds(30);
      const bool undecodable = newest_of(lane) == kTimestampMin.ms && lane.finished_count() > 0;
      if (!idle && !undecodable) least = std::min(least, newest_of(lane));
      for (size_t i = lane.finished_count(); i < lane.batches.size(); ++i) {
        const Batch& batch = lane.batches[i];
        if (batch.merged && batch.has_times) least = std::min(least, batch.time_min);
      }
    }
    return least;
  }

  // Lane -> next offset, of lanes that moved.
  std::map<uint32_t, int64_t> take_advanced(Duration span,
                                            std::chrono::steady_clock::time_point now) {
    std::map<uint32_t, int64_t> moved;
    const int64_t least = horizon(now);
    const int64_t limit = least == kTimestampMin.ms ? least : least - span.ms;
    for (auto& [id, lane] : lanes) {
      std::optional<int64_t> reached;
      for (size_t i = 0; i < lane.finished_count(); ++i) {
        const Batch& batch = lane.batches[i];
        const bool committed = lane.committed && batch.next_offset <= *lane.committed;
        if (span.ms > 0 && batch.has_times && batch.time_max >= limit && !committed) break;
        reached = batch.next_offset;
      }
      if (reached && reached != lane.committed) {
        lane.committed = reached;
        moved[id] = *reached;
      }
    }
    return moved;
  }

  std::map<uint32_t, Lane> lanes;
  int64_t newest_ever = kTimestampMin.ms;
};

// One random history of assignments, reads, merges, deliveries in any order, and time passing.
class History {
 public:
  History(uint64_t seed, Duration span)
      : random_(seed), span_(span), tracker_(span, clock_.rule()) {
    for (uint32_t id = 0; id < 3; ++id) assign(id);
  }

  void run(int step_count) {
    for (int step = 0; step < step_count && !::testing::Test::HasFailure(); ++step) {
      const auto id = static_cast<uint32_t>(pick(3));
      switch (pick(12)) {
        case 0:
          assign(id);
          break;
        case 1:
          if (pick(3) == 0) revoke(id);
          break;
        case 2:
          clock_.time += std::chrono::seconds(pick(40));
          break;
        case 3:
        case 4:
        case 5:
          read(id);
          break;
        case 6:
        case 7:
        case 8:
          merge(id);
          break;
        default:
          deliver(id);
      }
      compare();
    }
  }

 private:
  int pick(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }

  DeliveryTicket ticket(uint32_t id, size_t sequence) {
    return {LaneId(id), model_.lanes[id].epoch, sequence};
  }

  void assign(uint32_t id) {
    Model::Lane lane;
    lane.epoch = ++epoch_;
    lane.active_at = clock_.time;
    model_.lanes[id] = lane;
    tracker_.open(LaneId(id), epoch_);
  }

  void revoke(uint32_t id) {
    if (model_.lanes.count(id) == 0) return;
    // What is reported afterwards must have no effect.
    stale_.push_back(ticket(id, model_.lanes[id].batches.size()));
    model_.lanes.erase(id);
    tracker_.close(LaneId(id));
  }

  void read(uint32_t id) {
    const auto found = model_.lanes.find(id);
    if (found == model_.lanes.end()) return;
    Model::Lane& lane = found->second;
    Model::Batch batch;
    batch.next_offset = 1 + pick(5) + (lane.batches.empty() ? 0 : lane.batches.back().next_offset);
    lane.batches.push_back(batch);
    lane.active_at = clock_.time;
    tracker_.add({ticket(id, lane.batches.size() - 1), batch.next_offset});
  }

  // Merges any unmerged batch of the lane: order must not matter.
  void merge(uint32_t id) {
    const auto found = model_.lanes.find(id);
    if (found == model_.lanes.end()) return;
    Model::Lane& lane = found->second;
    std::vector<size_t> candidates;
    for (size_t i = 0; i < lane.batches.size(); ++i) {
      if (!lane.batches[i].merged) candidates.push_back(i);
    }
    if (candidates.empty()) return;
    const size_t at = candidates[static_cast<size_t>(pick(static_cast<int>(candidates.size())))];
    Model::Batch& batch = lane.batches[at];
    batch.outputs = pick(3);
    for (int i = 0; i < batch.outputs; ++i) tracker_.output_added(ticket(id, at));
    event_time_ += pick(400);
    batch.merged = true;
    batch.has_times = pick(8) != 0;
    batch.time_max = event_time_;
    batch.time_min = event_time_ - pick(600);
    lane.active_at = clock_.time;
    if (batch.has_times) model_.newest_ever = std::max(model_.newest_ever, batch.time_max);
    tracker_.merged(ticket(id, at), batch.has_times ? Timestamp{batch.time_min} : kTimestampMax,
                    batch.has_times ? Timestamp{batch.time_max} : kTimestampMin);
  }

  void deliver(uint32_t id) {
    if (!stale_.empty() && pick(4) == 0) {
      tracker_.output_delivered(stale_.back());
      tracker_.merged(stale_.back(), {1}, {1});
      stale_.pop_back();
    }
    const auto found = model_.lanes.find(id);
    if (found == model_.lanes.end()) return;
    std::vector<size_t> candidates;
    for (size_t i = 0; i < found->second.batches.size(); ++i) {
      if (found->second.batches[i].outputs > 0) candidates.push_back(i);
    }
    if (candidates.empty()) return;
    const size_t at = candidates[static_cast<size_t>(pick(static_cast<int>(candidates.size())))];
    --found->second.batches[at].outputs;
    tracker_.output_delivered(ticket(id, at));
  }

  void compare() {
    if (pick(3) == 0) return;
    std::map<uint32_t, int64_t> got;
    for (const Watermark& moved : tracker_.take_advanced()) {
      got[moved.lane.value] = moved.next_offset;
      EXPECT_EQ(moved.epoch, model_.lanes[moved.lane.value].epoch);
    }
    EXPECT_EQ(got, model_.take_advanced(span_, clock_.time));
    size_t unfinished = 0;
    for (const auto& [id, lane] : model_.lanes) {
      unfinished += lane.batches.size() - lane.finished_count();
    }
    EXPECT_EQ(tracker_.unfinished(), unfinished);
  }

  std::mt19937_64 random_;
  FakeClock clock_;
  Duration span_;
  OffsetTracker tracker_;
  Model model_;
  uint32_t epoch_ = 0;
  int64_t event_time_ = 1'000'000;
  std::vector<DeliveryTicket> stale_;
};

TEST(OffsetTrackerTest, EqualsItsDefinitionOverRandomHistories) {
  const char* given = std::getenv("SIEVE_SEED");
  const uint64_t first = given == nullptr ? 1 : std::strtoull(given, nullptr, 10);
  const uint64_t count =
      given == nullptr ? static_cast<uint64_t>(testing::effort(100'000, 20'000)) : 1;
  for (uint64_t seed = first; seed < first + count && !HasFailure(); ++seed) {
    SCOPED_TRACE("SIEVE_SEED=" + std::to_string(seed));
    History history(seed, seed % 3 == 0 ? Duration{} : kSpan);
    history.run(40);
  }
}

}  // namespace
}  // namespace sieve
