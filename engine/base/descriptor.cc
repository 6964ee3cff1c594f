#include "base/descriptor.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace sieve {

void Descriptor::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

std::optional<std::string> read_all(int fd, size_t bytes_max) {
  constexpr size_t kChunkBytes = size_t{64} << 10;
  std::string bytes;
  while (true) {
    const size_t size = bytes.size();
    bytes.resize(size + kChunkBytes);
    const ssize_t got = ::read(fd, bytes.data() + size, kChunkBytes);
    if (got < 0 && errno != EINTR) return std::nullopt;
    bytes.resize(size + static_cast<size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return bytes;
    if (bytes.size() > bytes_max) {
      errno = EFBIG;
      return std::nullopt;
    }
  }
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

}  // namespace sieve
