#include "base/hex.h"

#include <array>
#include <cstdint>

namespace sieve {
namespace {

constexpr uint8_t kNone = 0xFF;

constexpr std::array<uint8_t, 256> values() {
  std::array<uint8_t, 256> table{};
  table.fill(kNone);
  for (uint8_t i = 0; i < 10; ++i) table[size_t{'0'} + i] = i;
  for (uint8_t i = 0; i < 6; ++i) {
    table[size_t{'a'} + i] = table[size_t{'A'} + i] = static_cast<uint8_t>(10 + i);
  }
  return table;
}
constexpr std::array<uint8_t, 256> kValues = values();

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

uint8_t value_of(char c) { return kValues[static_cast<unsigned char>(c)]; }

}  // namespace

std::optional<size_t> read_hex(std::string_view text, char* out) {
  size_t size = 0;
  for (size_t at = 0; at < text.size();) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    if (at + 1 == text.size()) return {};
    const uint8_t high = value_of(text[at]);
    const uint8_t low = value_of(text[at + 1]);
    if (high == kNone || low == kNone) return {};
    out[size++] = static_cast<char>(high << 4 | low);
    at += 2;
  }
  return size;
}

}  // namespace sieve
