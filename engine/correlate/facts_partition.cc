#include "correlate/facts_partition.h"

#include <array>

namespace sieve {
namespace {

constexpr uint32_t kMultiplier = 0x5BD1E995;
constexpr uint32_t kSeed = 0x9747B28C;

uint32_t byte_at(std::string_view bytes, size_t at) { return static_cast<uint8_t>(bytes[at]); }

}  // namespace

uint32_t murmur2(std::string_view bytes) {
  uint32_t hash = kSeed ^ static_cast<uint32_t>(bytes.size());
  size_t at = 0;
  for (; at + 4 <= bytes.size(); at += 4) {
    uint32_t word = byte_at(bytes, at) | byte_at(bytes, at + 1) << 8 |
                    byte_at(bytes, at + 2) << 16 | byte_at(bytes, at + 3) << 24;
    word *= kMultiplier;
    word ^= word >> 24;
    hash = hash * kMultiplier ^ word * kMultiplier;
  }
  if (at < bytes.size()) {
    for (size_t i = bytes.size(); i > at; --i) hash ^= byte_at(bytes, i - 1) << (8 * (i - 1 - at));
    hash *= kMultiplier;
  }
  hash = (hash ^ hash >> 13) * kMultiplier;
  return hash ^ hash >> 15;
}

size_t facts_partition_of(uint64_t key, size_t partition_count) {
  std::array<char, 8> bytes;
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(key >> (8 * i));
  // As the partitioner: the sign is left out.
  return (murmur2({bytes.data(), bytes.size()}) & 0x7FFFFFFF) % partition_count;
}

}  // namespace sieve
