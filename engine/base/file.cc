#include "base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace sieve {
namespace {

// Closes a descriptor at the end of a scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Unexpected<FileError> failure(std::string_view verb, const std::string& path, int error) {
  return Unexpected<FileError>({fmt::format("cannot {} {}: {}", verb, path, std::strerror(error))});
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

bool is_leftover(const std::string& name) {
  return name.empty() || name.front() == '.' || name.back() == '~' || name.front() == '#';
}

}  // namespace

Expected<std::string, FileError> read_file(const std::string& path, size_t bytes_max) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return failure("read", path, errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return failure("read", path, errno);
  if (S_ISDIR(status.st_mode)) return failure("read", path, EISDIR);
  std::string bytes;
  constexpr size_t kChunkBytes = size_t{64} << 10;
  while (true) {
    const size_t size = bytes.size();
    bytes.resize(size + kChunkBytes);
    const ssize_t got = ::read(file.get(), bytes.data() + size, kChunkBytes);
    if (got < 0 && errno != EINTR) return failure("read", path, errno);
    bytes.resize(size + static_cast<size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return bytes;
    if (bytes.size() > bytes_max) {
      return Unexpected<FileError>(
          {fmt::format("cannot read {}: larger than the limit of {} bytes", path, bytes_max)});
    }
  }
}

Expected<void, FileError> write_file_atomically(const std::string& path, std::string_view bytes) {
  const std::string temporary = fmt::format("{}.{}.tmp", path, ::getpid());
  {
    const Descriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.get() < 0) return failure("write", temporary, errno);
    if (!write_all(file.get(), bytes) || ::fsync(file.get()) != 0) {
      const int error = errno;
      ::unlink(temporary.c_str());
      return failure("write", temporary, error);
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const int error = errno;
    ::unlink(temporary.c_str());
    return failure("replace", path, error);
  }
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
