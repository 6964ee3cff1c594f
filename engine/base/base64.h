// Base64 (RFC 4648) for bytes that have no place in JSON text.
//
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sieve {

// As section 4 has it: with padding, without line breaks.
std::string encode_base64(std::string_view bytes);

// The bytes, or nothing when `text` is not canonical base64 with padding.
std::optional<std::string> decode_base64(std::string_view text);

// Reads what others wrote: the alphabet of section 4 or of section 5 (`-` and `_`), padded or not,
// with white space anywhere. Puts the bytes at `out` and returns how many there are; nothing when
// `text` is no base64. REQUIRES: room for three quarters of the size of `text`.
std::optional<size_t> read_base64(std::string_view text, char* out);

}  // namespace sieve
