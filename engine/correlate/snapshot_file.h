// How a snapshot of state is laid out as a file: a header, frames of bytes that this layer knows
// nothing of, and an end. Numbers are little-endian.
//
//   preamble   8 magic `SIEVESNP`, 4 format, 4 size of the fields
//   fields     SnapshotHeader, text behind its size in 4 bytes; then its seal
//   frame      4 kind (1 data, 2 end), 4 size, 8 number; the bytes; their seal
//
// A seal (snapshot_seal.h) covers what it stands behind, its number (the header's is 0, frames
// count on) and the file's own identity: frames that are changed, exchanged, left out, repeated or
// of another file do not fit. The end is a frame without bytes whose number says how many there
// are: a file without it is truncated. The header is never encrypted.
//
// Thread safety: values and pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/expected.h"
#include "base/time.h"
#include "correlate/snapshot_fault.h"

namespace sieve {

inline constexpr uint32_t kSnapshotFormat = 1;

// Of one frame. Larger ones save nothing: a seal costs a thousandth of hashing 64 KiB.
inline constexpr size_t kSnapshotFrameBytesMax = size_t{1} << 20;
// Of all fields of a header; real ones take 200 bytes.
inline constexpr size_t kSnapshotFieldsBytesMax = size_t{64} << 10;

enum class SnapshotCipher : uint32_t { kNone = 0, kChaCha20Poly1305 = 1 };

using SnapshotFileId = std::array<uint8_t, 16>;

struct SnapshotHeader {
  // Set by SnapshotFileWriter.
  uint32_t format = kSnapshotFormat;
  SnapshotCipher cipher = SnapshotCipher::kNone;
  SnapshotFileId file_id{};  // Random.
  uint64_t key_id = 0;       // 0 without a cipher.

  std::string engine_version;
  std::string exchange;  // `memory` or `kafka`
  std::string pipeline;  // The consumer group.
  std::string bundle;    // Digest of the rule set.
  int32_t facts_partition = 0;
  int32_t facts_partition_count = 1;
  uint32_t content_version = 0;  // Of what the frames hold: whoever encodes them raises it.
  int64_t sequence = 0;          // Rises from file to file of one facts partition.
  Timestamp taken_at;            // By the wall clock.
  Timestamp clock;               // Event time of the state.
};

inline constexpr size_t kSnapshotPreambleBytes = 16;
inline constexpr size_t kSnapshotFrameHeadBytes = 16;
inline constexpr size_t kSnapshotSealBytes = 16;

// Preamble and fields, without their seal.
std::string encode_header(const SnapshotHeader& header);

// The size of the fields behind `preamble`, the first kSnapshotPreambleBytes of a file, or all of a
// shorter one. Errors: not_a_snapshot, truncated, unknown_format, damaged; without a path.
Expected<uint32_t, SnapshotFault> read_preamble(std::string_view preamble);
// Everything but the format. Errors: damaged; without a path.
Expected<SnapshotHeader, SnapshotFault> read_fields(std::string_view fields);

enum class SnapshotFrameKind : uint32_t { kData = 1, kEnd = 2 };

struct SnapshotFrameHead {
  SnapshotFrameKind kind = SnapshotFrameKind::kData;
  uint32_t size = 0;
  uint64_t number = 0;
};

std::array<char, kSnapshotFrameHeadBytes> encode_frame_head(const SnapshotFrameHead& head);
// The head that must be frame `number`; an error says what is wrong with it, as a clause.
Expected<SnapshotFrameHead, std::string> read_frame_head(std::string_view bytes, uint64_t number);

}  // namespace sieve
