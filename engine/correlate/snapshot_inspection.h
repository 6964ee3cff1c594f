// What can be said of a snapshot file without its key, and whether all of it is as it was written.
//
// Thread safety: functions without shared state.
#pragma once

#include <cstdint>
#include <string>

#include "base/expected.h"
#include "correlate/snapshot_file_reader.h"

namespace sieve {

struct SnapshotSummary {
  SnapshotHeader header;
  uint64_t file_bytes = 0;
  uint64_t frame_count = 0;
  uint64_t content_bytes = 0;  // Of all frames.
};

// Reads the header and goes from frame to frame by their sizes, without reading what they hold: of
// a file that is encrypted or damaged, what it says may be wrong. Errors: all but unknown_key and
// foreign.
Expected<SnapshotSummary, SnapshotFault> inspect_snapshot(const std::string& path);

// Reads every frame and checks it. Errors: all but foreign.
Expected<SnapshotSummary, SnapshotFault> verify_snapshot(const std::string& path,
                                                         const SnapshotKeys& keys);

}  // namespace sieve
