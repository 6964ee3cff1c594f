#include "correlate/snapshot_file_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

namespace sieve {
namespace {

Unexpected<SnapshotFault> fault_at(SnapshotFaultReason reason, const std::string& path,
                                   uint64_t offset, std::string detail) {
  return Unexpected<SnapshotFault>({reason, path, offset, std::move(detail)});
}

Unexpected<SnapshotFault> at_path(SnapshotFault fault, const std::string& path) {
  fault.path = path;
  return Unexpected<SnapshotFault>(std::move(fault));
}

// How many of `size` bytes there were; nothing when reading fails (`errno` says why).
std::optional<size_t> read_up_to(int file, char* out, size_t size) {
  size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(file, out + done, size - done);
    if (got < 0 && errno != EINTR) return {};
    if (got == 0) break;
    done += static_cast<size_t>(std::max<ssize_t>(got, 0));
  }
  return done;
}

// Appends up to `size` bytes to `bytes`, which are what was read of the file so far.
Expected<void, SnapshotFault> read_more(int file, const std::string& path, size_t size,
                                        std::string& bytes) {
  const size_t before = bytes.size();
  bytes.resize(before + size);
  const std::optional<size_t> got = read_up_to(file, bytes.data() + before, size);
  if (!got) return fault_at(SnapshotFaultReason::kUnreadable, path, before, std::strerror(errno));
  bytes.resize(before + *got);
  return {};
}

const SnapshotKey* key_of(const SnapshotHeader& header, const SnapshotKeys& keys) {
  const auto found = std::find_if(keys.begin(), keys.end(),
                                  [&](const SnapshotKey& key) { return key.id == header.key_id; });
  return found == keys.end() ? nullptr : &*found;
}

}  // namespace

Expected<StoredSnapshotHeader, SnapshotFault> read_stored_header(int file,
                                                                 const std::string& path) {
  std::string bytes;
  if (auto read = read_more(file, path, kSnapshotPreambleBytes, bytes); !read) {
    return Unexpected<SnapshotFault>(read.error());
  }
  const auto fields_size = read_preamble(bytes);
  if (!fields_size) return at_path(fields_size.error(), path);
  const size_t sealed_size = kSnapshotPreambleBytes + *fields_size;
  if (auto read = read_more(file, path, *fields_size + kSnapshotSealBytes, bytes); !read) {
    return Unexpected<SnapshotFault>(read.error());
  }
  if (bytes.size() < sealed_size + kSnapshotSealBytes) {
    return fault_at(SnapshotFaultReason::kTruncated, path, bytes.size(),
                    "it ends within its header");
  }
  StoredSnapshotHeader stored;
  std::memcpy(stored.seal.data(), bytes.data() + sealed_size, kSnapshotSealBytes);
  bytes.resize(sealed_size);
  auto header = read_fields(std::string_view(bytes).substr(kSnapshotPreambleBytes));
  if (!header) return at_path(header.error(), path);
  stored.header = std::move(*header);
  stored.bytes = std::move(bytes);
  return stored;
}

Expected<SnapshotFileReader, SnapshotFault> SnapshotFileReader::open(const std::string& path,
                                                                     const SnapshotKeys& keys) {
  // Not to wait for a writer, should it be a pipe.
  Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!file.is_open()) {
    return fault_at(SnapshotFaultReason::kUnreadable, path, 0, std::strerror(errno));
  }
  return adopt(std::move(file), path, keys);
}

Expected<SnapshotFileReader, SnapshotFault> SnapshotFileReader::adopt(Descriptor file,
                                                                      std::string path,
                                                                      const SnapshotKeys& keys) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) {
    return fault_at(SnapshotFaultReason::kUnreadable, path, 0, std::strerror(errno));
  }
  if (!S_ISREG(status.st_mode)) {
    return fault_at(SnapshotFaultReason::kUnreadable, path, 0, "it is no file");
  }
  ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  auto stored = read_stored_header(file.get(), path);
  if (!stored) return Unexpected<SnapshotFault>(stored.error());
  const SnapshotKey* key = nullptr;
  if (stored->header.cipher != SnapshotCipher::kNone) {
    key = key_of(stored->header, keys);
    if (key == nullptr) {
      return fault_at(
          SnapshotFaultReason::kUnknownKey, path, kSnapshotPreambleBytes,
          fmt::format("it is encrypted with the key {}, which is not among the {} given",
                      snapshot_key_name(stored->header.key_id), keys.size()));
    }
  }
  SnapshotFileReader reader(std::move(file), std::move(path), *stored, key);
  std::string empty;
  if (!reader.sealer_.open(0, stored->bytes, stored->seal, empty)) {
    return reader.fault(SnapshotFaultReason::kDamaged, "its header does not fit its seal");
  }
  reader.offset_ = stored->bytes.size() + kSnapshotSealBytes;
  return reader;
}

SnapshotFileReader::SnapshotFileReader(Descriptor file, std::string path,
                                       StoredSnapshotHeader stored, const SnapshotKey* key)
    : file_(std::move(file)),
      path_(std::move(path)),
      header_(std::move(stored.header)),
      sealer_(header_.file_id, key) {}

Expected<bool, SnapshotFault> SnapshotFileReader::next(std::string& frame) {
  if (ended_) return false;
  if (fault_) return Unexpected<SnapshotFault>(*fault_);
  auto more = read_frame(frame);
  if (!more) fault_ = more.error();
  return more;
}

Expected<bool, SnapshotFault> SnapshotFileReader::read_frame(std::string& frame) {
  const uint64_t number = frame_count_ + 1;
  std::array<char, kSnapshotFrameHeadBytes> bytes;
  if (auto read = read_bytes(bytes.data(), bytes.size()); !read) {
    return Unexpected<SnapshotFault>(read.error());
  }
  const std::string_view head_bytes(bytes.data(), bytes.size());
  const auto head = read_frame_head(head_bytes, number);
  if (!head) return fault(SnapshotFaultReason::kDamaged, head.error());
  frame.resize(head->size);
  SnapshotSeal seal;
  auto read = read_bytes(frame.data(), frame.size());
  if (read) read = read_bytes(reinterpret_cast<char*>(seal.data()), seal.size());
  if (!read) return Unexpected<SnapshotFault>(read.error());
  if (!sealer_.open(number, head_bytes, seal, frame)) {
    return fault(SnapshotFaultReason::kDamaged,
                 fmt::format("frame {} does not fit its seal", number));
  }
  offset_ += bytes.size() + head->size + seal.size();
  if (head->kind == SnapshotFrameKind::kEnd) return read_end();
  frame_count_ = number;
  return true;
}

Expected<bool, SnapshotFault> SnapshotFileReader::read_end() {
  char beyond = 0;
  const std::optional<size_t> got = read_up_to(file_.get(), &beyond, 1);
  if (!got) return fault(SnapshotFaultReason::kUnreadable, std::strerror(errno));
  if (*got != 0) return fault(SnapshotFaultReason::kDamaged, "it goes on behind its end");
  ended_ = true;
  return false;
}

Expected<void, SnapshotFault> SnapshotFileReader::read_bytes(char* out, size_t size) {
  const std::optional<size_t> got = read_up_to(file_.get(), out, size);
  if (!got) return fault(SnapshotFaultReason::kUnreadable, std::strerror(errno));
  if (*got == size) return {};
  return fault(SnapshotFaultReason::kTruncated,
               fmt::format("it ends within frame {}, or before it", frame_count_ + 1));
}

Unexpected<SnapshotFault> SnapshotFileReader::fault(SnapshotFaultReason reason,
                                                    std::string detail) const {
  return fault_at(reason, path_, offset_, std::move(detail));
}

}  // namespace sieve
