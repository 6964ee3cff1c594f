// Base64 (RFC 4648, section 4) for bytes that have no place in JSON text.
//
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sieve {

// With padding, without line breaks.
std::string encode_base64(std::string_view bytes);

// The bytes, or nothing when `text` is not canonical base64 with padding.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace sieve
