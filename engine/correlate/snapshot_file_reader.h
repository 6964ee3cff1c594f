// A SnapshotFileReader gives back the frames of a snapshot file, each only after its seal was found
// right. That the file is whole is known only at its end: until next() says so, what was made of
// the frames must be ready to be thrown away.
//
//   auto reader = SnapshotFileReader::open(path, keys);
//   std::string frame;
//   auto more = reader->next(frame);
//   for (; more && *more; more = reader->next(frame)) use(frame);
//   if (!more) throw_away(more.error());
//
// A file in clear is read whether or not keys are given, so that turning encryption on loses no
// state: what protects against forgery is who may write the directory (snapshot_directory.h).
//
// Thread safety: none. Allocates only when frames grow.
#pragma once

#include <optional>
#include <string>

#include "base/descriptor.h"
#include "base/expected.h"
#include "correlate/snapshot_seal.h"

namespace sieve {

// The header as it stands at the beginning of `file`, checked for its form alone: its seal, with
// which it can be checked, is left to the caller.
struct StoredSnapshotHeader {
  SnapshotHeader header;
  std::string bytes;  // What the seal covers.
  SnapshotSeal seal{};
};
// Errors: as read_preamble() and read_fields() have them, truncated, unreadable.
Expected<StoredSnapshotHeader, SnapshotFault> read_stored_header(int file, const std::string& path);

class SnapshotFileReader {
 public:
  // Reads the header. Errors: any but foreign.
  static Expected<SnapshotFileReader, SnapshotFault> open(const std::string& path,
                                                          const SnapshotKeys& keys);
  // The same of an open file; `path` is for faults.
  static Expected<SnapshotFileReader, SnapshotFault> adopt(Descriptor file, std::string path,
                                                           const SnapshotKeys& keys);

  const SnapshotHeader& header() const { return header_; }
  // Frames given so far.
  uint64_t frame_count() const { return frame_count_; }
  // Byte of the file where the next frame begins.
  uint64_t offset() const { return offset_; }

  // True: `frame` is the next one. False: there are no more, and the file is whole. After an error,
  // the same again.
  [[nodiscard]] Expected<bool, SnapshotFault> next(std::string& frame);

 private:
  SnapshotFileReader(Descriptor file, std::string path, StoredSnapshotHeader stored,
                     const SnapshotKey* key);
  Expected<bool, SnapshotFault> read_frame(std::string& frame);
  Expected<bool, SnapshotFault> read_end();
  Expected<void, SnapshotFault> read_bytes(char* out, size_t size);
  Unexpected<SnapshotFault> fault(SnapshotFaultReason reason, std::string detail) const;

  Descriptor file_;
  std::string path_;
  SnapshotHeader header_;
  SnapshotSealer sealer_;
  uint64_t offset_ = 0;
  uint64_t frame_count_ = 0;
  bool ended_ = false;
  std::optional<SnapshotFault> fault_;
};

}  // namespace sieve
