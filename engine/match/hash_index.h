// A HashIndex finds what stands under a 64-bit hash: mostly nothing, which a bit filter says at
// once.
//
// Thread safety: const functions may run at the same time.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sieve {

class HashIndex {
 public:
  // REQUIRES: finish() was not called. The hash is well spread in all of its bits.
  void add(uint64_t hash, uint32_t value) { rows_.push_back({hash, value}); }

  void finish() {
    std::sort(rows_.begin(), rows_.end());
    rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
    bits_.resize(std::bit_ceil(kBitsPerRow * rows_.size() / 64 + 1));
    for (const Row& row : rows_) bits_[word_of(row.hash)] |= bit_of(row.hash);
  }

  // Calls `use` with each value under `hash`, in their order. REQUIRES: finish() was called.
  template <class Use>
  void for_each(uint64_t hash, Use use) const {
    if ((bits_[word_of(hash)] & bit_of(hash)) == 0) return;
    auto row = std::lower_bound(rows_.begin(), rows_.end(), Row{hash, 0});
    for (; row != rows_.end() && row->hash == hash; ++row) use(row->value);
  }

 private:
  static constexpr size_t kBitsPerRow = 32;

  struct Row {
    uint64_t hash;
    uint32_t value;
    auto operator<=>(const Row&) const = default;
  };

  static uint64_t bit_of(uint64_t hash) { return uint64_t{1} << (hash & 63); }
  size_t word_of(uint64_t hash) const { return (hash >> 6) & (bits_.size() - 1); }

  std::vector<Row> rows_;
  std::vector<uint64_t> bits_;  // A power of two.
};

}  // namespace sieve
