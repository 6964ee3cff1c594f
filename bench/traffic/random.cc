#include "traffic/random.h"

#include "base/hash.h"

namespace sieve::traffic {
namespace {

uint64_t rotate_left(uint64_t x, int count) { return (x << count) | (x >> (64 - count)); }

// e^x for |x| < 20 by additions and multiplications only, which round alike everywhere.
double exponential(double x) {
  constexpr double kLog2 = 0.693147180559945309;
  int power = static_cast<int>(x / kLog2);
  if (x < 0) --power;
  const double rest = x - power * kLog2;
  double sum = 1;
  for (int i = 12; i > 0; --i) sum = 1 + sum * rest / i;
  for (; power > 0; --power) sum *= 2;
  for (; power < 0; ++power) sum /= 2;
  return sum;
}

}  // namespace

Random::Random(uint64_t seed) {
  for (uint64_t& word : state_) {
    seed = mix(seed);
    word = seed;
  }
}

uint64_t Random::next() {
  const uint64_t result = rotate_left(state_[1] * 5, 7) * 9;
  const uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = rotate_left(state_[3], 45);
  return result;
}

double Random::normal() {
  int64_t sum = 0;
  for (int i = 0; i < 3; ++i) {
    const uint64_t bits = next();
    for (int part = 0; part < 64; part += 16) sum += static_cast<int64_t>((bits >> part) & 0xffff);
  }
  return static_cast<double>(sum) / 65'536 - 6;
}

double Random::log_normal(double median, double sigma) {
  return median * exponential(sigma * normal());
}

size_t Random::weighted(std::span<const uint32_t> weights) {
  uint32_t sum = 0;
  for (const uint32_t weight : weights) sum += weight;
  uint32_t left = below(sum);
  size_t index = 0;
  while (left >= weights[index]) left -= weights[index++];
  return index;
}

Random random_for(uint64_t seed, std::string_view purpose) {
  return Random(mix(seed) ^ hash64(purpose));
}

}  // namespace sieve::traffic
