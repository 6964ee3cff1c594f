// A SnapshotDirectory keeps the snapshots of one pipeline: of each facts partition a series of
// files `state-<partition>.<sequence>.snapshot`, of which the last two that are sound stay.
//
//   auto directory = SnapshotDirectory::open("/var/lib/scamsieve/state");
//   SnapshotLoad load = (*directory)->load_newest(expected, keys, visitor);
//   auto writer = (*directory)->create(header, key);  // ... append frames ...
//   (*directory)->publish(**writer);
//
// Whoever can write a snapshot can make the engine believe anything. So the directory, and each
// file, must belong to this user or to root and must not be writable by others. One process uses a
// directory at a time: it holds the lock of the file `lock`, in which it writes its id.
//
// Thread safety: all functions, as long as no two write snapshots of one facts partition at once.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/descriptor.h"
#include "base/expected.h"
#include "correlate/snapshot_file_reader.h"
#include "correlate/snapshot_file_writer.h"

namespace sieve {

// So many files of a facts partition stay: should the newest be damaged, there is one before it.
inline constexpr size_t kSnapshotsKept = 2;

struct SnapshotName {
  int32_t facts_partition = 0;
  int64_t sequence = 0;
  auto operator<=>(const SnapshotName&) const = default;
};
std::string to_file_name(const SnapshotName& name);
// Nothing for any other name than to_file_name() makes.
std::optional<SnapshotName> parse_snapshot_name(std::string_view file_name);

// What a snapshot must be of to be loaded.
struct SnapshotExpectation {
  std::string exchange;
  std::string pipeline;
  int32_t facts_partition = 0;
  int32_t facts_partition_count = 1;
  uint32_t content_version = 0;
};

// Why what a snapshot holds is of no use, although the file is sound.
struct SnapshotRefusal {
  SnapshotFaultReason reason = SnapshotFaultReason::kForeign;
  std::string detail;
};

// What is made of a snapshot while it is read. An error refuses the file.
class SnapshotVisitor {
 public:
  virtual ~SnapshotVisitor() = default;
  virtual Expected<void, SnapshotRefusal> begin(const SnapshotHeader& header) = 0;
  // `bytes` hold until this returns.
  virtual Expected<void, SnapshotRefusal> frame(std::string_view bytes) = 0;
  // That was the last frame.
  virtual Expected<void, SnapshotRefusal> end() = 0;
  // The file was refused: what was made of it since begin() is to be thrown away.
  virtual void forget() = 0;
};

struct SnapshotLoad {
  std::optional<SnapshotHeader> header;  // Of the file that was loaded, if any was.
  std::vector<SnapshotFault> refused;    // The files that are newer, and why they were not.
};

class SnapshotDirectory {
 public:
  // Makes `path` if need be, takes its lock, and removes what a process that died left unfinished.
  // Errors: directory_unusable, directory_in_use.
  static Expected<std::unique_ptr<SnapshotDirectory>, SnapshotError> open(const std::string& path);

  // Of one facts partition, newest first.
  std::vector<SnapshotName> list(int32_t facts_partition) const;

  // Gives `visitor` the newest snapshot that is sound and meets `expected`.
  SnapshotLoad load_newest(const SnapshotExpectation& expected, const SnapshotKeys& keys,
                           SnapshotVisitor& visitor);

  // Begins the next snapshot of the header's facts partition: its sequence is set here. Null `key`:
  // in clear.
  Expected<std::unique_ptr<SnapshotFileWriter>, SnapshotError> create(SnapshotHeader header,
                                                                      const SnapshotKey* key);
  // Finishes and publishes, and then removes what is older than the last two, of which those that
  // load_newest() refused are none.
  [[nodiscard]] SnapshotFileWriter::Result publish(SnapshotFileWriter& writer);

 private:
  SnapshotDirectory(std::string path, Descriptor directory, Descriptor lock)
      : path_(std::move(path)), directory_(std::move(directory)), lock_(std::move(lock)) {}
  Expected<SnapshotHeader, SnapshotFault> load(const SnapshotName& name,
                                               const SnapshotExpectation& expected,
                                               const SnapshotKeys& keys, SnapshotVisitor& visitor);
  Expected<SnapshotFileReader, SnapshotFault> open_file(const std::string& name,
                                                        const SnapshotKeys& keys) const;
  void remove_temporary_files() const;
  void prune(int32_t facts_partition);

  // Constant after construction.
  const std::string path_;
  const Descriptor directory_;
  const Descriptor lock_;  // Holds the lock for as long as it is open.

  std::mutex mutex_;
  std::set<SnapshotName> refused_;  // Guarded by mutex_.
};

// The snapshots in the directory at `path`, whosever it is: by facts partition, newest first. The
// error is one sentence.
Expected<std::vector<SnapshotName>, std::string> list_snapshots(const std::string& path);

}  // namespace sieve
