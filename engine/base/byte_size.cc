#include "base/byte_size.h"

#include <fmt/format.h>

#include <charconv>

namespace sieve {
namespace {

struct Unit {
  std::string_view suffix;
  uint64_t bytes;
};

constexpr Unit kUnits[] = {
    {"GiB", uint64_t{1} << 30}, {"MiB", uint64_t{1} << 20}, {"KiB", uint64_t{1} << 10}, {"B", 1}};

}  // namespace

std::optional<uint64_t> parse_byte_size(std::string_view text) {
  uint64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{}) return {};
  const std::string_view suffix(end, static_cast<size_t>(text.data() + text.size() - end));
  for (const Unit& unit : kUnits) {
    if (suffix != unit.suffix) continue;
    uint64_t bytes = 0;
    if (__builtin_mul_overflow(count, unit.bytes, &bytes)) return {};
    return bytes;
  }
  return {};
}

std::string format_byte_size(uint64_t bytes) {
  for (const Unit& unit : kUnits) {
    const bool fits = bytes != 0 && bytes % unit.bytes == 0;
    if (fits) return fmt::format("{}{}", bytes / unit.bytes, unit.suffix);
  }
  return "0B";
}

}  // namespace sieve
