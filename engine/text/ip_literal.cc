#include "text/ip_literal.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "text/ascii.h"

namespace sieve {
namespace {

constexpr size_t kPartsMax = 4;

bool is_hex_digit(char c) { return is_ascii_digit(c) || (c >= 'a' && c <= 'f'); }

// Takes the part before the next dot off `host`.
std::string_view take_part(std::string_view& host) {
  const size_t dot = std::min(host.find('.'), host.size());
  const std::string_view part = host.substr(0, dot);
  host.remove_prefix(std::min(dot + 1, host.size()));
  return part;
}

// A number as C writes them. "0x" alone is 0.
std::optional<uint64_t> parse_number(std::string_view part) {
  if (part.empty()) return std::nullopt;
  int base = 10;
  if (part.starts_with("0x")) {
    part.remove_prefix(2);
    if (part.empty()) return 0;
    base = 16;
  } else if (part.size() > 1 && part.front() == '0') {
    base = 8;
  }
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value, base);
  if (error != std::errc() || end != part.data() + part.size()) return std::nullopt;
  return value;
}

}  // namespace

bool ends_in_number(std::string_view host) {
  const size_t dot = host.rfind('.');
  std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
  if (last.empty()) return false;
  if (std::all_of(last.begin(), last.end(), is_ascii_digit)) return true;
  if (!last.starts_with("0x")) return false;
  last.remove_prefix(2);
  return std::all_of(last.begin(), last.end(), is_hex_digit);
}

std::optional<uint32_t> parse_ipv4(std::string_view host) {
  uint64_t address = 0;
  for (size_t parts = 1; parts <= kPartsMax; ++parts) {
    const auto number = parse_number(take_part(host));
    if (!number) return std::nullopt;
    const size_t bits = host.empty() ? 8 * (kPartsMax + 1 - parts) : 8;
    if (*number >> bits != 0) return std::nullopt;
    address = address << bits | *number;
    if (host.empty()) return static_cast<uint32_t>(address);
  }
  return std::nullopt;
}

std::optional<uint32_t> parse_dotted_ipv4(std::string_view host) {
  std::string_view rest = host;
  size_t parts = 0;
  for (; !rest.empty(); ++parts) {
    const std::string_view part = take_part(rest);
    if (part.empty() || !std::all_of(part.begin(), part.end(), is_ascii_digit)) return std::nullopt;
    if (part.size() > 1 && part.front() == '0') return std::nullopt;
  }
  return parts == kPartsMax ? parse_ipv4(host) : std::nullopt;
}

size_t write_ipv4(uint32_t address, std::span<char> out) {
  char* at = out.data();
  for (int shift = 24; shift >= 0; shift -= 8) {
    at = std::to_chars(at, out.data() + out.size(), address >> shift & 0xFF).ptr;
    if (shift > 0) *at++ = '.';
  }
  return static_cast<size_t>(at - out.data());
}

size_t write_canonical_ipv6(std::string_view text, std::span<char> out) {
  std::array<char, kAddressBytesMax> terminated{};
  if (text.size() >= terminated.size()) return 0;
  std::copy(text.begin(), text.end(), terminated.begin());
  in6_addr address;
  if (inet_pton(AF_INET6, terminated.data(), &address) != 1) return 0;
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    uint32_t v4 = 0;
    std::memcpy(&v4, &address.s6_addr[12], sizeof v4);
    return write_ipv4(ntohl(v4), out);
  }
  inet_ntop(AF_INET6, &address, out.data(), static_cast<socklen_t>(out.size()));
  return std::strlen(out.data());
}

}  // namespace sieve
