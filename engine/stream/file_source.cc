#include "stream/file_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/check.h"

namespace sieve {
namespace {

std::string shown(const std::string& path) { return path == "-" ? "standard input" : path; }

StreamError unreadable(const std::string& path, int error_number) {
  return {"file_unreadable",
          fmt::format("cannot read {}: {}", shown(path), std::strerror(error_number))};
}

// A descriptor that is open for reading, or the system's reason.
Expected<int, int> open_file(const std::string& path) {
  // O_NONBLOCK: opening a named pipe must not wait for its writer. Regular files ignore it.
  const int descriptor =
      path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return Unexpected<int>(errno);
  return descriptor;
}

}  // namespace

Expected<std::unique_ptr<FileSource>, StreamError> FileSource::open(std::vector<FileSpec> files) {
  std::unique_ptr<FileSource> source(new FileSource());
  const auto is_stdin = [](const FileSpec& file) { return file.path == "-"; };
  if (std::count_if(files.begin(), files.end(), is_stdin) > 1) {
    return Unexpected<StreamError>({"file_unreadable", "standard input (`-`) is named twice"});
  }
  for (FileSpec& file : files) {
    const auto descriptor = open_file(file.path);
    if (!descriptor) return Unexpected<StreamError>(unreadable(file.path, descriptor.error()));
    struct stat status = {};
    const int failure = ::fstat(*descriptor, &status) == 0 ? 0 : errno;
    const bool may_wait = !S_ISREG(status.st_mode);
    // The lane closes the descriptor also when the file turns out to be of no use.
    source->lanes_.push_back(std::make_unique<Lane>(std::move(file), *descriptor, may_wait));
    const std::string& path = source->lanes_.back()->spec.path;
    if (failure != 0) return Unexpected<StreamError>(unreadable(path, failure));
    if (S_ISDIR(status.st_mode)) return Unexpected<StreamError>(unreadable(path, EISDIR));
  }
  return source;
}

std::vector<LaneInfo> FileSource::lanes() const {
  std::vector<LaneInfo> infos;
  for (size_t i = 0; i < lanes_.size(); ++i) {
    LaneInfo info;
    info.id = LaneId(static_cast<uint32_t>(i));
    info.source = lanes_[i]->spec.source;
    info.origin = lanes_[i]->spec.path;
    for (size_t j = 0; j < i; ++j) {
      if (lanes_[j]->spec.source == info.source) ++info.partition;
    }
    infos.push_back(std::move(info));
  }
  return infos;
}

PollStatus FileSource::poll(LaneId id, RecordBatch& batch) {
  SIEVE_CHECK(id.index() < lanes_.size(), "lane {} of {}", id.value, lanes_.size());
  Lane& lane = *lanes_[id.index()];
  batch.clear();
  batch.lane = id;
  batch.epoch = 0;
  const PollStatus status = lane.reader.read(batch);
  batch.next_offset = lane.reader.next_line();
  if (status == PollStatus::kRecords) {
    batch.sequence = lane.next_sequence++;
  } else if (status != PollStatus::kIdle) {
    lane.finished = true;
    if (status == PollStatus::kFailed) fail(lane);
  }
  return status;
}

void FileSource::wait(std::chrono::milliseconds timeout) {
  std::vector<pollfd> asked;
  for (const auto& lane : lanes_) {
    if (lane->finished) continue;
    // A regular file always has something, if only its end.
    if (!lane->may_wait) return;
    asked.push_back({lane->descriptor, POLLIN, 0});
  }
  if (asked.empty()) return;
  const auto timeout_ms = static_cast<int>(
      std::clamp<int64_t>(timeout.count(), 0, std::chrono::milliseconds(60'000).count()));
  ::poll(asked.data(), asked.size(), timeout_ms);
}

void FileSource::commit(LaneId, uint32_t, int64_t) {}

StreamError FileSource::last_error() const {
  const std::lock_guard lock(mutex_);
  return last_error_;
}

void FileSource::fail(const Lane& lane) {
  StreamError error = unreadable(lane.spec.path, lane.reader.error_number());
  error.message += fmt::format(" (in line {})", lane.reader.next_line());
  const std::lock_guard lock(mutex_);
  last_error_ = std::move(error);
}

}  // namespace sieve
