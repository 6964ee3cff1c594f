// Hashes by xxHash (XXH3): fast, well spread, stable across machines and versions; not for secrets.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sieve {

struct Hash128 {
  uint64_t high = 0;
  uint64_t low = 0;
  auto operator<=>(const Hash128&) const = default;
};

uint64_t hash64(std::string_view bytes, uint64_t seed = 0);
Hash128 hash128(std::string_view bytes);

// 32 lower-case hexadecimal digits.
std::string to_hex(Hash128 hash);

}  // namespace sieve
