// A SnapshotQueue writes snapshot files on a thread of its own, so that the thread that owns the
// state never waits for the disk: it hands over frames as far as there is room, and does other work
// when there is none.
//
//   SnapshotQueue queue;
//   queue.begin({[&] { return directory.create(header, key); },
//                [&](SnapshotFileWriter& writer) { return directory.publish(writer); }});
//   while (has_more() && queue.try_append(frame)) make(frame);   // Again later, when it is full.
//   queue.finish();
//   if (queue.is_done()) report(queue.take_outcome());           // Now and then.
//
// Thread safety: one thread calls it. What begin() is given runs on the other.
// Lifetime: the destructor abandons a file that is not published, and waits for the disk.
// Allocates only when frames grow: buffers go around.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "correlate/snapshot_file_writer.h"

namespace sieve {

// 16 MiB of memory: 10 ms of a disk that writes 1.6 GB/s.
inline constexpr size_t kSnapshotQueueFrames = 16;

struct SnapshotSteps {
  std::function<Expected<std::unique_ptr<SnapshotFileWriter>, SnapshotError>()> open;
  // Finishes the file, too.
  std::function<SnapshotFileWriter::Result(SnapshotFileWriter&)> publish;
};

struct SnapshotOutcome {
  std::optional<SnapshotError> error;  // None: it was published, or abandoned by the caller.
  bool published = false;
  SnapshotHeader header;
  uint64_t frame_count = 0;
  uint64_t file_bytes = 0;
};

class SnapshotQueue {
 public:
  explicit SnapshotQueue(size_t frames_max = kSnapshotQueueFrames);
  ~SnapshotQueue();
  SnapshotQueue(const SnapshotQueue&) = delete;
  SnapshotQueue& operator=(const SnapshotQueue&) = delete;

  // Begins a file. REQUIRES: none is under way, and the outcome of the last one was taken.
  void begin(SnapshotSteps steps);
  // Takes the bytes of `frame`, which gets another buffer in exchange, empty. False when the queue
  // is full; then `frame` is as it was. Once writing failed, frames are taken and dropped.
  // REQUIRES: a file was begun, and neither finish() nor abandon() called.
  bool try_append(std::string& frame);
  // Both return at once; what they begin is over when is_done().
  void finish();
  void abandon();

  // The file was published, or abandoned, or writing failed, which may be before finish().
  bool is_done() const;
  // Waits until it is done. REQUIRES: begin(), and that it will be: finish(), abandon() or an
  // error.
  SnapshotOutcome take_outcome();

 private:
  enum class Stage { kIdle, kTaking, kFinishing, kAbandoning, kDone };

  void work();
  SnapshotOutcome write_file(const SnapshotSteps& steps);
  bool next_frame(std::string& frame);
  void end_as(Stage stage);

  mutable std::mutex mutex_;
  std::condition_variable to_write_;  // For the writing thread: something happened.
  std::condition_variable done_;

  // Guarded by mutex_.
  Stage stage_ = Stage::kIdle;
  bool stopping_ = false;
  std::vector<std::string> frames_;  // A ring: of `frame_count_` from `first_` on.
  size_t first_ = 0;
  size_t frame_count_ = 0;
  SnapshotSteps steps_;
  SnapshotOutcome outcome_;

  std::thread writer_;
};

}  // namespace sieve
