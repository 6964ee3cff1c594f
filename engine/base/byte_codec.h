// Bytes of our own binary layouts: little-endian integers, LEB128 varints, and texts behind their
// size. A reader that meets damage stays failed and gives zeros, so that callers check once.
//
// Thread safety: none. Lifetime: what a ByteReader takes refers to its bytes.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace sieve {

static_assert(std::endian::native == std::endian::little, "layouts are little-endian");

inline void put_varint(std::string& out, uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}

// Small negative numbers stay small.
inline void put_signed(std::string& out, int64_t value) {
  put_varint(out, (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63));
}

template <class T>
void put_raw(std::string& out, const T* values, size_t count) {
  out.append(reinterpret_cast<const char*>(values), count * sizeof(T));
}

inline void put_fixed64(std::string& out, uint64_t value) { put_raw(out, &value, 1); }

inline void put_text(std::string& out, std::string_view text) {
  put_varint(out, text.size());
  out += text;
}

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  uint64_t varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      // The tenth byte holds one bit.
      if (shift == 63 && byte > 1) break;
      value |= uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    fail();
    return 0;
  }

  int64_t signed_varint() {
    const uint64_t value = varint();
    return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
  }

  uint64_t fixed64() {
    uint64_t value = 0;
    raw(&value, 1);
    return value;
  }

  std::string_view text() { return bytes(varint()); }

  // `values` keep what they had when there are too few bytes.
  template <class T>
  void raw(T* values, size_t count) {
    if (count > rest_.size() / sizeof(T)) return fail();
    const std::string_view taken = bytes(count * sizeof(T));
    if (!failed_ && count > 0) std::memcpy(values, taken.data(), taken.size());
  }

  std::string_view bytes(uint64_t count) {
    if (count > rest_.size()) {
      fail();
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  void fail() {
    failed_ = true;
    rest_ = {};
  }
  bool failed() const { return failed_; }
  bool empty() const { return rest_.empty(); }
  size_t size() const { return rest_.size(); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace sieve
