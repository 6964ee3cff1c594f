#include "correlate/snapshot_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <future>

#include "unit/correlate/snapshot_files.h"

namespace sieve {
namespace {

using WriterPtr = std::unique_ptr<SnapshotFileWriter>;

class SnapshotQueueTest : public ::testing::Test {
 protected:
  SnapshotQueueTest() : path_(directory_.path("state")) {
    auto opened = SnapshotDirectory::open(path_);
    if (opened) opened_ = std::move(*opened);
  }
  // Files are not opened before `gate_` is.
  SnapshotSteps steps() {
    return {[this]() -> Expected<WriterPtr, SnapshotError> {
              gate_.get_future().wait();
              return opened_->create(test_header(), nullptr);
            },
            [this](SnapshotFileWriter& writer) { return opened_->publish(writer); }};
  }
  void open_gate() { gate_.set_value(); }
  static bool append(SnapshotQueue& queue, std::string bytes) { return queue.try_append(bytes); }
  std::vector<std::string> frames_of(const std::string& name) const {
    auto reader = SnapshotFileReader::open(path_ + "/" + name, {});
    std::vector<std::string> frames;
    std::string frame;
    while (reader && reader->next(frame).value_or(false)) frames.push_back(frame);
    return frames;
  }
  size_t snapshot_count() const { return opened_->list(0).size(); }

  const TemporaryDirectory directory_;
  const std::string path_;
  std::unique_ptr<SnapshotDirectory> opened_;
  std::promise<void> gate_;
};

TEST_F(SnapshotQueueTest, WritesFramesInOrder) {
  SnapshotQueue queue(2);
  open_gate();
  queue.begin(steps());
  std::vector<std::string> frames;
  for (int i = 0; i < 100; ++i) {
    frames.push_back(std::to_string(i));
    // A caller with nothing else to do tries again.
    while (!append(queue, frames.back())) std::this_thread::yield();
  }
  queue.finish();
  const SnapshotOutcome outcome = queue.take_outcome();
  EXPECT_TRUE(outcome.published);
  EXPECT_FALSE(outcome.error);
  EXPECT_EQ(outcome.frame_count, 100U);
  EXPECT_EQ(outcome.header.sequence, 1);
  EXPECT_EQ(outcome.file_bytes, std::filesystem::file_size(path_ + "/state-0.1.snapshot"));
  EXPECT_EQ(frames_of("state-0.1.snapshot"), frames);
}

TEST_F(SnapshotQueueTest, TakesNoMoreThanItHasRoomForAndLeavesTheFrame) {
  SnapshotQueue queue(3);
  queue.begin(steps());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(append(queue, std::to_string(i)));
  std::string fourth = "3";
  EXPECT_FALSE(queue.try_append(fourth));
  EXPECT_EQ(fourth, "3");
  EXPECT_FALSE(queue.is_done());
  queue.finish();
  EXPECT_FALSE(queue.is_done());
  open_gate();
  EXPECT_TRUE(queue.take_outcome().published);
  EXPECT_THAT(frames_of("state-0.1.snapshot"), ::testing::ElementsAre("0", "1", "2"));
}

TEST_F(SnapshotQueueTest, GivesBuffersBack) {
  SnapshotQueue queue(1);
  std::string frame(kSnapshotFrameBytesMax, 'x');
  const char* first_buffer = frame.data();
  open_gate();
  queue.begin(steps());
  bool came_back = false;
  for (int i = 0; i < 8; ++i) {
    while (!queue.try_append(frame)) std::this_thread::yield();
    EXPECT_TRUE(frame.empty());
    came_back |= frame.data() == first_buffer;
    frame.resize(kSnapshotFrameBytesMax);
  }
  EXPECT_TRUE(came_back);
  queue.finish();
  EXPECT_TRUE(queue.take_outcome().published);
}

TEST_F(SnapshotQueueTest, WritesOneFileAfterAnother) {
  SnapshotQueue queue;
  for (int i = 1; i <= 3; ++i) {
    gate_ = {};
    open_gate();
    queue.begin(steps());
    EXPECT_TRUE(append(queue, "frame"));
    queue.finish();
    EXPECT_EQ(queue.take_outcome().header.sequence, i);
  }
  EXPECT_EQ(snapshot_count(), kSnapshotsKept);
}

TEST_F(SnapshotQueueTest, AbandonsWhenAsked) {
  SnapshotQueue queue;
  queue.begin(steps());
  EXPECT_TRUE(append(queue, "frame"));
  queue.abandon();
  open_gate();
  const SnapshotOutcome outcome = queue.take_outcome();
  EXPECT_FALSE(outcome.published);
  EXPECT_FALSE(outcome.error);
  EXPECT_EQ(snapshot_count(), 0U);
}

TEST_F(SnapshotQueueTest, IsDestroyedWithAFileUnderWay) {
  {
    SnapshotQueue queue;
    open_gate();
    queue.begin(steps());
    EXPECT_TRUE(append(queue, "frame"));
  }
  EXPECT_EQ(snapshot_count(), 0U);
  for (const auto& entry : std::filesystem::directory_iterator(path_)) {
    EXPECT_EQ(entry.path().filename(), "lock");
  }
}

TEST_F(SnapshotQueueTest, SaysWhyAFileCannotBeOpenedAndDropsItsFrames) {
  SnapshotQueue queue(1);
  SnapshotSteps failing = steps();
  failing.open = []() -> Expected<WriterPtr, SnapshotError> {
    return Unexpected<SnapshotError>({SnapshotErrorReason::kDiskFull, "no room"});
  };
  queue.begin(std::move(failing));
  for (int i = 0; i < 10; ++i) {
    while (!append(queue, "frame")) std::this_thread::yield();
  }
  queue.finish();
  const SnapshotOutcome outcome = queue.take_outcome();
  ASSERT_TRUE(outcome.error);
  EXPECT_EQ(outcome.error->message, "no room");
  EXPECT_FALSE(outcome.published);
}

TEST_F(SnapshotQueueTest, SaysWhyAFileCannotBePublished) {
  SnapshotQueue queue;
  open_gate();
  SnapshotSteps failing = steps();
  failing.publish = [](SnapshotFileWriter&) -> SnapshotFileWriter::Result {
    return Unexpected<SnapshotError>({SnapshotErrorReason::kFileUnwritable, "gone"});
  };
  queue.begin(std::move(failing));
  EXPECT_TRUE(append(queue, "frame"));
  queue.finish();
  const SnapshotOutcome outcome = queue.take_outcome();
  ASSERT_TRUE(outcome.error);
  EXPECT_EQ(outcome.error->message, "gone");
  EXPECT_EQ(snapshot_count(), 0U);
}

}  // namespace
}  // namespace sieve
