// Entity keys: 64 bits that stand for a number, a sender id, a cell, or a combination of them.
// Equal keys are taken for the same entity everywhere after inspect.
//
// A telephone number (an optional `+` and 1 to 15 digits) is packed: the key can be read back, no
// two numbers collide, and the name need not travel or be stored. Any other name is hashed, which
// the highest bit tells; so is a combination of names.
//
// Thread safety: pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/limits.h"

namespace sieve {

// The key of one name. Never 0. REQUIRES: name is not empty.
uint64_t entity_key(std::string_view name);

// Whether the key is a packed number.
bool is_packed_number(uint64_t key);

// A bijection of 64 bits that spreads keys evenly (packed numbers are anything but).
constexpr uint64_t mix_key(uint64_t key) {
  key ^= key >> 33;
  key *= 0xFF51AFD7ED558CCDULL;
  key ^= key >> 33;
  key *= 0xC4CEB9FE1A85EC53ULL;
  return key ^ (key >> 33);
}

inline constexpr size_t kEntityPartsMax = 3;
using EntityNameBuffer = std::array<char, limits::kFactNameBytesMax>;

struct Entity {
  uint64_t key = 0;
  std::string_view name;  // What a fact carries; refers to the part or to the buffer.
};

// The entity of one to kEntityPartsMax parts, none empty. The name of a combination of numbers is
// packed too, so that it is whole; other names are cut to limits::kFactNameBytesMax bytes.
Entity make_entity(std::span<const std::string_view> parts, EntityNameBuffer& buffer);

// The entity as people know it, parts joined by ",". Any `name` is accepted.
std::string entity_name(uint64_t key, std::string_view name);

}  // namespace sieve
