// Bytes written as hexadecimal digits, by others.
//
// Thread safety: pure function.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace sieve {

// Puts the bytes of `text`, pairs of digits of either case with white space between them, at `out`
// and returns how many there are; nothing when it is no such text. REQUIRES: room for half the size
// of `text`.
std::optional<size_t> read_hex(std::string_view text, char* out);

}  // namespace sieve
