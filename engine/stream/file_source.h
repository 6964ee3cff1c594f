// A FileSource reads JSON-lines files, one lane each, and standard input as `-`. Offsets are line
// numbers from 1; see line_reader.h for what a line is.
//
//   auto source = FileSource::open({{"messages.jsonl", 0}, {"-", 1}});
//
// Thread safety: as RecordSource says. Lifetime: closes the files. Errors: `file_unreadable` with
// the path and the system's reason.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/expected.h"
#include "stream/line_reader.h"
#include "stream/source.h"

namespace sieve {

struct FileSpec {
  std::string path;   // `-` is standard input, which may be named once.
  size_t source = 0;  // Index of the configured source it belongs to.
};

class FileSource final : public RecordSource {
 public:
  // Opens all files; lane i is file i. Fails on the first that is missing, a directory or not
  // readable.
  static Expected<std::unique_ptr<FileSource>, StreamError> open(std::vector<FileSpec> files);

  std::vector<LaneInfo> lanes() const override;
  // Reading a regular file may wait for the disk; a pipe or terminal without data is kIdle.
  PollStatus poll(LaneId lane, RecordBatch& batch) override;
  void wait(std::chrono::milliseconds timeout) override;
  void commit(LaneId lane, uint32_t epoch, int64_t offset) override;
  StreamError last_error() const override;

 private:
  struct Lane {
    Lane(FileSpec file, int opened, bool waits)
        : spec(std::move(file)), descriptor(opened), may_wait(waits), reader(opened, waits) {}

    // Constant after construction.
    const FileSpec spec;
    const int descriptor;
    const bool may_wait;
    // Owned by the thread that polls the lane.
    LineReader reader;
    uint64_t next_sequence = 0;
    // Set by that thread, read by wait().
    std::atomic<bool> finished = false;
  };

  FileSource() = default;
  void fail(const Lane& lane);

  std::vector<std::unique_ptr<Lane>> lanes_;  // Constant after construction.
  mutable std::mutex mutex_;
  StreamError last_error_;  // Guarded by mutex_.
};

}  // namespace sieve
