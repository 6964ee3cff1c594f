#include "base/arena.h"

#include <algorithm>

namespace sieve {
namespace {
constexpr size_t kBlockBytes = size_t{64} << 10;
}  // namespace

void Arena::reset() {
  next_block_ = 0;
  at_ = nullptr;
  left_ = 0;
}

void Arena::grow(size_t size) {
  while (next_block_ < blocks_.size() && blocks_[next_block_].size < size) ++next_block_;
  if (next_block_ == blocks_.size()) {
    const size_t bytes = std::max(size, kBlockBytes);
    blocks_.push_back({std::make_unique_for_overwrite<char[]>(bytes), bytes});
  }
  at_ = blocks_[next_block_].bytes.get();
  left_ = blocks_[next_block_].size;
  ++next_block_;
}

}  // namespace sieve
