#include "match/database_cache.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <vector>

#include "base/file.h"

namespace sieve {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".sievedb";
constexpr size_t kFileBytesMax = size_t{2} << 30;
// A rule set has up to eight databases; this keeps those of the last few sets.
constexpr size_t kFilesMax = 64;

struct Header {
  char magic[8] = {'S', 'I', 'E', 'V', 'E', 'D', 'B', '1'};
  uint64_t payload_size = 0;
  Hash128 payload_hash;
  Hash128 key;
};
static_assert(sizeof(Header) == 48);

}  // namespace

std::optional<std::string> DatabaseCache::load(const Hash128& key) const {
  if (!enabled()) return std::nullopt;
  const std::string path = path_of(key);
  auto bytes = read_file(path, kFileBytesMax);
  if (!bytes || bytes->size() < sizeof(Header)) return std::nullopt;
  Header header;
  std::memcpy(&header, bytes->data(), sizeof header);
  const std::string_view payload = std::string_view(*bytes).substr(sizeof header);
  const Header expected;
  if (std::memcmp(header.magic, expected.magic, sizeof header.magic) != 0 ||
      header.payload_size != payload.size() || header.key != key ||
      header.payload_hash != hash128(payload)) {
    return std::nullopt;
  }
  // Its age is that of its last use. It does not matter when the directory may not be written.
  std::error_code ignored;
  fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
  return std::string(payload);
}

void DatabaseCache::store(const Hash128& key, std::string_view payload) {
  if (!enabled()) return;
  std::error_code error;
  fs::create_directories(directory_, error);
  Header header;
  header.payload_size = payload.size();
  header.payload_hash = hash128(payload);
  header.key = key;
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
  bytes += payload;
  if (auto written = write_file_atomically(path_of(key), bytes); !written) {
    fault_ = written.error().message;
    return;
  }
  prune();
}

std::string DatabaseCache::path_of(const Hash128& key) const {
  return directory_ + "/" + to_hex(key) + std::string(kSuffix);
}

void DatabaseCache::prune() {
  auto files = list_files(directory_, kSuffix);
  if (!files || files->size() <= kFilesMax) return;
  std::vector<std::pair<fs::file_time_type, std::string>> by_age;
  std::error_code ignored;
  for (const std::string& path : *files) {
    by_age.emplace_back(fs::last_write_time(path, ignored), path);
  }
  std::sort(by_age.begin(), by_age.end());
  for (size_t i = 0; i + kFilesMax < by_age.size(); ++i) fs::remove(by_age[i].second, ignored);
}

}  // namespace sieve
