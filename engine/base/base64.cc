#include "base/base64.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace sieve {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr uint8_t kNone = 0xFF;

constexpr std::array<uint8_t, 256> values() {
  std::array<uint8_t, 256> table{};
  table.fill(kNone);
  for (size_t i = 0; i < kAlphabet.size(); ++i) {
    table[static_cast<unsigned char>(kAlphabet[i])] = static_cast<uint8_t>(i);
  }
  return table;
}
constexpr std::array<uint8_t, 256> kValues = values();

// What a reader makes of each byte: a value, or one of these.
constexpr uint8_t kSpace = 0xFE;
constexpr uint8_t kPadding = 0xFD;

constexpr std::array<uint8_t, 256> lenient_values() {
  std::array<uint8_t, 256> table = values();
  table['-'] = table['+'];
  table['_'] = table['/'];
  table['='] = kPadding;
  for (const char space : std::string_view(" \t\r\n")) {
    table[static_cast<unsigned char>(space)] = kSpace;
  }
  return table;
}
constexpr std::array<uint8_t, 256> kLenientValues = lenient_values();

// Reads groups of four digits as long as there is nothing else; returns how many characters.
size_t read_groups(std::string_view text, char* out) {
  size_t at = 0;
  for (; at + 4 <= text.size(); at += 4) {
    const auto value = [&](size_t i) {
      return uint32_t{kLenientValues[static_cast<unsigned char>(text[at + i])]};
    };
    if ((value(0) | value(1) | value(2) | value(3)) >= kAlphabet.size()) break;
    const uint32_t group = value(0) << 18 | value(1) << 12 | value(2) << 6 | value(3);
    *out++ = static_cast<char>(group >> 16);
    *out++ = static_cast<char>(group >> 8 & 255);
    *out++ = static_cast<char>(group & 255);
  }
  return at;
}

}  // namespace

std::string encode_base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t at = 0; at < bytes.size(); at += 3) {
    const size_t count = std::min<size_t>(3, bytes.size() - at);
    uint32_t group = 0;
    for (size_t i = 0; i < 3; ++i) {
      group = group << 8 | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (size_t i = 0; i < 4; ++i) {
      out += i <= count ? kAlphabet[group >> (18 - 6 * i) & 63] : '=';
    }
  }
  return out;
}

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return {};
  size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  const size_t digits = text.size() - padding;
  std::string out;
  out.reserve(text.size() / 4 * 3);
  uint32_t group = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const uint8_t value = i < digits ? kValues[static_cast<unsigned char>(text[i])] : 0;
    if (value == kNone) return {};
    group = group << 6 | value;
    if (i % 4 != 3) continue;
    for (int shift = 16; shift >= 0; shift -= 8) out += static_cast<char>(group >> shift & 255);
    group = 0;
  }
  // Bits that the padding cuts off must be zero: one text for each value.
  for (size_t i = 0; i < padding; ++i) {
    if (out.back() != '\0') return {};
    out.pop_back();
  }
  return out;
}

std::optional<size_t> read_base64(std::string_view text, char* out) {
  size_t digits = read_groups(text, out);
  size_t padding = 0;
  size_t size = digits / 4 * 3;
  uint32_t group = 0;
  for (const char c : text.substr(digits)) {
    const uint8_t value = kLenientValues[static_cast<unsigned char>(c)];
    if (value == kSpace) continue;
    if (value == kPadding) {
      ++padding;
      continue;
    }
    if (value == kNone || padding > 0) return {};
    group = group << 6 | value;
    // The second, third and fourth digit of four each complete a byte.
    const size_t place = digits++ % 4;
    if (place > 0) out[size++] = static_cast<char>(group >> (6 - 2 * place) & 255);
  }
  const bool whole = padding == 0 || (padding <= 2 && (digits + padding) % 4 == 0);
  if (digits % 4 == 1 || !whole) return {};
  return size;
}

}  // namespace sieve
