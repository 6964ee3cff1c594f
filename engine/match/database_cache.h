// A DatabaseCache keeps compiled databases as files, named by a hash of everything that decides
// their content. A file that is damaged, truncated, of another version or of somebody else is as
// good as none, and is replaced; a fault costs only time and is told by fault().
//
// Whoever can write a database can make the engine do anything: Hyperscan runs it without checks.
// So the directory, and each file, must belong to this user or to root and must not be writable by
// others. The directory is made, for this user alone, when something is first stored in it.
//
// File: magic `SIEVEDB1`, length of the payload (8 bytes), hash of the payload (16), key (16), all
// in the machine's byte order, then the payload.
//
// Thread safety: none; several processes may share a directory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "base/hash.h"
#include "base/limits.h"

namespace sieve {

// What a cache keeps at most; beyond it the files that were not used for longest go.
struct CacheBounds {
  size_t files_max = limits::kCacheFilesMax;
  uint64_t bytes_max = limits::kCacheBytesMax;
};

class DatabaseCache {
 public:
  // No files are kept for an empty `directory`.
  explicit DatabaseCache(std::string directory, CacheBounds bounds = {})
      : directory_(std::move(directory)), bounds_(bounds) {}

  // The payload stored under `key`, if it is there and sound.
  std::optional<std::string> load(const Hash128& key);
  void store(const Hash128& key, std::string_view payload);
  // Notes that what load() gave is of no use.
  void reject(const Hash128& key);

  // The first thing that went wrong with loading or storing; empty when nothing did. That something
  // is not there is no fault.
  const std::string& fault() const { return fault_; }

 private:
  bool open();
  std::optional<std::string> read(const std::string& name);
  void prune();
  void note(std::string fault);

  std::string directory_;  // Empty: no cache, or none that may be used.
  const CacheBounds bounds_;
  Descriptor opened_;  // So that what was checked is what is used, whatever becomes of the path.
  std::string fault_;
};

// A file of the cache, and its payload if it is a sound one with this key.
std::string cache_file(const Hash128& key, std::string_view payload);
std::optional<std::string_view> cache_payload(std::string_view file, const Hash128& key);

}  // namespace sieve
