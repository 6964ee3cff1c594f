#include "text/crypto_scanner.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "text/crypto_checksum.h"
#include "text/text_marks.h"

namespace sieve {
namespace {

constexpr size_t kBech32BytesMax = 90;  // Of Bech32.
constexpr size_t kBase58CharsMax = 35;

struct Version {
  uint8_t version;
  std::string_view network;
};

// Bytes before the hash. Sources: the chain parameters of each reference client.
constexpr std::array kVersions = {
    Version{0x00, "bitcoin"},   // 1...
    Version{0x05, "bitcoin"},   // 3...
    Version{0x30, "litecoin"},  // L...
    Version{0x32, "litecoin"},  // M...
    Version{0x1E, "dogecoin"},  // D...
    Version{0x16, "dogecoin"},  // 9... or A...
    Version{0x41, "tron"},      // T...
};

// First letters of these.
constexpr std::string_view kBase58Firsts = "13LMD9AT";

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_hex_prefix(std::string_view word) {
  return word.starts_with("0x") || word.starts_with("0X");
}

// The network whose address `word` is; empty: none.
std::string_view network_of(std::string_view word) {
  if (is_hex_prefix(word)) return is_hex_address(word.substr(2)) ? "ethereum" : "";
  if (word[0] == 'b' || word[0] == 'B') return is_witness_address(word, "bc") ? "bitcoin" : "";
  if (word[0] == 'l' || (word[0] == 'L' && word[1] == 'T')) {
    if (is_witness_address(word, "ltc")) return "litecoin";
  }
  const bool base58 = kBase58Firsts.find(word[0]) != std::string_view::npos;
  if (!base58 || word.size() > kBase58CharsMax) return {};
  const auto version = base58check_version(word);
  if (!version) return {};
  const auto found = std::find_if(kVersions.begin(), kVersions.end(),
                                  [&version](const Version& v) { return v.version == *version; });
  return found == kVersions.end() ? std::string_view() : found->network;
}

}  // namespace

void find_crypto_addresses(std::string_view raw, Entities& out) {
  for (size_t at = 0; at < raw.size();) {
    const size_t begin = at;
    while (at < raw.size() && is_word(raw[at])) ++at;
    const std::string_view word = raw.substr(begin, at - begin);
    if (at == begin) ++at;
    if (word.size() < kLongWordBytesMin || word.size() > kBech32BytesMax) continue;
    const std::string_view network = network_of(word);
    if (network.empty()) continue;
    if (out.crypto_addresses.size() == limits::kUrlsPerMessageMax) {
      ++out.left_out;
      return;
    }
    const auto end = static_cast<uint32_t>(begin + word.size());
    out.crypto_addresses.push_back({network, {static_cast<uint32_t>(begin), end}});
  }
}

}  // namespace sieve
