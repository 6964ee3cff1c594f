// How integers stand in fact blocks and in records of the facts topic: fixed ones little-endian,
// varints as LEB128. Private to correlate.
//
// Thread safety: pure functions. Errors: false when the bytes end early or a value has more bits
// than its field may.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/byte_codec.h"

namespace sieve {

constexpr size_t varint_bytes(int bits) { return static_cast<size_t>(bits + 6) / 7; }

constexpr bool fits_bits(uint64_t value, int bits) { return value >> bits == 0; }

inline void put_fixed(std::string& out, uint64_t value, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

// One value of at most `bits` bits, taken from the front of `rest`.
inline bool take_varint(std::string_view& rest, int bits, uint64_t& value) {
  value = 0;
  for (int shift = 0; shift < bits && !rest.empty(); shift += 7) {
    const auto byte = static_cast<uint8_t>(rest.front());
    rest.remove_prefix(1);
    value |= uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) return fits_bits(value, bits);
  }
  return false;
}

inline bool take_fixed(std::string_view& rest, size_t bytes, uint64_t& value) {
  if (rest.size() < bytes) return false;
  value = 0;
  for (size_t i = 0; i < bytes; ++i) {
    value |= uint64_t{static_cast<uint8_t>(rest[i])} << (8 * i);
  }
  rest.remove_prefix(bytes);
  return true;
}

// `size` bytes from the front of `rest`.
inline bool take_bytes(std::string_view& rest, size_t size, std::string_view& bytes) {
  if (rest.size() < size) return false;
  bytes = rest.substr(0, size);
  rest.remove_prefix(size);
  return true;
}

}  // namespace sieve
