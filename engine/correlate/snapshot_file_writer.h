// A SnapshotFileWriter writes one snapshot beside its place and puts it there when it is whole: a
// reader sees all of it or none, whenever this process or the machine stops.
//
//   auto writer = SnapshotFileWriter::create(place, header, key);
//   (*writer)->append(frame);  // As often as there are frames.
//   (*writer)->finish();       // On the disk, under its temporary name.
//   (*writer)->publish();      // Under its own.
//
// Every step tells whether it worked; after one that did not, the file is gone and the others fail
// with the same reason. Without publish() nothing is left but what was there before.
//
// Thread safety: none; it may be handed from one thread to another.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "base/expected.h"
#include "correlate/snapshot_seal.h"

namespace sieve {

struct SnapshotPlace {
  int directory = -1;  // Open; not kept.
  std::string directory_path;
  std::string name;
};

class SnapshotFileWriter {
 public:
  using Result = Expected<void, SnapshotError>;

  // Makes `name`.tmp, which must not be there, for this user alone, and writes the header with what
  // only the writer knows filled in. Null `key`: in clear.
  static Expected<std::unique_ptr<SnapshotFileWriter>, SnapshotError> create(
      const SnapshotPlace& place, SnapshotHeader header, const SnapshotKey* key);
  ~SnapshotFileWriter() { abandon(); }
  SnapshotFileWriter(const SnapshotFileWriter&) = delete;
  SnapshotFileWriter& operator=(const SnapshotFileWriter&) = delete;

  const SnapshotHeader& header() const { return header_; }
  uint64_t frame_count() const { return frame_count_; }
  uint64_t file_bytes() const { return file_bytes_; }

  // REQUIRES: at most kSnapshotFrameBytesMax, and not behind finish().
  [[nodiscard]] Result append(std::string_view frame);
  // Writes the end and waits until everything is on the disk.
  [[nodiscard]] Result finish();
  // REQUIRES: finish() worked.
  [[nodiscard]] Result publish();
  // Removes what was written, unless it was published.
  void abandon();

 private:
  SnapshotFileWriter(Descriptor directory, Descriptor file, const SnapshotPlace& place,
                     SnapshotHeader header, const SnapshotKey* key);
  Result write_header();
  Result write_frame(SnapshotFrameKind kind, std::string_view body);
  Result write(std::string_view head, std::string_view body, const SnapshotSeal& seal);
  Result fail(int error_number);

  // Constant after construction.
  const Descriptor directory_;
  const std::string name_;
  const std::string path_;
  const SnapshotHeader header_;

  SnapshotSealer sealer_;
  Descriptor file_;  // Open until it is published or abandoned.
  uint64_t frame_count_ = 0;
  uint64_t file_bytes_ = 0;
  bool finished_ = false;
  std::optional<SnapshotError> error_;
};

}  // namespace sieve
