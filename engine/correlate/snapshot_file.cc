#include "correlate/snapshot_file.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <optional>
#include <type_traits>

namespace sieve {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they are");

constexpr std::string_view kMagic = "SIEVESNP";

template <class T>
void put(std::string& out, T value) {
  static_assert(std::is_trivially_copyable_v<T>);
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void put_field(std::string& out, std::string_view text) {
  put(out, static_cast<uint32_t>(text.size()));
  out += text;
}

// Takes values off the front of `bytes`; once there are too few, all that follow are zero.
class FieldReader {
 public:
  explicit FieldReader(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  void read(T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    const std::string_view taken = take(sizeof value);
    if (!taken.empty()) std::memcpy(&value, taken.data(), sizeof value);
  }
  void read(std::string& text) {
    uint32_t size = 0;
    read(size);
    text = take(size);
  }
  bool ended_well() const { return sound_ && bytes_.empty(); }

 private:
  std::string_view take(size_t size) {
    sound_ = sound_ && size <= bytes_.size();
    if (!sound_) return {};
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }

  std::string_view bytes_;
  bool sound_ = true;
};

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
  FieldReader reader(preamble.substr(kMagic.size()));
  uint32_t format = 0;
  uint32_t size = 0;
  reader.read(format);
  reader.read(size);
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
  FieldReader reader(fields);
  reader.read(header.cipher);
  reader.read(header.file_id);
  reader.read(header.key_id);
  reader.read(header.engine_version);
  reader.read(header.exchange);
  reader.read(header.pipeline);
  reader.read(header.bundle);
  reader.read(header.facts_partition);
  reader.read(header.facts_partition_count);
  reader.read(header.content_version);
  reader.read(header.sequence);
  reader.read(header.taken_at);
  reader.read(header.clock);
  const bool known =
      header.cipher == SnapshotCipher::kNone || header.cipher == SnapshotCipher::kChaCha20Poly1305;
  if (reader.ended_well() && known) return header;
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
