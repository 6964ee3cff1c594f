// Addresses written where a host may stand, in every form that browsers read (WHATWG URL, "host
// parsing"): dotted, octal, hexadecimal, short ("127.1"), one number, and IPv6.
//
// Thread safety: pure. Allocates nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sieve {

// Whether the last label of `host` is a number: then it is an address or no host at all.
bool ends_in_number(std::string_view host);

// REQUIRES: `host` is in lower case.
std::optional<uint32_t> parse_ipv4(std::string_view host);

// As parse_ipv4(), but four decimal numbers without leading zeros only.
std::optional<uint32_t> parse_dotted_ipv4(std::string_view host);

// The most that the writers below write, with the 0 that inet_ntop() ends on.
inline constexpr size_t kAddressBytesMax = 46;

// Writes "192.0.2.1" and returns its size. REQUIRES: room for kAddressBytesMax.
size_t write_ipv4(uint32_t address, std::span<char> out);

// Writes the address that `text`, without brackets, stands for as RFC 5952 has it, and one mapped
// from IPv4 as that. Returns the size, or 0 when it is none. REQUIRES: room for kAddressBytesMax.
size_t write_canonical_ipv6(std::string_view text, std::span<char> out);

}  // namespace sieve
