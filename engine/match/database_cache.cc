#include "match/database_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/file.h"
#include "base/private_directory.h"

namespace sieve {
namespace {

constexpr std::string_view kSuffix = ".sievedb";
constexpr std::string_view kTemporarySuffix = ".tmp";
// A new file that was not renamed for so long was left by a writer that died.
constexpr int64_t kTemporarySecondsMax = 3'600;

struct Header {
  char magic[8] = {'S', 'I', 'E', 'V', 'E', 'D', 'B', '1'};
  uint64_t payload_size = 0;
  Hash128 payload_hash;
  Hash128 key;
};
static_assert(sizeof(Header) == 48);

std::string name_of(const Hash128& key) { return to_hex(key) + std::string(kSuffix); }

// The time of its last use is kept as that of its last change.
bool is_older(const DirectoryEntry& a, const DirectoryEntry& b) {
  if (a.modified.tv_sec != b.modified.tv_sec) return a.modified.tv_sec < b.modified.tv_sec;
  return a.modified.tv_nsec < b.modified.tv_nsec;
}

}  // namespace

std::string cache_file(const Hash128& key, std::string_view payload) {
  Header header;
  header.payload_size = payload.size();
  header.payload_hash = hash128(payload);
  header.key = key;
  std::string file(reinterpret_cast<const char*>(&header), sizeof header);
  file += payload;
  return file;
}

std::optional<std::string_view> cache_payload(std::string_view file, const Hash128& key) {
  if (file.size() < sizeof(Header)) return {};
  Header header;
  std::memcpy(&header, file.data(), sizeof header);
  const std::string_view payload = file.substr(sizeof header);
  const Header expected;
  if (std::memcmp(header.magic, expected.magic, sizeof header.magic) != 0 ||
      header.payload_size != payload.size() || header.key != key ||
      header.payload_hash != hash128(payload)) {
    return {};
  }
  return payload;
}

std::optional<std::string> DatabaseCache::load(const Hash128& key) {
  const std::string name = name_of(key);
  if (!open()) return {};
  const std::optional<std::string> file = read(name);
  if (!file) return {};
  const auto payload = cache_payload(*file, key);
  if (payload) return std::string(*payload);
  reject(key);
  return {};
}

void DatabaseCache::store(const Hash128& key, std::string_view payload) {
  if (directory_.empty()) return;
  if (payload.size() > bounds_.bytes_max) {
    note(fmt::format("a database of {} bytes is larger than the cache", payload.size()));
    return;
  }
  if (!opened_.is_open()) make_private_directory(directory_);
  if (!open()) return;
  if (auto written = write_file_at(opened_.get(), name_of(key), cache_file(key, payload));
      !written) {
    note(fmt::format("{} in {}", written.error().message, directory_));
    return;
  }
  prune();
}

void DatabaseCache::reject(const Hash128& key) {
  note(fmt::format("{}/{} is damaged and is replaced", directory_, name_of(key)));
}

// Whether the directory is there and is ours; one that is not is not tried again.
bool DatabaseCache::open() {
  if (directory_.empty() || opened_.is_open()) return opened_.is_open();
  Descriptor opened(::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open() && errno == ENOENT) return false;
  struct stat status {};
  std::string_view reason;
  if (!opened.is_open() || ::fstat(opened.get(), &status) != 0) {
    reason = std::strerror(errno);
  } else {
    reason = writable_by_others(status);
  }
  if (reason.empty()) {
    opened_ = std::move(opened);
    return true;
  }
  note(fmt::format("cannot use {}: {}", directory_, reason));
  directory_.clear();
  return false;
}

std::optional<std::string> DatabaseCache::read(const std::string& name) {
  // Not to wait for a writer, should it be a pipe.
  constexpr int kFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  const Descriptor file(::openat(opened_.get(), name.c_str(), kFlags));
  if (!file.is_open() && errno == ENOENT) return {};
  struct stat status {};
  std::string_view reason;
  std::optional<std::string> bytes;
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) {
    reason = std::strerror(errno);
  } else if (!S_ISREG(status.st_mode)) {
    reason = "is no file";
  } else if (reason = writable_by_others(status); reason.empty()) {
    bytes = read_all(file.get(), sizeof(Header) + limits::kDatabaseBytesMax);
    if (!bytes) reason = std::strerror(errno);
  }
  if (!bytes) {
    note(fmt::format("cannot use {}/{}: {}", directory_, name, reason));
    return {};
  }
  // Its age is that of its last use. It does not matter when the directory may not be written.
  ::futimens(file.get(), nullptr);
  return bytes;
}

void DatabaseCache::prune() {
  const int directory = opened_.get();
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  for (const DirectoryEntry& left : directory_entries(directory, kTemporarySuffix)) {
    if (left.modified.tv_sec + kTemporarySecondsMax >= now.tv_sec) continue;
    ::unlinkat(directory, left.name.c_str(), 0);
  }
  std::vector<DirectoryEntry> entries = directory_entries(directory, kSuffix);
  std::sort(entries.begin(), entries.end(), is_older);
  uint64_t bytes = 0;
  for (const DirectoryEntry& entry : entries) bytes += entry.bytes;
  size_t files = entries.size();
  for (const DirectoryEntry& entry : entries) {
    if (files <= bounds_.files_max && bytes <= bounds_.bytes_max) break;
    ::unlinkat(directory, entry.name.c_str(), 0);
    bytes -= entry.bytes;
    --files;
  }
}

void DatabaseCache::note(std::string fault) {
  if (fault_.empty()) fault_ = std::move(fault);
}

}  // namespace sieve
