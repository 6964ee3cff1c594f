// Random is the generator's only source of chance: the same seed gives the same numbers on every
// machine and compiler (no std distribution, no libm, no fused arithmetic).
//
// Thread safety: none; one Random per thread. Not for secrets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace sieve::traffic {

// A well mixed function of `x` (the finaliser of splitmix64): attributes of a person are mix() of
// seed and index, so that nothing needs to be stored per person.
constexpr uint64_t mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

// xoshiro256** (D. Blackman, S. Vigna).
class Random {
 public:
  explicit Random(uint64_t seed);

  uint64_t next();

  // 0 .. bound - 1. REQUIRES: bound > 0. The bias is below 2^-32 times `bound`.
  uint32_t below(uint32_t bound) {
    return static_cast<uint32_t>(((next() >> 32) * uint64_t{bound}) >> 32);
  }
  // first .. last, both included. REQUIRES: first <= last, fewer than 2^32 values.
  int64_t range(int64_t first, int64_t last) {
    return first + static_cast<int64_t>(below(static_cast<uint32_t>(last - first + 1)));
  }
  // At least 0 and less than 1.
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  bool chance(double probability) { return unit() < probability; }

  // Mean 0, deviation 1 (sum of twelve uniforms: never beyond 6).
  double normal();
  // Half of the values are below `median`; log(value) has deviation `sigma`.
  double log_normal(double median, double sigma);

  // REQUIRES: not empty.
  template <class T, size_t kSize>
  const T& pick(std::span<const T, kSize> values) {
    return values[below(static_cast<uint32_t>(values.size()))];
  }
  // An index with the given integer weights. REQUIRES: a positive sum.
  size_t weighted(std::span<const uint32_t> weights);

 private:
  uint64_t state_[4];
};

// A Random of its own for one purpose, so that more draws in one part do not shift the others.
Random random_for(uint64_t seed, std::string_view purpose);

}  // namespace sieve::traffic
