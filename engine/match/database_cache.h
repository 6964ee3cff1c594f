// A DatabaseCache keeps compiled databases as files, named by a hash of everything that decides
// their content. A file that is damaged, truncated or of another version is as good as none, and is
// replaced; a failure to write costs only the next start's time and is told by fault().
//
// File: magic `SIEVEDB1`, length of the payload (8 bytes), hash of the payload (16), key (16), all
// in the machine's byte order, then the payload.
//
// Thread safety: none; several processes may share a directory.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"

namespace sieve {

class DatabaseCache {
 public:
  // No files are kept for an empty `directory`.
  explicit DatabaseCache(std::string directory) : directory_(std::move(directory)) {}

  bool enabled() const { return !directory_.empty(); }
  std::optional<std::string> load(const Hash128& key) const;
  // Also removes the files that were not used for longest, beyond the number worth keeping.
  void store(const Hash128& key, std::string_view payload);

  // Why the last store failed; empty when none did.
  const std::string& fault() const { return fault_; }

 private:
  std::string path_of(const Hash128& key) const;
  void prune();

  std::string directory_;
  std::string fault_;
};

}  // namespace sieve
