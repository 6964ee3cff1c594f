#include "run/lane_board.h"

#include <gtest/gtest.h>

#include <random>
#include <thread>

namespace sieve {
namespace {

using Status = LaneBoard::ClaimStatus;

LaneInfo lane(uint32_t id, uint32_t epoch = 0) {
  LaneInfo info;
  info.id = LaneId(id);
  info.epoch = epoch;
  return info;
}

struct LaneBoardTest : ::testing::Test {
  // Claims, "reads" one record and returns the batch; null when nothing may be read.
  InspectedBatch* read(LaneBoard& board, PollStatus status = PollStatus::kRecords) {
    const LaneBoard::Claim claim = board.claim();
    if (claim.status != Status::kWork) return nullptr;
    claim.batch->records.clear();
    claim.batch->records.records.emplace_back();
    return board.polled(*claim.batch, status) ? claim.batch : nullptr;
  }

  OffsetTracker tracker{Duration{0}};
};

TEST_F(LaneBoardTest, WithoutLanesFilesAreFinishedAndStreamsAreIdle) {
  LaneBoard files(false, tracker);
  EXPECT_EQ(files.claim().status, Status::kFinished);
  LaneBoard streams(true, tracker);
  EXPECT_EQ(streams.claim().status, Status::kIdle);
}

TEST_F(LaneBoardTest, GivesBatchesOfALaneInTheOrderTheyWereRead) {
  LaneBoard board(false, tracker);
  tracker.open(LaneId(0), 0);
  board.open(lane(0));
  InspectedBatch* first = read(board);
  InspectedBatch* second = read(board);
  ASSERT_TRUE(first != nullptr && second != nullptr);
  EXPECT_EQ(first->records.sequence, 0U);
  EXPECT_EQ(second->records.sequence, 1U);
  board.inspected(*second);
  EXPECT_EQ(board.take_ready(LaneId(0)), nullptr) << "the first is not inspected";
  board.inspected(*first);
  EXPECT_EQ(board.take_ready(LaneId(0)), first);
  EXPECT_EQ(board.take_ready(LaneId(0)), second);
  EXPECT_EQ(board.take_ready(LaneId(0)), nullptr);
}

TEST_F(LaneBoardTest, ReadsTheLaneWithTheFewestBatchesNext) {
  LaneBoard board(false, tracker);
  for (uint32_t id : {0U, 1U}) {
    tracker.open(LaneId(id), 0);
    board.open(lane(id));
  }
  EXPECT_EQ(read(board)->lane.id, LaneId(0));
  EXPECT_EQ(read(board)->lane.id, LaneId(1));
  InspectedBatch* batch = read(board);
  EXPECT_EQ(batch->lane.id, LaneId(0));
  EXPECT_EQ(read(board)->lane.id, LaneId(1));
}

TEST_F(LaneBoardTest, ALaneIsReadNoFurtherAheadThanItsLimit) {
  LaneBoard board(true, tracker);
  tracker.open(LaneId(0), 0);
  board.open(lane(0));
  std::vector<InspectedBatch*> batches;
  for (size_t i = 0; i < limits::kBatchesInFlightPerLaneMax; ++i) batches.push_back(read(board));
  EXPECT_EQ(board.in_flight(), limits::kBatchesInFlightPerLaneMax);
  // A further claim waits until a batch comes back.
  std::thread merger([&] {
    board.inspected(*batches[0]);
    board.recycle(*board.take_ready(LaneId(0)));
  });
  EXPECT_EQ(read(board)->records.sequence, limits::kBatchesInFlightPerLaneMax);
  merger.join();
}

TEST_F(LaneBoardTest, IdleLanesRestUntilTheyAreWoken) {
  LaneBoard board(true, tracker);
  tracker.open(LaneId(0), 0);
  board.open(lane(0));
  EXPECT_EQ(read(board, PollStatus::kIdle), nullptr);
  EXPECT_EQ(board.claim().status, Status::kIdle);
  board.wake_idle();
  EXPECT_NE(read(board), nullptr);
}

TEST_F(LaneBoardTest, ALaneIsExhaustedWhenItEndedAndAllWasTaken) {
  LaneBoard board(false, tracker);
  tracker.open(LaneId(0), 0);
  board.open(lane(0));
  InspectedBatch* batch = read(board);
  EXPECT_FALSE(batch->ends_lane);
  InspectedBatch* last = read(board, PollStatus::kEnd);
  ASSERT_NE(last, nullptr);
  EXPECT_TRUE(last->ends_lane);
  EXPECT_TRUE(last->records.records.empty());
  EXPECT_EQ(last->records.next_offset, batch->records.next_offset);
  EXPECT_FALSE(board.is_exhausted(LaneId(0)));
  EXPECT_EQ(board.claim().status, Status::kFinished);
  for (InspectedBatch* inspected : {batch, last}) {
    EXPECT_FALSE(board.is_exhausted(LaneId(0)));
    board.inspected(*inspected);
    board.recycle(*board.take_ready(LaneId(0)));
  }
  EXPECT_TRUE(board.is_exhausted(LaneId(0)));
  EXPECT_EQ(board.in_flight(), 0U);
}

TEST_F(LaneBoardTest, ALaneWithoutRecordsEndsWithoutABatch) {
  LaneBoard board(false, tracker);
  tracker.open(LaneId(0), 0);
  board.open(lane(0));
  EXPECT_EQ(read(board, PollStatus::kEnd), nullptr);
  EXPECT_TRUE(board.is_exhausted(LaneId(0)));
}

TEST_F(LaneBoardTest, ABatchOfARevokedLaneIsDroppedWhenItComesBack) {
  LaneBoard board(true, tracker);
  tracker.open(LaneId(0), 1);
  board.open(lane(0, 1));
  InspectedBatch* old = read(board);
  const LaneId id(0);
  board.close({&id, 1});
  board.park();
  board.remove({&id, 1});
  tracker.close(id);
  board.unpark();
  tracker.open(id, 2);
  board.open(lane(0, 2));
  board.inspected(*old);
  EXPECT_EQ(board.take_ready(id), nullptr);
  EXPECT_EQ(board.in_flight(), 0U);
  InspectedBatch* fresh = read(board);
  EXPECT_EQ(fresh->records.sequence, 0U);
  EXPECT_EQ(fresh->records.epoch, 2U);
}

TEST_F(LaneBoardTest, StoppedBoardsGiveNoWork) {
  LaneBoard board(true, tracker);
  tracker.open(LaneId(0), 0);
  board.open(lane(0));
  board.stop();
  EXPECT_EQ(board.claim().status, Status::kStopped);
}

TEST_F(LaneBoardTest, TheFirstLineOfACsvLaneIsKeptForAllItsBatches) {
  LaneBoard board(false, tracker);
  tracker.open(LaneId(0), 0);
  board.open(lane(0));
  board.expect_header(LaneId(0));
  const LaneBoard::Claim claim = board.claim();
  claim.batch->records.clear();
  claim.batch->records.bytes = "id,ts\n1,2\n";
  claim.batch->records.records = {{0, 5, 0, 0, 1, 0, 5}, {6, 3, 0, 0, 2, 0, 3}};
  ASSERT_TRUE(board.polled(*claim.batch, PollStatus::kRecords));
  InspectedBatch* next = read(board);
  ASSERT_TRUE(claim.batch->csv_header != nullptr && next->csv_header != nullptr);
  EXPECT_EQ(*next->csv_header, "id,ts");
}

}  // namespace
}  // namespace sieve
