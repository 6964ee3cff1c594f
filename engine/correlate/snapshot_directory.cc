#include "correlate/snapshot_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "base/private_directory.h"

namespace sieve {
namespace {

constexpr std::string_view kPrefix = "state-";
constexpr std::string_view kSuffix = ".snapshot";
constexpr std::string_view kTemporarySuffix = ".snapshot.tmp";
constexpr char kLockName[] = "lock";
// Sequences beyond are nothing that an engine counted up to.
constexpr int64_t kSequenceMax = int64_t{1} << 53;

template <class T>
std::optional<T> parse_count(std::string_view text) {
  T value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || value < 0) return {};
  return value;
}

bool is_before(const SnapshotName& a, const SnapshotName& b) {
  if (a.facts_partition != b.facts_partition) return a.facts_partition < b.facts_partition;
  return a.sequence > b.sequence;
}

std::vector<SnapshotName> names_in(int directory) {
  std::vector<SnapshotName> names;
  for (const DirectoryEntry& entry : directory_entries(directory, kSuffix)) {
    if (const auto name = parse_snapshot_name(entry.name)) names.push_back(*name);
  }
  std::sort(names.begin(), names.end(), is_before);
  return names;
}

Unexpected<SnapshotError> unusable(const std::string& path, std::string_view reason) {
  return Unexpected<SnapshotError>({SnapshotErrorReason::kDirectoryUnusable,
                                    fmt::format("cannot keep snapshots in {}: {}", path, reason)});
}

// The lock file, locked.
Expected<Descriptor, SnapshotError> take_lock(int directory, const std::string& path) {
  constexpr int kFlags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  Descriptor lock(::openat(directory, kLockName, kFlags, S_IRUSR | S_IWUSR));
  if (!lock.is_open()) return unusable(path, std::strerror(errno));
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) {
    const std::string id = fmt::format("{}\n", ::getpid());
    // Who holds it is for people; the lock does not depend on it.
    if (::ftruncate(lock.get(), 0) == 0) write_all(lock.get(), id);
    return lock;
  }
  if (errno != EWOULDBLOCK) return unusable(path, std::strerror(errno));
  const std::string id = read_all(lock.get(), 64).value_or("");
  const auto holder = parse_count<int64_t>(std::string_view(id).substr(0, id.find('\n')));
  return Unexpected<SnapshotError>(
      {SnapshotErrorReason::kDirectoryInUse,
       fmt::format("{} is in use by {}: give each process a directory of its own", path,
                   holder ? fmt::format("process {}", *holder) : "another process")});
}

// How `header`, of the file `name`, is other than expected; empty when it is not.
std::string foreign_in(const SnapshotHeader& header, const SnapshotName& name,
                       const SnapshotExpectation& expected) {
  if (header.facts_partition != name.facts_partition || header.sequence != name.sequence) {
    return fmt::format("it was written as {}",
                       to_file_name({header.facts_partition, header.sequence}));
  }
  if (header.exchange != expected.exchange) {
    return fmt::format("its exchange is `{}`, not `{}`", header.exchange, expected.exchange);
  }
  if (header.pipeline != expected.pipeline) {
    return fmt::format("its pipeline is `{}`, not `{}`", header.pipeline, expected.pipeline);
  }
  if (header.facts_partition_count != expected.facts_partition_count) {
    return fmt::format("it is of {} facts partitions, not {}", header.facts_partition_count,
                       expected.facts_partition_count);
  }
  return {};
}

// Why a file that is sound is not taken.
Expected<void, SnapshotRefusal> check_expected(const SnapshotHeader& header,
                                               const SnapshotName& name,
                                               const SnapshotExpectation& expected) {
  if (std::string foreign = foreign_in(header, name, expected); !foreign.empty()) {
    return Unexpected<SnapshotRefusal>({SnapshotFaultReason::kForeign, std::move(foreign)});
  }
  if (header.content_version != expected.content_version) {
    return Unexpected<SnapshotRefusal>(
        {SnapshotFaultReason::kUnknownFormat,
         fmt::format("its content is of version {} (scamsieve {}), this engine reads {}",
                     header.content_version, header.engine_version, expected.content_version)});
  }
  return {};
}

Expected<void, SnapshotFault> visit(SnapshotFileReader& reader, const std::string& path,
                                    SnapshotVisitor& visitor) {
  const auto refuse = [&](SnapshotRefusal refusal, uint64_t offset) {
    return Unexpected<SnapshotFault>({refusal.reason, path, offset, std::move(refusal.detail)});
  };
  if (auto begun = visitor.begin(reader.header()); !begun) return refuse(begun.error(), 0);
  std::string frame;
  while (true) {
    const uint64_t offset = reader.offset();
    const auto more = reader.next(frame);
    if (!more) return Unexpected<SnapshotFault>(more.error());
    if (!*more) break;
    if (auto taken = visitor.frame(frame); !taken) return refuse(taken.error(), offset);
  }
  if (auto ended = visitor.end(); !ended) return refuse(ended.error(), reader.offset());
  return {};
}

}  // namespace

std::string to_file_name(const SnapshotName& name) {
  return fmt::format("{}{}.{}{}", kPrefix, name.facts_partition, name.sequence, kSuffix);
}

std::optional<SnapshotName> parse_snapshot_name(std::string_view file_name) {
  if (!file_name.starts_with(kPrefix) || !file_name.ends_with(kSuffix) ||
      file_name.size() < kPrefix.size() + kSuffix.size()) {
    return {};
  }
  const std::string_view counts =
      file_name.substr(kPrefix.size(), file_name.size() - kPrefix.size() - kSuffix.size());
  const size_t dot = counts.find('.');
  if (dot == std::string_view::npos) return {};
  const auto partition = parse_count<int32_t>(counts.substr(0, dot));
  const auto sequence = parse_count<int64_t>(counts.substr(dot + 1));
  if (!partition || !sequence || *sequence > kSequenceMax) return {};
  const SnapshotName name{*partition, *sequence};
  // `00` is a number, too, but not the name of a file of ours.
  if (to_file_name(name) != file_name) return {};
  return name;
}

Expected<std::vector<SnapshotName>, std::string> list_snapshots(const std::string& path) {
  const Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.is_open()) {
    return Unexpected<std::string>(fmt::format("cannot list {}: {}", path, std::strerror(errno)));
  }
  return names_in(directory.get());
}

Expected<std::unique_ptr<SnapshotDirectory>, SnapshotError> SnapshotDirectory::open(
    const std::string& path) {
  make_private_directory(path);
  Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  struct stat status {};
  if (!directory.is_open() || ::fstat(directory.get(), &status) != 0) {
    return unusable(path, std::strerror(errno));
  }
  const std::string_view unsafe = writable_by_others(status);
  if (!unsafe.empty()) return unusable(path, unsafe);
  auto lock = take_lock(directory.get(), path);
  if (!lock) return Unexpected<SnapshotError>(lock.error());
  std::unique_ptr<SnapshotDirectory> opened(
      new SnapshotDirectory(path, std::move(directory), std::move(*lock)));
  opened->remove_temporary_files();
  return opened;
}

std::vector<SnapshotName> SnapshotDirectory::list(int32_t facts_partition) const {
  std::vector<SnapshotName> names = names_in(directory_.get());
  std::erase_if(names,
                [&](const SnapshotName& name) { return name.facts_partition != facts_partition; });
  return names;
}

SnapshotLoad SnapshotDirectory::load_newest(const SnapshotExpectation& expected,
                                            const SnapshotKeys& keys, SnapshotVisitor& visitor) {
  SnapshotLoad result;
  for (const SnapshotName& name : list(expected.facts_partition)) {
    auto header = load(name, expected, keys, visitor);
    if (header) {
      result.header = std::move(*header);
      break;
    }
    result.refused.push_back(header.error());
    const std::lock_guard lock(mutex_);
    refused_.insert(name);
  }
  return result;
}

Expected<SnapshotHeader, SnapshotFault> SnapshotDirectory::load(const SnapshotName& name,
                                                                const SnapshotExpectation& expected,
                                                                const SnapshotKeys& keys,
                                                                SnapshotVisitor& visitor) {
  const std::string path = path_ + "/" + to_file_name(name);
  auto reader = open_file(to_file_name(name), keys);
  if (!reader) return Unexpected<SnapshotFault>(reader.error());
  if (auto accepted = check_expected(reader->header(), name, expected); !accepted) {
    return Unexpected<SnapshotFault>(
        {accepted.error().reason, path, kSnapshotPreambleBytes, accepted.error().detail});
  }
  if (auto visited = visit(*reader, path, visitor); !visited) {
    visitor.forget();
    return Unexpected<SnapshotFault>(visited.error());
  }
  return reader->header();
}

Expected<SnapshotFileReader, SnapshotFault> SnapshotDirectory::open_file(
    const std::string& name, const SnapshotKeys& keys) const {
  // Not to wait for a writer, should it be a pipe.
  constexpr int kFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  const std::string path = path_ + "/" + name;
  Descriptor file(::openat(directory_.get(), name.c_str(), kFlags));
  struct stat status {};
  std::string reason;
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) {
    reason = std::strerror(errno);
  } else if (const std::string_view unsafe = writable_by_others(status); !unsafe.empty()) {
    reason = fmt::format("it {}", unsafe);
  }
  if (reason.empty()) return SnapshotFileReader::adopt(std::move(file), path, keys);
  return Unexpected<SnapshotFault>({SnapshotFaultReason::kUnreadable, path, 0, reason});
}

Expected<std::unique_ptr<SnapshotFileWriter>, SnapshotError> SnapshotDirectory::create(
    SnapshotHeader header, const SnapshotKey* key) {
  const std::vector<SnapshotName> names = list(header.facts_partition);
  header.sequence = names.empty() ? 1 : names.front().sequence + 1;
  const std::string name = to_file_name({header.facts_partition, header.sequence});
  return SnapshotFileWriter::create({directory_.get(), path_, name}, std::move(header), key);
}

SnapshotFileWriter::Result SnapshotDirectory::publish(SnapshotFileWriter& writer) {
  if (auto finished = writer.finish(); !finished) return finished;
  if (auto published = writer.publish(); !published) return published;
  prune(writer.header().facts_partition);
  return {};
}

// The lock is held, so nobody is writing them.
void SnapshotDirectory::remove_temporary_files() const {
  for (const DirectoryEntry& left : directory_entries(directory_.get(), kTemporarySuffix)) {
    ::unlinkat(directory_.get(), left.name.c_str(), 0);
  }
}

void SnapshotDirectory::prune(int32_t facts_partition) {
  size_t kept = 0;
  const std::lock_guard lock(mutex_);
  for (const SnapshotName& name : list(facts_partition)) {
    if (kept < kSnapshotsKept) {
      if (!refused_.contains(name)) ++kept;
      continue;
    }
    ::unlinkat(directory_.get(), to_file_name(name).c_str(), 0);
    refused_.erase(name);
  }
}

}  // namespace sieve
