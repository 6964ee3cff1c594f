#include "text/punycode.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace sieve {
namespace {

// RFC 3492, section 5.
constexpr uint32_t kBase = 36;
constexpr uint32_t kThresholdMin = 1;
constexpr uint32_t kThresholdMax = 26;
constexpr uint32_t kSkew = 38;
constexpr uint32_t kDamp = 700;
constexpr uint32_t kBiasInitial = 72;
constexpr uint32_t kFirstNotBasic = 0x80;

constexpr uint32_t kNoDigit = kBase;
constexpr uint32_t kCodePointMax = 0x10FFFF;

char digit_char(uint32_t digit) {
  return static_cast<char>(digit < 26 ? 'a' + digit : '0' + (digit - 26));
}

uint32_t digit_value(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<uint32_t>(c - 'a');
  if (c >= '0' && c <= '9') return static_cast<uint32_t>(c - '0') + 26;
  return kNoDigit;
}

uint32_t threshold(uint32_t k, uint32_t bias) {
  return k <= bias ? kThresholdMin : std::min(k - bias, kThresholdMax);
}

// Section 6.1.
uint32_t adapt(uint32_t delta, uint32_t count, bool first) {
  delta = first ? delta / kDamp : delta / 2;
  delta += delta / count;
  uint32_t k = 0;
  for (; delta > (kBase - kThresholdMin) * kThresholdMax / 2; k += kBase) {
    delta /= kBase - kThresholdMin;
  }
  return k + (kBase - kThresholdMin + 1) * delta / (delta + kSkew);
}

// Appends `delta` as a variable-length integer; false: no room.
bool put_delta(uint32_t delta, uint32_t bias, std::span<char> out, size_t& size) {
  for (uint32_t k = kBase;; k += kBase) {
    if (size == out.size()) return false;
    const uint32_t t = threshold(k, bias);
    if (delta < t) break;
    out[size++] = digit_char(t + (delta - t) % (kBase - t));
    delta = (delta - t) / (kBase - t);
  }
  out[size++] = digit_char(delta);
  return true;
}

// Reads a variable-length integer at `at`.
std::optional<uint32_t> read_delta(std::string_view encoded, uint32_t bias, size_t& at) {
  uint64_t delta = 0;
  uint64_t weight = 1;
  for (uint32_t k = kBase;; k += kBase) {
    if (at == encoded.size()) return std::nullopt;
    const uint32_t digit = digit_value(encoded[at++]);
    if (digit == kNoDigit) return std::nullopt;
    delta += digit * weight;
    if (delta > std::numeric_limits<uint32_t>::max()) return std::nullopt;
    const uint32_t t = threshold(k, bias);
    if (digit < t) return static_cast<uint32_t>(delta);
    weight *= kBase - t;
    if (weight > std::numeric_limits<uint32_t>::max()) return std::nullopt;
  }
}

bool is_scalar(uint64_t c) { return c <= kCodePointMax && (c < 0xD800 || c > 0xDFFF); }

// The smallest code point of `letters` that is not below `floor`.
char32_t next_code_point(std::span<const char32_t> letters, char32_t floor) {
  char32_t next = kCodePointMax + 1;
  for (const char32_t c : letters) {
    if (c >= floor) next = std::min(next, c);
  }
  return next;
}

}  // namespace

std::optional<size_t> encode_punycode(std::span<const char32_t> letters, std::span<char> out) {
  // Longer labels do not fit, and the loop below costs the square of the length.
  if (letters.size() > kLabelBytesMax) return std::nullopt;
  size_t size = 0;
  for (const char32_t c : letters) {
    if (!is_scalar(c)) return std::nullopt;
    if (c >= kFirstNotBasic) continue;
    if (size == out.size()) return std::nullopt;
    out[size++] = static_cast<char>(c);
  }
  const auto basic = static_cast<uint32_t>(size);
  if (basic > 0) {
    if (size == out.size()) return std::nullopt;
    out[size++] = '-';
  }
  uint32_t done = basic;
  uint32_t bias = kBiasInitial;
  uint32_t delta = 0;
  for (char32_t n = kFirstNotBasic; done < letters.size(); ++n) {
    const char32_t next = next_code_point(letters, n);
    // At most 63 letters below 2^21: no overflow.
    delta += static_cast<uint32_t>(next - n) * (done + 1);
    n = next;
    for (const char32_t c : letters) {
      if (c < n) ++delta;
      if (c != n) continue;
      if (!put_delta(delta, bias, out, size)) return std::nullopt;
      bias = adapt(delta, done + 1, done == basic);
      delta = 0;
      ++done;
    }
    ++delta;
  }
  return size;
}

std::optional<size_t> decode_punycode(std::string_view encoded, std::span<char32_t> out) {
  const size_t hyphen = encoded.rfind('-');
  const size_t basic = hyphen == std::string_view::npos ? 0 : hyphen;
  if (basic > out.size()) return std::nullopt;
  for (size_t i = 0; i < basic; ++i) {
    if (static_cast<unsigned char>(encoded[i]) >= kFirstNotBasic) return std::nullopt;
    out[i] = static_cast<unsigned char>(encoded[i]);
  }
  size_t count = basic;
  uint64_t n = kFirstNotBasic;
  uint64_t i = 0;
  uint32_t bias = kBiasInitial;
  for (size_t at = basic > 0 ? basic + 1 : 0; at < encoded.size();) {
    const auto delta = read_delta(encoded, bias, at);
    if (!delta || count == out.size()) return std::nullopt;
    const auto after = static_cast<uint32_t>(count + 1);
    bias = adapt(*delta, after, i == 0);  // Later, `i` is behind the last insertion.
    i += *delta;
    n += i / after;
    i %= after;
    if (!is_scalar(n)) return std::nullopt;
    std::copy_backward(out.begin() + static_cast<ptrdiff_t>(i),
                       out.begin() + static_cast<ptrdiff_t>(count),
                       out.begin() + static_cast<ptrdiff_t>(count + 1));
    out[i++] = static_cast<char32_t>(n);
    ++count;
  }
  return count;
}

}  // namespace sieve
