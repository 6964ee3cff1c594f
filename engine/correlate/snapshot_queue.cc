#include "correlate/snapshot_queue.h"

#include <utility>

#include "base/check.h"

namespace sieve {

SnapshotQueue::SnapshotQueue(size_t frames_max)
    : frames_(frames_max), writer_([this] { work(); }) {}

SnapshotQueue::~SnapshotQueue() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  to_write_.notify_one();
  writer_.join();
}

void SnapshotQueue::begin(SnapshotSteps steps) {
  {
    const std::lock_guard lock(mutex_);
    SIEVE_CHECK(stage_ == Stage::kIdle, "a snapshot is under way");
    steps_ = std::move(steps);
    outcome_ = {};
    first_ = frame_count_ = 0;
    stage_ = Stage::kTaking;
  }
  to_write_.notify_one();
}

bool SnapshotQueue::try_append(std::string& frame) {
  {
    const std::lock_guard lock(mutex_);
    SIEVE_CHECK(stage_ == Stage::kTaking || stage_ == Stage::kDone, "no snapshot is open");
    if (stage_ == Stage::kDone) {
      frame.clear();
      return true;
    }
    if (frame_count_ == frames_.size()) return false;
    std::string& slot = frames_[(first_ + frame_count_) % frames_.size()];
    slot.swap(frame);
    frame.clear();
    ++frame_count_;
  }
  to_write_.notify_one();
  return true;
}

void SnapshotQueue::finish() { end_as(Stage::kFinishing); }

void SnapshotQueue::abandon() { end_as(Stage::kAbandoning); }

void SnapshotQueue::end_as(Stage stage) {
  {
    const std::lock_guard lock(mutex_);
    if (stage_ == Stage::kDone) return;  // It failed.
    SIEVE_CHECK(stage_ == Stage::kTaking, "no snapshot is open");
    stage_ = stage;
  }
  to_write_.notify_one();
}

bool SnapshotQueue::is_done() const {
  const std::lock_guard lock(mutex_);
  return stage_ == Stage::kDone;
}

SnapshotOutcome SnapshotQueue::take_outcome() {
  std::unique_lock lock(mutex_);
  SIEVE_CHECK(stage_ != Stage::kIdle, "no snapshot was begun");
  done_.wait(lock, [&] { return stage_ == Stage::kDone; });
  stage_ = Stage::kIdle;
  return std::move(outcome_);
}

void SnapshotQueue::work() {
  while (true) {
    SnapshotSteps steps;
    {
      std::unique_lock lock(mutex_);
      to_write_.wait(lock, [&] { return stopping_ || steps_.open; });
      if (stopping_) return;
      steps = std::exchange(steps_, {});
    }
    SnapshotOutcome outcome = write_file(steps);
    {
      const std::lock_guard lock(mutex_);
      outcome_ = std::move(outcome);
      stage_ = Stage::kDone;
    }
    done_.notify_all();
  }
}

// Writes frames until the caller ends the file or something fails.
SnapshotOutcome SnapshotQueue::write_file(const SnapshotSteps& steps) {
  SnapshotOutcome outcome;
  auto writer = steps.open();
  if (!writer) {
    outcome.error = writer.error();
    return outcome;
  }
  outcome.header = (*writer)->header();
  SnapshotFileWriter::Result written;
  std::string frame;
  while (written && next_frame(frame)) written = (*writer)->append(frame);
  bool wanted = false;
  {
    const std::lock_guard lock(mutex_);
    wanted = stage_ == Stage::kFinishing && !stopping_;
  }
  if (written && wanted) {
    written = steps.publish(**writer);
    outcome.published = written.has_value();
  }
  if (!written) outcome.error = written.error();
  outcome.frame_count = (*writer)->frame_count();
  outcome.file_bytes = (*writer)->file_bytes();
  return outcome;
}

// Waits for the next frame and takes it; false when there is none to be written any more.
bool SnapshotQueue::next_frame(std::string& frame) {
  std::unique_lock lock(mutex_);
  to_write_.wait(lock, [&] { return stopping_ || frame_count_ > 0 || stage_ != Stage::kTaking; });
  if (stopping_ || stage_ == Stage::kAbandoning || frame_count_ == 0) return false;
  frame.swap(frames_[first_]);
  first_ = (first_ + 1) % frames_.size();
  --frame_count_;
  return true;
}

}  // namespace sieve
