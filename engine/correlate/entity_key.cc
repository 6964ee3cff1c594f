#include "correlate/entity_key.h"

#include <algorithm>

#include "base/check.h"
#include "base/hash.h"

namespace sieve {
namespace {

// A packed number: digits in the low 50 bits, their count in four, the plus in one. A combination's
// name is kCombinationMark and then these 55 bits of each part in seven bytes.
constexpr int kDigitBits = 50;
constexpr size_t kDigitsMax = 15;
constexpr uint64_t kPlusBit = uint64_t{1} << (kDigitBits + 4);
constexpr uint64_t kHashBit = uint64_t{1} << 63;
constexpr size_t kPackedBytes = 7;
// Cannot begin any other name: see cut_name.
constexpr char kCombinationMark = '\0';
static_assert(1 + kEntityPartsMax * kPackedBytes <= limits::kFactNameBytesMax);
static_assert(999'999'999'999'999 < (int64_t{1} << kDigitBits));

// 0 when the name is no number.
uint64_t pack_number(std::string_view name) {
  const bool plus = !name.empty() && name.front() == '+';
  if (plus) name.remove_prefix(1);
  if (name.empty() || name.size() > kDigitsMax) return 0;
  uint64_t digits = 0;
  for (const char c : name) {
    if (c < '0' || c > '9') return 0;
    digits = digits * 10 + static_cast<uint64_t>(c - '0');
  }
  return digits | uint64_t{name.size()} << kDigitBits | (plus ? kPlusBit : 0);
}

std::string unpack_number(uint64_t key) {
  const uint64_t digits = key & ((uint64_t{1} << kDigitBits) - 1);
  const size_t count = (key >> kDigitBits) & 0xF;
  std::string text = std::to_string(digits);
  // More digits than the count says only in a damaged key, which is shown as it is.
  if (text.size() < count) text.insert(0, count - text.size(), '0');
  if ((key & kPlusBit) != 0) text.insert(0, 1, '+');
  return text;
}

// As much of `name` as fits, whole characters, never beginning with the mark of a combination.
std::string_view cut_name(std::string_view name, EntityNameBuffer& buffer) {
  size_t size = std::min(name.size(), buffer.size());
  if (size < name.size()) {
    while (size > 0 && (static_cast<uint8_t>(name[size]) & 0xC0) == 0x80) --size;
  }
  name = name.substr(0, size);
  if (name.empty() || name.front() != kCombinationMark) return name;
  std::copy(name.begin(), name.end(), buffer.begin());
  buffer[0] = '?';
  return {buffer.data(), size};
}

std::string_view pack_names(std::span<const uint64_t> keys, EntityNameBuffer& buffer) {
  size_t at = 0;
  buffer[at++] = kCombinationMark;
  for (const uint64_t key : keys) {
    for (size_t i = 0; i < kPackedBytes; ++i) buffer[at++] = static_cast<char>(key >> (8 * i));
  }
  return {buffer.data(), at};
}

std::string_view join_names(std::span<const std::string_view> parts, EntityNameBuffer& buffer) {
  // One byte more than fits, so that cutting sees whether a character was split.
  std::array<char, limits::kFactNameBytesMax + 1> joined;
  size_t size = 0;
  const auto append = [&](std::string_view text) {
    const size_t take = std::min(text.size(), joined.size() - size);
    std::copy_n(text.begin(), take, joined.begin() + static_cast<ptrdiff_t>(size));
    size += take;
  };
  for (const std::string_view part : parts) {
    if (size > 0) append(",");
    append(part);
  }
  const std::string_view name = cut_name({joined.data(), size}, buffer);
  if (name.data() != buffer.data()) std::copy(name.begin(), name.end(), buffer.begin());
  return {buffer.data(), name.size()};
}

std::string unpack_names(std::string_view name) {
  std::string text;
  for (size_t at = 1; at + kPackedBytes <= name.size(); at += kPackedBytes) {
    uint64_t key = 0;
    for (size_t i = 0; i < kPackedBytes; ++i) {
      key |= uint64_t{static_cast<uint8_t>(name[at + i])} << (8 * i);
    }
    if (!text.empty()) text += ',';
    text += unpack_number(key);
  }
  return text;
}

}  // namespace

uint64_t entity_key(std::string_view name) {
  const uint64_t packed = pack_number(name);
  return packed != 0 ? packed : hash64(name) | kHashBit;
}

bool is_packed_number(uint64_t key) { return (key & kHashBit) == 0; }

Entity make_entity(std::span<const std::string_view> parts, EntityNameBuffer& buffer) {
  SIEVE_CHECK(!parts.empty() && parts.size() <= kEntityPartsMax, "{} parts", parts.size());
  if (parts.size() == 1) {
    const uint64_t key = entity_key(parts[0]);
    return {key, is_packed_number(key) ? std::string_view() : cut_name(parts[0], buffer)};
  }
  std::array<uint64_t, kEntityPartsMax> keys{};
  bool all_packed = true;
  for (size_t i = 0; i < parts.size(); ++i) {
    keys[i] = entity_key(parts[i]);
    all_packed = all_packed && is_packed_number(keys[i]);
  }
  uint64_t key = parts.size();
  for (size_t i = 0; i < parts.size(); ++i) key = mix_key(key ^ keys[i]) + i;
  return {key | kHashBit,
          all_packed ? pack_names({keys.data(), parts.size()}, buffer) : join_names(parts, buffer)};
}

std::string entity_name(uint64_t key, std::string_view name) {
  if (is_packed_number(key)) return unpack_number(key);
  if (!name.empty() && name.front() == kCombinationMark) return unpack_names(name);
  return std::string(name);
}

}  // namespace sieve
