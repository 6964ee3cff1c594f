#include "run/file_stamps.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/file.h"

namespace sieve {

std::string file_stamps(const std::vector<std::string>& paths) {
  std::string stamps;
  for (const std::string& path : paths) {
    const auto files = list_files(path, "");
    if (!files) {
      stamps += files.error().message + '\n';
      continue;
    }
    for (const std::string& file : *files) {
      struct stat status {};
      if (::stat(file.c_str(), &status) != 0) status = {};
      stamps += fmt::format("{} {} {} {}.{}\n", file, status.st_ino, status.st_size,
                            status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    }
  }
  return stamps;
}

}  // namespace sieve
