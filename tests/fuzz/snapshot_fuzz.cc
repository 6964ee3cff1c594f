// Snapshot files from outside: nothing crashes, no file is taken that was not written whole, what a
// file holds comes back, and one that is changed in a single place is refused.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "correlate/snapshot_file_reader.h"

namespace sieve {
namespace {

constexpr size_t kInputBytesMax = 4'096;

void require(bool condition) {
  if (!condition) std::abort();
}

// The key of the files in the corpus.
SnapshotKey fuzz_key() {
  std::array<uint8_t, 32> bytes{};
  bytes.fill(0x5A);
  bytes[0] = 1;
  return snapshot_key(bytes);
}

struct Content {
  SnapshotHeader header;
  std::vector<std::string> frames;
};

// The file that SnapshotFileWriter makes of `content`.
std::string written(const Content& content, const SnapshotKey& key) {
  const bool encrypted = content.header.cipher != SnapshotCipher::kNone;
  SnapshotSealer sealer(content.header.file_id, encrypted ? &key : nullptr);
  SnapshotSeal seal;
  std::string file = encode_header(content.header);
  sealer.seal(0, file, {}, seal);
  file.append(reinterpret_cast<const char*>(seal.data()), seal.size());
  uint64_t number = 0;
  const auto add = [&](SnapshotFrameKind kind, std::string_view body) {
    const auto bytes = encode_frame_head({kind, static_cast<uint32_t>(body.size()), ++number});
    const std::string_view head(bytes.data(), bytes.size());
    file.append(head).append(sealer.seal(number, head, body, seal));
    file.append(reinterpret_cast<const char*>(seal.data()), seal.size());
  };
  for (const std::string& frame : content.frames) add(SnapshotFrameKind::kData, frame);
  add(SnapshotFrameKind::kEnd, {});
  return file;
}

// What a file holds, if all of it is sound.
std::optional<Content> read(std::string_view bytes, const SnapshotKey& key) {
  Descriptor file(::memfd_create("snapshot", MFD_CLOEXEC));
  require(file.is_open() && write_all(file.get(), bytes));
  ::lseek(file.get(), 0, SEEK_SET);
  auto reader = SnapshotFileReader::adopt(std::move(file), "fuzz", {key});
  std::optional<SnapshotFault> fault;
  Content content;
  if (!reader) {
    fault = reader.error();
  } else {
    content.header = reader->header();
    std::string frame;
    auto more = reader->next(frame);
    for (; more && *more; more = reader->next(frame)) content.frames.push_back(frame);
    if (!more) fault = more.error();
  }
  if (!fault) return content;
  require(fault->offset <= bytes.size() && !describe(*fault).empty());
  return {};
}

void check_file(std::string_view bytes, const SnapshotKey& key) {
  const auto content = read(bytes, key);
  if (content) require(written(*content, key) == bytes);
}

// `choice` says how long frames are, whether they are encrypted, and what is changed.
void check_round_trip(std::string_view bytes, uint8_t choice, const SnapshotKey& key) {
  const size_t piece = size_t{1} + choice;
  Content content;
  content.header.pipeline = bytes.substr(0, piece);
  if (choice % 2 == 1) {
    content.header.cipher = SnapshotCipher::kChaCha20Poly1305;
    content.header.key_id = key.id;
  }
  for (size_t at = 0; at < bytes.size(); at += piece) {
    content.frames.emplace_back(bytes.substr(at, piece));
  }
  std::string file = written(content, key);
  const auto same = read(file, key);
  require(same && same->frames == content.frames);
  require(same->header.pipeline == content.header.pipeline);
  const size_t place = (bytes.size() * 2'654'435'761U + choice) % file.size();
  file[place] = static_cast<char>(file[place] ^ (1 << (choice % 8)));
  require(!read(file, key));
}

}  // namespace
}  // namespace sieve

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0 || size > sieve::kInputBytesMax) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const sieve::SnapshotKey key = sieve::fuzz_key();
  sieve::check_file(bytes, key);
  sieve::check_round_trip(bytes.substr(1), data[0], key);
  return 0;
}
