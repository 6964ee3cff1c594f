// A SnapshotSealer seals the parts of one snapshot file as they are written, and opens them as they
// are read: with a key they are encrypted and authenticated (ChaCha20-Poly1305, RFC 8439), without
// one they carry a checksum (XXH3-64), against accidents only.
//
// The key of a file is derived (HMAC-SHA-256) from the given one and the file's random id, and the
// nonce is the number of the part: no two parts, of whatever files, share key and nonce, as long as
// a number is sealed once. In clear, the checksum begins with the same id and number.
//
// Thread safety: none. Allocates only when parts grow.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "correlate/snapshot_file.h"
#include "correlate/snapshot_key.h"

namespace sieve {

using SnapshotSeal = std::array<uint8_t, kSnapshotSealBytes>;

class SnapshotSealer {
 public:
  // Null: in clear.
  SnapshotSealer(const SnapshotFileId& file_id, const SnapshotKey* key);

  // What stands in the file for `body`: itself, or its ciphertext, which holds until the next call.
  // `head` is covered by the seal and stays as it is.
  std::string_view seal(uint64_t number, std::string_view head, std::string_view body,
                        SnapshotSeal& out);
  // Makes of `body`, as it stands in the file, what was sealed. False when it does not fit its
  // seal; then `body` is empty.
  bool open(uint64_t number, std::string_view head, const SnapshotSeal& seal, std::string& body);

 private:
  SnapshotFileId file_id_;
  std::optional<std::array<uint8_t, 32>> file_key_;
  std::string ciphertext_;
};

}  // namespace sieve
