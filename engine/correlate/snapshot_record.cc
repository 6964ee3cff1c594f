#include "correlate/snapshot_record.h"

namespace sieve {
namespace {

constexpr size_t kHeadSize = 1 + sizeof(uint32_t);

}  // namespace

void SnapshotRecords::add(std::string_view frame) {
  bytes_.erase(0, at_);
  at_ = 0;
  bytes_ += frame;
}

bool SnapshotRecords::next(SnapshotTag& tag, std::string_view& content) {
  if (left() < kHeadSize) return false;
  uint32_t size = 0;
  std::memcpy(&size, &bytes_[at_ + 1], sizeof size);
  if (left() - kHeadSize < size) return false;
  tag = static_cast<SnapshotTag>(bytes_[at_]);
  content = std::string_view(bytes_).substr(at_ + kHeadSize, size);
  at_ += kHeadSize + size;
  return true;
}

}  // namespace sieve
