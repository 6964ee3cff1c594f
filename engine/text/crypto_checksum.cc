#include "text/crypto_checksum.h"

#include <nettle/sha2.h>
#include <nettle/sha3.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "text/ascii.h"

namespace sieve {
namespace {

constexpr size_t kBase58Bytes = 25;
constexpr size_t kBase58ChecksumBytes = 4;
constexpr size_t kHexDigits = 40;
constexpr size_t kBech32CharsMax = 90;
constexpr size_t kBech32ChecksumChars = 6;
constexpr uint32_t kBech32Constant = 1;
constexpr uint32_t kBech32mConstant = 0x2BC830A3;
constexpr uint8_t kNoDigit = 0xFF;

// Entry c: the value of c as a digit of `alphabet`.
constexpr std::array<uint8_t, 256> make_digits(std::string_view alphabet) {
  std::array<uint8_t, 256> digits{};
  for (uint8_t& digit : digits) digit = kNoDigit;
  for (size_t i = 0; i < alphabet.size(); ++i) {
    digits[static_cast<unsigned char>(alphabet[i])] = static_cast<uint8_t>(i);
  }
  return digits;
}
constexpr auto kBase58Digits =
    make_digits("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");
constexpr auto kBech32Digits = make_digits("qpzry9x8gf2tvdw0s3jn54khce6mua7l");

using Hash = std::array<uint8_t, 32>;

Hash sha256(const uint8_t* data, size_t size) {
  Hash hash;
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, size, data);
  sha256_digest(&context, hash.size(), hash.data());
  return hash;
}

// Of at most one block. nettle's SHA-3 pads with 06 where Keccak has 01, so that only its
// permutation is used.
Hash keccak256(std::string_view text) {
  constexpr size_t kRateBytes = 136;
  std::array<uint8_t, kRateBytes> block{};
  std::memcpy(block.data(), text.data(), text.size());
  block[text.size()] ^= 0x01;
  block[kRateBytes - 1] ^= 0x80;
  sha3_state state{};
  for (size_t i = 0; i < kRateBytes; ++i) {
    state.a[i / 8] |= uint64_t{block[i]} << (i % 8 * 8);
  }
  sha3_permute(&state);
  Hash hash;
  for (size_t i = 0; i < hash.size(); ++i) {
    hash[i] = static_cast<uint8_t>(state.a[i / 8] >> (i % 8 * 8));
  }
  return hash;
}

// The number that `text` writes, with its leading zeros in digits and bytes; false: it is no
// number of so many bytes.
bool decode_base58(std::string_view text, std::array<uint8_t, kBase58Bytes>& out) {
  out = {};
  for (const char c : text) {
    uint32_t carry = kBase58Digits[static_cast<unsigned char>(c)];
    if (carry == kNoDigit) return false;
    for (size_t i = out.size(); i-- > 0;) {
      carry += 58U * out[i];
      out[i] = static_cast<uint8_t>(carry);
      carry >>= 8;
    }
    if (carry != 0) return false;
  }
  const size_t ones = std::min(text.find_first_not_of('1'), text.size());
  const auto zeros = static_cast<size_t>(
      std::find_if(out.begin(), out.end(), [](uint8_t byte) { return byte != 0; }) - out.begin());
  return ones == zeros;
}

uint32_t bech32_step(uint32_t state, uint8_t value) {
  constexpr std::array<uint32_t, 5> kGenerator = {0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD,
                                                  0x2A1462B3};
  const uint32_t top = state >> 25;
  state = (state & 0x1FFFFFF) << 5 ^ value;
  for (size_t i = 0; i < kGenerator.size(); ++i) {
    if (((top >> i) & 1) != 0) state ^= kGenerator[i];
  }
  return state;
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

char to_lower(char c) { return static_cast<char>(is_upper(c) ? c | 0x20 : c); }

// The program of a witness is 2 to 40 bytes, of version 0 one of two lengths; what fills the last
// byte up is less than 5 zero bits.
bool is_program(std::string_view values, uint8_t version) {
  const size_t bits = values.size() * 5;
  const size_t bytes = bits / 8;
  const size_t filled = bits % 8;
  if (filled >= 5 || bytes < 2 || bytes > 40 || version > 16) return false;
  if (version == 0 && bytes != 20 && bytes != 32) return false;
  const uint8_t last = kBech32Digits[static_cast<unsigned char>(to_lower(values.back()))];
  return (last & ((1U << filled) - 1)) == 0;
}

}  // namespace

std::optional<uint8_t> base58check_version(std::string_view text) {
  std::array<uint8_t, kBase58Bytes> bytes;
  if (!decode_base58(text, bytes)) return {};
  constexpr size_t kPayload = kBase58Bytes - kBase58ChecksumBytes;
  const Hash once = sha256(bytes.data(), kPayload);
  const Hash twice = sha256(once.data(), once.size());
  const bool right = std::equal(bytes.begin() + kPayload, bytes.end(), twice.begin());
  return right ? std::optional<uint8_t>(bytes[0]) : std::nullopt;
}

bool is_witness_address(std::string_view text, std::string_view prefix) {
  const size_t separator = prefix.size();
  if (text.size() > kBech32CharsMax || text.size() < separator + 2 + kBech32ChecksumChars) {
    return false;
  }
  const bool mixed = std::any_of(text.begin(), text.end(), is_upper) &&
                     std::any_of(text.begin(), text.end(), is_ascii_lower);
  if (mixed || text[separator] != '1') return false;
  uint32_t state = 1;
  for (const char c : prefix) state = bech32_step(state, static_cast<uint8_t>(c >> 5));
  state = bech32_step(state, 0);
  for (size_t i = 0; i < separator; ++i) {
    if (to_lower(text[i]) != prefix[i]) return false;
    state = bech32_step(state, static_cast<uint8_t>(prefix[i] & 31));
  }
  const std::string_view data = text.substr(separator + 1);
  for (const char c : data) {
    const uint8_t value = kBech32Digits[static_cast<unsigned char>(to_lower(c))];
    if (value == kNoDigit) return false;
    state = bech32_step(state, value);
  }
  const uint8_t version = kBech32Digits[static_cast<unsigned char>(to_lower(data[0]))];
  if (state != (version == 0 ? kBech32Constant : kBech32mConstant)) return false;
  return is_program(data.substr(1, data.size() - 1 - kBech32ChecksumChars), version);
}

bool is_hex_address(std::string_view text) {
  if (text.size() != kHexDigits) return false;
  std::array<char, kHexDigits> lower;
  bool has_upper = false;
  bool has_lower = false;
  for (size_t i = 0; i < kHexDigits; ++i) {
    lower[i] = to_lower(text[i]);
    const bool letter = lower[i] >= 'a' && lower[i] <= 'f';
    if (!letter && (text[i] < '0' || text[i] > '9')) return false;
    has_upper |= is_upper(text[i]);
    has_lower |= is_ascii_lower(text[i]);
  }
  if (!has_upper || !has_lower) return true;
  const Hash hash = keccak256({lower.data(), lower.size()});
  for (size_t i = 0; i < kHexDigits; ++i) {
    const bool high = ((hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 8) != 0;
    if (lower[i] >= 'a' && is_upper(text[i]) != high) return false;
  }
  return true;
}

}  // namespace sieve
