#include "base/private_directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <memory>

namespace sieve {

std::string_view writable_by_others(const struct stat& status) {
  if (status.st_uid != ::geteuid() && status.st_uid != 0) return "belongs to another user";
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) return "can be written by others";
  return {};
}

void make_private_directory(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  std::error_code ignored;  // Opening it tells.
  if (!parent.empty()) std::filesystem::create_directories(parent, ignored);
  ::mkdir(path.c_str(), S_IRWXU);
}

std::vector<DirectoryEntry> directory_entries(int directory, std::string_view suffix) {
  std::vector<DirectoryEntry> entries;
  const std::unique_ptr<DIR, int (*)(DIR*)> listing(
      ::fdopendir(::openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)), ::closedir);
  if (!listing) return entries;
  while (const dirent* entry = ::readdir(listing.get())) {
    const std::string name = entry->d_name;
    struct stat status {};
    if (!name.ends_with(suffix) ||
        ::fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
      continue;
    }
    entries.push_back({name, status.st_mtim, static_cast<uint64_t>(status.st_size)});
  }
  return entries;
}

}  // namespace sieve
