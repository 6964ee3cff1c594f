// Directories for files that only this user may have written, opened so that what was checked is
// what is used, whatever becomes of their paths.
//
// Thread safety: functions without shared state.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

// Why others than this user and root could have written something, or could yet: `belongs to
// another user`. Empty when they cannot.
std::string_view writable_by_others(const struct stat& status);

// Makes `path` for this user alone, and what is above it as is usual. Whether that worked is told
// by opening it.
void make_private_directory(const std::string& path);

struct DirectoryEntry {
  std::string name;
  timespec modified{};
  uint64_t bytes = 0;
};

// What an open directory has with names that end in `suffix`, in no order; nothing when it cannot
// be read.
std::vector<DirectoryEntry> directory_entries(int directory, std::string_view suffix);

}  // namespace sieve
