#include "correlate/snapshot_key.h"

#include <fmt/format.h>
#include <nettle/sha2.h>

#include <algorithm>

#include "base/file.h"
#include "base/hex.h"

namespace sieve {
namespace {

// A key is 65 bytes, and few are in use at once.
constexpr size_t kKeyFileBytesMax = size_t{64} << 10;

// What is hashed with the key, so that the id is of use for nothing else.
constexpr std::string_view kKeyIdPurpose = "scamsieve snapshot key id";

std::string_view trimmed(std::string_view line) {
  const size_t begin = line.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
}

}  // namespace

SnapshotKey snapshot_key(const std::array<uint8_t, 32>& bytes) {
  sha256_ctx hash;
  sha256_init(&hash);
  sha256_update(&hash, kKeyIdPurpose.size(),
                reinterpret_cast<const uint8_t*>(kKeyIdPurpose.data()));
  sha256_update(&hash, bytes.size(), bytes.data());
  std::array<uint8_t, 8> digest;
  sha256_digest(&hash, digest.size(), digest.data());
  SnapshotKey key{bytes, 0};
  for (const uint8_t byte : digest) key.id = key.id << 8 | byte;
  return key;
}

Expected<SnapshotKeys, std::string> parse_snapshot_keys(std::string_view text) {
  SnapshotKeys keys;
  size_t number = 0;
  while (!text.empty()) {
    ++number;
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    std::array<uint8_t, 32> bytes{};
    if (line.size() != 2 * bytes.size() ||
        read_hex(line, reinterpret_cast<char*>(bytes.data())) != bytes.size()) {
      return Unexpected<std::string>(
          fmt::format("line {} is no key of 64 hexadecimal digits", number));
    }
    keys.push_back(snapshot_key(bytes));
  }
  if (keys.empty()) {
    return Unexpected<std::string>("there is no key; make one with `openssl rand -hex 32`");
  }
  return keys;
}

Expected<SnapshotKeys, SnapshotKeysError> read_snapshot_keys(const std::string& path) {
  const auto text = read_file(path, kKeyFileBytesMax);
  if (!text) return Unexpected<SnapshotKeysError>({true, text.error().message});
  auto keys = parse_snapshot_keys(*text);
  if (keys) return std::move(*keys);
  return Unexpected<SnapshotKeysError>({false, fmt::format("{}: {}", path, keys.error())});
}

std::string snapshot_key_name(uint64_t id) { return fmt::format("{:016x}", id); }

}  // namespace sieve
