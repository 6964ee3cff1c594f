// What goes wrong with snapshot files, as values: a SnapshotFault is why one is not read, a
// SnapshotError why one is not written. Names are stable: they are labels of metrics.
//
// Thread safety: values and pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sieve {

enum class SnapshotFaultReason : uint8_t {
  kNotASnapshot,   // Something else.
  kUnknownFormat,  // Of a version that this engine does not read.
  kTruncated,      // Its end is missing.
  kDamaged,        // Its bytes are not those that were written.
  kUnknownKey,     // It is encrypted, and its key is not among those given.
  kForeign,        // Sound, but of other state than is asked for.
  kUnreadable,     // The system does not give its bytes, or others could have written them.
};
inline constexpr std::array kSnapshotFaultReasons = {
    SnapshotFaultReason::kNotASnapshot, SnapshotFaultReason::kUnknownFormat,
    SnapshotFaultReason::kTruncated,    SnapshotFaultReason::kDamaged,
    SnapshotFaultReason::kUnknownKey,   SnapshotFaultReason::kForeign,
    SnapshotFaultReason::kUnreadable};

struct SnapshotFault {
  SnapshotFaultReason reason = SnapshotFaultReason::kUnreadable;
  std::string path;
  uint64_t offset = 0;  // Byte of the file where it shows.
  std::string detail;   // What was found there: a clause, without a full stop.
};

// `truncated`
std::string_view snapshot_fault_name(SnapshotFaultReason reason);
// What an operator does about it: a clause, without a full stop.
std::string_view snapshot_fault_advice(SnapshotFaultReason reason);
// `state-0.7.snapshot: truncated at byte 4096: it ends within frame 3; it was not written to ...`
std::string describe(const SnapshotFault& fault);

enum class SnapshotErrorReason : uint8_t {
  kFileUnwritable,
  kDiskFull,           // Or the quota, or the limit of a file's size, is used up.
  kDirectoryUnusable,  // Missing, no directory, or others could write it.
  kDirectoryInUse,     // By another process.
};

struct SnapshotError {
  SnapshotErrorReason reason = SnapshotErrorReason::kFileUnwritable;
  std::string message;  // `cannot write /state/state-0.7.snapshot: No space left on device`
};

// `disk_full`
std::string_view snapshot_error_name(SnapshotErrorReason reason);
// Of a file that could not be written: `error_number` is the system's reason.
SnapshotError unwritable_snapshot(const std::string& path, int error_number);

}  // namespace sieve
