#include "correlate/snapshot_inspection.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sieve {
namespace {

Unexpected<SnapshotFault> fault_in(SnapshotFaultReason reason, const std::string& path,
                                   uint64_t offset, std::string detail) {
  return Unexpected<SnapshotFault>({reason, path, offset, std::move(detail)});
}

// Adds up the frames of `file` that begin at `offset`.
Expected<void, SnapshotFault> walk_frames(int file, const std::string& path, uint64_t offset,
                                          SnapshotSummary& summary) {
  while (true) {
    std::array<char, kSnapshotFrameHeadBytes> bytes;
    const ssize_t got = ::pread(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (got < 0) {
      return fault_in(SnapshotFaultReason::kUnreadable, path, offset, std::strerror(errno));
    }
    const uint64_t number = summary.frame_count + 1;
    const std::string ends = fmt::format("it ends within frame {}, or before it", number);
    if (static_cast<size_t>(got) < bytes.size()) {
      return fault_in(SnapshotFaultReason::kTruncated, path, offset, ends);
    }
    const auto head = read_frame_head({bytes.data(), bytes.size()}, number);
    if (!head) return fault_in(SnapshotFaultReason::kDamaged, path, offset, head.error());
    const uint64_t next = offset + kSnapshotFrameHeadBytes + head->size + kSnapshotSealBytes;
    if (next > summary.file_bytes) {
      return fault_in(SnapshotFaultReason::kTruncated, path, offset, ends);
    }
    if (head->kind == SnapshotFrameKind::kEnd) {
      if (next == summary.file_bytes) return {};
      return fault_in(SnapshotFaultReason::kDamaged, path, offset, "it goes on behind its end");
    }
    ++summary.frame_count;
    summary.content_bytes += head->size;
    offset = next;
  }
}

}  // namespace

Expected<SnapshotSummary, SnapshotFault> inspect_snapshot(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  struct stat status {};
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) {
    return fault_in(SnapshotFaultReason::kUnreadable, path, 0, std::strerror(errno));
  }
  if (!S_ISREG(status.st_mode)) {
    return fault_in(SnapshotFaultReason::kUnreadable, path, 0, "it is no file");
  }
  auto stored = read_stored_header(file.get(), path);
  if (!stored) return Unexpected<SnapshotFault>(stored.error());
  const uint64_t first_frame = stored->bytes.size() + kSnapshotSealBytes;
  SnapshotSummary summary;
  summary.header = std::move(stored->header);
  summary.file_bytes = static_cast<uint64_t>(status.st_size);
  if (auto walked = walk_frames(file.get(), path, first_frame, summary); !walked) {
    return Unexpected<SnapshotFault>(walked.error());
  }
  return summary;
}

Expected<SnapshotSummary, SnapshotFault> verify_snapshot(const std::string& path,
                                                         const SnapshotKeys& keys) {
  auto reader = SnapshotFileReader::open(path, keys);
  if (!reader) return Unexpected<SnapshotFault>(reader.error());
  SnapshotSummary summary;
  std::string frame;
  auto more = reader->next(frame);
  for (; more && *more; more = reader->next(frame)) summary.content_bytes += frame.size();
  if (!more) return Unexpected<SnapshotFault>(more.error());
  summary.header = reader->header();
  summary.frame_count = reader->frame_count();
  summary.file_bytes = reader->offset();
  return summary;
}

}  // namespace sieve
