// A RingMask is a set of buckets of a ring: bit (bucket mod size) for each.
//
// Thread safety: plain data.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "correlate/window_shape.h"

namespace sieve {

struct RingMask {
  std::array<uint64_t, kRingWordsMax> words{};

  // The buckets [begin, end) of a ring of `word_count` words; all of them when there are at least
  // as many. REQUIRES: 0 <= begin or end - begin >= 64 * word_count.
  static RingMask of_range(int64_t begin, int64_t end, size_t word_count) {
    RingMask mask;
    const auto size = static_cast<int64_t>(64 * word_count);
    if (end - begin >= size) {
      for (size_t i = 0; i < word_count; ++i) mask.words[i] = ~uint64_t{0};
      return mask;
    }
    for (int64_t bucket = begin; bucket < end;) {
      const auto at = static_cast<uint64_t>(bucket % size);
      const auto run = std::min<int64_t>(end - bucket, static_cast<int64_t>(64 - at % 64));
      const uint64_t ones = run == 64 ? ~uint64_t{0} : (uint64_t{1} << run) - 1;
      mask.words[at / 64] |= ones << at % 64;
      bucket += run;
    }
    return mask;
  }

  bool meets(const uint64_t* bits, size_t word_count) const {
    uint64_t common = 0;
    for (size_t i = 0; i < word_count; ++i) common |= words[i] & bits[i];
    return common != 0;
  }
};

}  // namespace sieve
