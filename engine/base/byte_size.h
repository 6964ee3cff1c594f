// Sizes of memory and files as people write them: a whole number and `B`, `KiB`, `MiB` or `GiB`.
//
// Thread safety: pure functions. Units: bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sieve {

// A whole number and one unit, without a space: `64MiB`, `1GiB`. Nothing else: a bare number could
// be meant in any unit, and `MB` in two.
std::optional<uint64_t> parse_byte_size(std::string_view text);

// The shortest form that parses back: `64MiB`, `1GiB`, `1500B`.
std::string format_byte_size(uint64_t bytes);

}  // namespace sieve
