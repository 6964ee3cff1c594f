#include "base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/descriptor.h"
#include "base/random_bytes.h"

namespace sieve {
namespace {

Unexpected<FileError> failure(std::string_view verb, const std::string& path, int error) {
  return Unexpected<FileError>({fmt::format("cannot {} {}: {}", verb, path, std::strerror(error))});
}

// A name beside `name` that nobody else takes: processes of different containers may share a
// directory and have the same id.
std::string temporary_name(const std::string& name) {
  uint64_t random = 0;
  random_bytes(&random, sizeof random);
  return fmt::format(".{}.{:016x}.tmp", name, random);
}

// Writes `bytes` to the new file `name` of `directory`, down to the disk.
bool write_new_file(int directory, const std::string& name, std::string_view bytes) {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  const Descriptor file(::openat(directory, name.c_str(), kFlags, 0644));
  return file.is_open() && write_all(file.get(), bytes) && ::fsync(file.get()) == 0;
}

// Zero or the `errno` of what failed.
int replace_file(int directory, const std::string& name, std::string_view bytes) {
  const std::string temporary = temporary_name(name);
  if (!write_new_file(directory, temporary, bytes) ||
      ::renameat(directory, temporary.c_str(), directory, name.c_str()) != 0) {
    const int error = errno;
    ::unlinkat(directory, temporary.c_str(), 0);
    return error;
  }
  // A new name is on the disk only when its directory is.
  return ::fsync(directory) == 0 ? 0 : errno;
}

bool is_leftover(const std::string& name) {
  return name.empty() || name.front() == '.' || name.back() == '~' || name.front() == '#';
}

}  // namespace

Expected<std::string, FileError> read_file(const std::string& path, size_t bytes_max) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return failure("read", path, errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return failure("read", path, errno);
  if (S_ISDIR(status.st_mode)) return failure("read", path, EISDIR);
  std::optional<std::string> bytes = read_all(file.get(), bytes_max);
  if (bytes) return std::move(*bytes);
  if (errno != EFBIG) return failure("read", path, errno);
  return Unexpected<FileError>(
      {fmt::format("cannot read {}: larger than the limit of {} bytes", path, bytes_max)});
}

Expected<void, FileError> write_file_at(int directory, const std::string& name,
                                        std::string_view bytes) {
  const int error = replace_file(directory, name, bytes);
  if (error != 0) return failure("write", name, error);
  return {};
}

Expected<void, FileError> write_file_atomically(const std::string& path, std::string_view bytes) {
  const std::filesystem::path whole(path);
  const std::string parent = whole.has_parent_path() ? whole.parent_path().string() : ".";
  const Descriptor directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.is_open()) return failure("write", path, errno);
  const int error = replace_file(directory.get(), whole.filename().string(), bytes);
  if (error != 0) return failure("write", path, error);
  return {};
}

Expected<std::vector<std::string>, FileError> list_files(const std::string& path,
                                                         std::string_view suffix) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::is_regular_file(path, error)) return std::vector<std::string>{path};
  fs::recursive_directory_iterator it(path, error);
  if (error)
    return Unexpected<FileError>({fmt::format("cannot list {}: {}", path, error.message())});
  std::vector<std::string> files;
  while (it != fs::recursive_directory_iterator()) {
    const std::string name = it->path().filename().string();
    const bool leftover = is_leftover(name);
    if (it->is_directory(error)) {
      if (leftover) it.disable_recursion_pending();
    } else if (!leftover && name.ends_with(suffix)) {
      files.push_back(it->path().string());
    }
    it.increment(error);
    if (error) {
      return Unexpected<FileError>({fmt::format("cannot list {}: {}", path, error.message())});
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace sieve
