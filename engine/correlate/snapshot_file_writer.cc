#include "correlate/snapshot_file_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/check.h"
#include "base/random_bytes.h"

namespace sieve {
namespace {

std::string temporary_name(const std::string& name) { return name + ".tmp"; }

SnapshotHeader completed(SnapshotHeader header, const SnapshotKey* key) {
  header.format = kSnapshotFormat;
  header.cipher = key == nullptr ? SnapshotCipher::kNone : SnapshotCipher::kChaCha20Poly1305;
  header.key_id = key == nullptr ? 0 : key->id;
  random_bytes(header.file_id.data(), header.file_id.size());
  return header;
}

}  // namespace

Expected<std::unique_ptr<SnapshotFileWriter>, SnapshotError> SnapshotFileWriter::create(
    const SnapshotPlace& place, SnapshotHeader header, const SnapshotKey* key) {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  const std::string path = place.directory_path + "/" + place.name;
  Descriptor directory(::fcntl(place.directory, F_DUPFD_CLOEXEC, 0));
  if (!directory.is_open()) return Unexpected<SnapshotError>(unwritable_snapshot(path, errno));
  Descriptor file(
      ::openat(directory.get(), temporary_name(place.name).c_str(), kFlags, S_IRUSR | S_IWUSR));
  if (!file.is_open()) return Unexpected<SnapshotError>(unwritable_snapshot(path, errno));
  std::unique_ptr<SnapshotFileWriter> writer(new SnapshotFileWriter(
      std::move(directory), std::move(file), place, completed(std::move(header), key), key));
  if (Result written = writer->write_header(); !written) {
    return Unexpected<SnapshotError>(written.error());
  }
  return writer;
}

SnapshotFileWriter::SnapshotFileWriter(Descriptor directory, Descriptor file,
                                       const SnapshotPlace& place, SnapshotHeader header,
                                       const SnapshotKey* key)
    : directory_(std::move(directory)),
      name_(place.name),
      path_(place.directory_path + "/" + place.name),
      header_(std::move(header)),
      sealer_(header_.file_id, key),
      file_(std::move(file)) {}

SnapshotFileWriter::Result SnapshotFileWriter::append(std::string_view frame) {
  SIEVE_CHECK(frame.size() <= kSnapshotFrameBytesMax, "a frame of {} bytes", frame.size());
  SIEVE_CHECK(!finished_, "a frame behind the end of {}", path_);
  return write_frame(SnapshotFrameKind::kData, frame);
}

SnapshotFileWriter::Result SnapshotFileWriter::finish() {
  SIEVE_CHECK(!finished_, "a second end of {}", path_);
  if (Result written = write_frame(SnapshotFrameKind::kEnd, {}); !written) return written;
  if (::fsync(file_.get()) != 0) return fail(errno);
  finished_ = true;
  return {};
}

SnapshotFileWriter::Result SnapshotFileWriter::publish() {
  if (error_) return Unexpected<SnapshotError>(*error_);
  SIEVE_CHECK(finished_ && file_.is_open(), "{} is not finished, or published already", path_);
  const std::string temporary = temporary_name(name_);
  if (::renameat(directory_.get(), temporary.c_str(), directory_.get(), name_.c_str()) != 0) {
    return fail(errno);
  }
  file_.close();
  // A new name is on the disk only when its directory is.
  if (::fsync(directory_.get()) != 0) return fail(errno);
  return {};
}

void SnapshotFileWriter::abandon() {
  if (!file_.is_open()) return;
  file_.close();
  ::unlinkat(directory_.get(), temporary_name(name_).c_str(), 0);
  if (!error_) error_ = unwritable_snapshot(path_, ECANCELED);
}

SnapshotFileWriter::Result SnapshotFileWriter::write_header() {
  SnapshotSeal seal;
  const std::string bytes = encode_header(header_);
  SIEVE_CHECK(bytes.size() <= kSnapshotPreambleBytes + kSnapshotFieldsBytesMax,
              "a header of {} bytes", bytes.size());
  sealer_.seal(0, bytes, {}, seal);
  return write(bytes, {}, seal);
}

SnapshotFileWriter::Result SnapshotFileWriter::write_frame(SnapshotFrameKind kind,
                                                           std::string_view body) {
  if (error_) return Unexpected<SnapshotError>(*error_);
  const uint64_t number = frame_count_ + 1;
  const auto head = encode_frame_head({kind, static_cast<uint32_t>(body.size()), number});
  const std::string_view head_bytes(head.data(), head.size());
  SnapshotSeal seal;
  const std::string_view stored = sealer_.seal(number, head_bytes, body, seal);
  if (Result written = write(head_bytes, stored, seal); !written) return written;
  if (kind == SnapshotFrameKind::kData) ++frame_count_;
  return {};
}

SnapshotFileWriter::Result SnapshotFileWriter::write(std::string_view head, std::string_view body,
                                                     const SnapshotSeal& seal) {
  const std::string_view end(reinterpret_cast<const char*>(seal.data()), seal.size());
  for (const std::string_view bytes : {head, body, end}) {
    if (!write_all(file_.get(), bytes)) return fail(errno);
    file_bytes_ += bytes.size();
  }
  return {};
}

SnapshotFileWriter::Result SnapshotFileWriter::fail(int error_number) {
  error_ = unwritable_snapshot(path_, error_number);
  abandon();
  return Unexpected<SnapshotError>(*error_);
}

}  // namespace sieve
