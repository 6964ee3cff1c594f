// An open file descriptor that is closed at the end of its scope, and whole reads and writes of
// one.
//
// Thread safety: a Descriptor belongs to one thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace sieve {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      close();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }

  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  void close();

 private:
  int fd_ = -1;
};

// Everything from the current position to the end. Nothing when reading fails (`errno` says why),
// or when it is more than `bytes_max` (`errno` is EFBIG).
std::optional<std::string> read_all(int fd, size_t bytes_max);

// False when writing fails; `errno` says why.
bool write_all(int fd, std::string_view bytes);

}  // namespace sieve
