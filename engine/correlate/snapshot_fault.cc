#include "correlate/snapshot_fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/check.h"

namespace sieve {
namespace {

struct FaultText {
  SnapshotFaultReason reason;
  std::string_view name;
  std::string_view advice;
};

constexpr std::array<FaultText, kSnapshotFaultReasons.size()> kFaultTexts = {{
    {SnapshotFaultReason::kNotASnapshot, "not_a_snapshot",
     "it was not written by scamsieve: take it out of the directory, or correct the path"},
    {SnapshotFaultReason::kUnknownFormat, "unknown_format",
     "another version wrote it: start that version, or take the file away to begin without it"},
    {SnapshotFaultReason::kTruncated, "truncated",
     "it was not copied or written to its end: copy it again, or use the one before it"},
    {SnapshotFaultReason::kDamaged, "damaged",
     "it has changed since it was written: check the disk, and use the one before it"},
    {SnapshotFaultReason::kUnknownKey, "unknown_key",
     "add the key that it was encrypted with behind the present one"},
    {SnapshotFaultReason::kForeign, "foreign",
     "it belongs to another pipeline or layout: correct the configuration or the directory, or "
     "take the file away"},
    {SnapshotFaultReason::kUnreadable, "unreadable", "mend what the reason says"},
}};

const FaultText& text_of(SnapshotFaultReason reason) {
  const auto* found = std::find_if(kFaultTexts.begin(), kFaultTexts.end(),
                                   [&](const FaultText& text) { return text.reason == reason; });
  SIEVE_CHECK(found != kFaultTexts.end(), "no such reason: {}", static_cast<int>(reason));
  return *found;
}

}  // namespace

std::string_view snapshot_fault_name(SnapshotFaultReason reason) { return text_of(reason).name; }

std::string_view snapshot_fault_advice(SnapshotFaultReason reason) {
  return text_of(reason).advice;
}

std::string describe(const SnapshotFault& fault) {
  return fmt::format("{}: {} at byte {}: {}; {}", fault.path, snapshot_fault_name(fault.reason),
                     fault.offset, fault.detail, snapshot_fault_advice(fault.reason));
}

std::string_view snapshot_error_name(SnapshotErrorReason reason) {
  switch (reason) {
    case SnapshotErrorReason::kFileUnwritable:
      break;
    case SnapshotErrorReason::kDiskFull:
      return "disk_full";
    case SnapshotErrorReason::kDirectoryUnusable:
      return "directory_unusable";
    case SnapshotErrorReason::kDirectoryInUse:
      return "directory_in_use";
  }
  return "file_unwritable";
}

SnapshotError unwritable_snapshot(const std::string& path, int error_number) {
  const bool full = error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG;
  return {full ? SnapshotErrorReason::kDiskFull : SnapshotErrorReason::kFileUnwritable,
          fmt::format("cannot write {}: {}", path, std::strerror(error_number))};
}

}  // namespace sieve
