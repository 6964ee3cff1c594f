// Keys that snapshots are encrypted with: 256 bits each, known by an id that tells nothing of them.
//
// Thread safety: values and pure functions. Errors never show a key.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"

namespace sieve {

struct SnapshotKey {
  std::array<uint8_t, 32> bytes{};
  uint64_t id = 0;  // The first 8 bytes of a hash of `bytes`, most significant first.
};

// The first is written with; all are tried, by their ids, to read. None: files in clear.
using SnapshotKeys = std::vector<SnapshotKey>;

SnapshotKey snapshot_key(const std::array<uint8_t, 32>& bytes);

// One key a line, as 64 hexadecimal digits (`openssl rand -hex 32`), the newest first. Empty lines
// and lines that begin with `#` are skipped. The error is one sentence with the line's number.
Expected<SnapshotKeys, std::string> parse_snapshot_keys(std::string_view text);

// The keys in the file at `path`, of which there is at least one.
struct SnapshotKeysError {
  bool is_unreadable = false;  // The file; else what it says.
  std::string message;         // One sentence with the path.
};
Expected<SnapshotKeys, SnapshotKeysError> read_snapshot_keys(const std::string& path);

// `9f86d081884c7d65`
std::string snapshot_key_name(uint64_t id);

}  // namespace sieve
