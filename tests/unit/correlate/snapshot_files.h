// What tests of snapshot files share: a header, keys, and whole files in memory.
//
// Thread safety: none.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/descriptor.h"
#include "correlate/snapshot_directory.h"
#include "unit/stream/temporary_directory.h"

namespace sieve {

inline SnapshotKey test_key(uint8_t first = 1) {
  std::array<uint8_t, 32> bytes{};
  bytes.fill(0x5A);
  bytes[0] = first;
  return snapshot_key(bytes);
}

inline SnapshotHeader test_header(int32_t facts_partition = 0) {
  SnapshotHeader header;
  header.engine_version = "0.1.0";
  header.exchange = "kafka";
  header.pipeline = "sieve";
  header.bundle = "0123abcd";
  header.facts_partition = facts_partition;
  header.facts_partition_count = 4;
  header.content_version = 3;
  header.sequence = 7;
  header.taken_at = {1'767'600'000'000};
  header.clock = {1'767'599'990'000};
  return header;
}

inline SnapshotExpectation test_expectation(int32_t facts_partition = 0) {
  return {"kafka", "sieve", facts_partition, 4, 3};
}

inline Descriptor open_directory(const std::string& path) {
  return Descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

// Writes and publishes `name` in `directory`.
inline void write_snapshot(const TemporaryDirectory& directory, const std::string& name,
                           const std::vector<std::string>& frames, const SnapshotKey* key) {
  const std::string path = directory.path(".");
  const Descriptor opened = open_directory(path);
  auto writer = SnapshotFileWriter::create({opened.get(), path, name}, test_header(), key);
  ASSERT_TRUE(writer) << writer.error().message;
  for (const std::string& frame : frames) ASSERT_TRUE((*writer)->append(frame));
  ASSERT_TRUE((*writer)->finish());
  ASSERT_TRUE((*writer)->publish());
}

// The bytes of a whole file with these frames.
inline std::string snapshot_bytes(const std::vector<std::string>& frames, const SnapshotKey* key) {
  const TemporaryDirectory directory;
  write_snapshot(directory, "a", frames, key);
  return directory.read("a");
}

inline Descriptor file_of(std::string_view bytes) {
  Descriptor file(::memfd_create("snapshot", MFD_CLOEXEC));
  SIEVE_CHECK(file.is_open() && write_all(file.get(), bytes), "no file in memory");
  ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

struct ReadSnapshot {
  SnapshotHeader header;
  std::vector<std::string> frames;
};

inline Expected<ReadSnapshot, SnapshotFault> read_snapshot(std::string_view bytes,
                                                           const SnapshotKeys& keys) {
  auto reader = SnapshotFileReader::adopt(file_of(bytes), "a", keys);
  if (!reader) return Unexpected<SnapshotFault>(reader.error());
  ReadSnapshot read{reader->header(), {}};
  std::string frame;
  auto more = reader->next(frame);
  for (; more && *more; more = reader->next(frame)) read.frames.push_back(frame);
  if (!more) return Unexpected<SnapshotFault>(more.error());
  return read;
}

}  // namespace sieve
