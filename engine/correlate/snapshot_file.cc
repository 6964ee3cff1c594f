#include "correlate/snapshot_file.h"

#include <fmt/format.h>

#include <cstring>
#include <optional>
#include <type_traits>

#include "base/byte_codec.h"

namespace sieve {
namespace {

constexpr std::string_view kMagic = "SIEVESNP";

template <class T>
void put(std::string& out, T value) {
  static_assert(std::is_trivially_copyable_v<T>);
  put_raw(out, &value, 1);
}

void put_field(std::string& out, std::string_view text) {
  put(out, static_cast<uint32_t>(text.size()));
  out += text;
}

std::string take_field(ByteReader& in) {
  uint32_t size = 0;
  in.raw(&size, 1);
  return std::string(in.bytes(size));
}

Unexpected<SnapshotFault> fault(SnapshotFaultReason reason, uint64_t offset, std::string detail) {
  return Unexpected<SnapshotFault>({reason, "", offset, std::move(detail)});
}

}  // namespace

std::string encode_header(const SnapshotHeader& header) {
  std::string fields;
  put(fields, header.cipher);
  put(fields, header.file_id);
  put(fields, header.key_id);
  put_field(fields, header.engine_version);
  put_field(fields, header.exchange);
  put_field(fields, header.pipeline);
  put_field(fields, header.bundle);
  put(fields, header.facts_partition);
  put(fields, header.facts_partition_count);
  put(fields, header.content_version);
  put(fields, header.sequence);
  put(fields, header.taken_at);
  put(fields, header.clock);
  std::string bytes(kMagic);
  put(bytes, header.format);
  put(bytes, static_cast<uint32_t>(fields.size()));
  return bytes + fields;
}

Expected<uint32_t, SnapshotFault> read_preamble(std::string_view preamble) {
  if (preamble.substr(0, kMagic.size()) != kMagic.substr(0, preamble.size())) {
    return fault(SnapshotFaultReason::kNotASnapshot, 0, "it does not begin as a snapshot does");
  }
  if (preamble.size() < kSnapshotPreambleBytes) {
    return fault(SnapshotFaultReason::kTruncated, preamble.size(), "it ends within its header");
  }
  ByteReader reader(preamble.substr(kMagic.size()));
  uint32_t format = 0;
  uint32_t size = 0;
  reader.raw(&format, 1);
  reader.raw(&size, 1);
  if (format != kSnapshotFormat) {
    return fault(SnapshotFaultReason::kUnknownFormat, kMagic.size(),
                 fmt::format("its format is {}, this engine reads {}", format, kSnapshotFormat));
  }
  if (size > kSnapshotFieldsBytesMax) {
    return fault(SnapshotFaultReason::kDamaged, kMagic.size() + sizeof format,
                 fmt::format("its header would take {} bytes", size));
  }
  return size;
}

Expected<SnapshotHeader, SnapshotFault> read_fields(std::string_view fields) {
  SnapshotHeader header;
  ByteReader reader(fields);
  reader.raw(&header.cipher, 1);
  reader.raw(&header.file_id, 1);
  reader.raw(&header.key_id, 1);
  header.engine_version = take_field(reader);
  header.exchange = take_field(reader);
  header.pipeline = take_field(reader);
  header.bundle = take_field(reader);
  reader.raw(&header.facts_partition, 1);
  reader.raw(&header.facts_partition_count, 1);
  reader.raw(&header.content_version, 1);
  reader.raw(&header.sequence, 1);
  reader.raw(&header.taken_at, 1);
  reader.raw(&header.clock, 1);
  const bool known =
      header.cipher == SnapshotCipher::kNone || header.cipher == SnapshotCipher::kChaCha20Poly1305;
  if (!reader.failed() && reader.empty() && known) return header;
  return fault(SnapshotFaultReason::kDamaged, kSnapshotPreambleBytes,
               "its header cannot be taken apart");
}

std::array<char, kSnapshotFrameHeadBytes> encode_frame_head(const SnapshotFrameHead& head) {
  std::array<char, kSnapshotFrameHeadBytes> bytes;
  std::memcpy(bytes.data(), &head.kind, 4);
  std::memcpy(bytes.data() + 4, &head.size, 4);
  std::memcpy(bytes.data() + 8, &head.number, 8);
  return bytes;
}

Expected<SnapshotFrameHead, std::string> read_frame_head(std::string_view bytes, uint64_t number) {
  SnapshotFrameHead head;
  std::memcpy(&head.kind, bytes.data(), 4);
  std::memcpy(&head.size, bytes.data() + 4, 4);
  std::memcpy(&head.number, bytes.data() + 8, 8);
  std::string wrong;
  if (head.kind != SnapshotFrameKind::kData && head.kind != SnapshotFrameKind::kEnd) {
    wrong = fmt::format("no frame begins where frame {} should", number);
  } else if (head.number != number) {
    wrong = fmt::format("frame {} stands where frame {} should", head.number, number);
  } else if (head.size > (head.kind == SnapshotFrameKind::kData ? kSnapshotFrameBytesMax : 0)) {
    wrong = fmt::format("frame {} would have {} bytes", number, head.size);
  }
  if (!wrong.empty()) return Unexpected<std::string>(wrong);
  return head;
}

}  // namespace sieve
