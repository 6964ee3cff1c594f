// Punycode (RFC 3492): the letters of one label of a host as ASCII, and back, without the prefix
// "xn--". Whether a label may be registered (IDNA) is not judged.
//
// Thread safety: pure. Allocates nothing. Errors: what overflows or does not fit gives nullopt.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace sieve {

// A label of the DNS (RFC 1035 2.3.4), and so what any form of it decodes to.
inline constexpr size_t kLabelBytesMax = 63;

// Writes the encoded form of `letters` to `out` and returns its size. An encoded label of none but
// ASCII letters ends in '-'.
std::optional<size_t> encode_punycode(std::span<const char32_t> letters, std::span<char> out);

// Writes the letters that `encoded`, lower case, stands for to `out` and returns their count.
std::optional<size_t> decode_punycode(std::string_view encoded, std::span<char32_t> out);

}  // namespace sieve
