#include "traffic/output.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace sieve::traffic {
namespace {

// Large enough that system calls do not count, small enough to stay in the cache.
constexpr size_t kBufferBytes = size_t{256} << 10;

}  // namespace

void StringSink::write(std::string_view /*key*/, std::string_view line) {
  bytes_ += line;
  bytes_ += '\n';
}

Expected<std::unique_ptr<FileSink>, std::string> FileSink::open(const std::string& path) {
  std::FILE* const file = path == "-" ? stdout : std::fopen(path.c_str(), "wb");
  if (file == nullptr) {
    return Unexpected<std::string>(fmt::format("cannot write {}: {}", path, std::strerror(errno)));
  }
  std::setvbuf(file, nullptr, _IONBF, 0);
  return std::unique_ptr<FileSink>(new FileSink(path, file));
}

FileSink::FileSink(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) {
  buffer_.reserve(kBufferBytes * 2);
}

FileSink::~FileSink() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
}

void FileSink::write(std::string_view /*key*/, std::string_view line) {
  buffer_ += line;
  buffer_ += '\n';
  if (buffer_.size() >= kBufferBytes) flush();
}

void FileSink::flush() {
  if (error_ == 0 && std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size()) {
    error_ = errno;
  }
  buffer_.clear();
}

Expected<void, std::string> FileSink::close() {
  flush();
  if (file_ != stdout) {
    if (std::fclose(file_) != 0 && error_ == 0) error_ = errno;
  }
  file_ = nullptr;
  if (error_ == 0) return {};
  return Unexpected<std::string>(fmt::format("cannot write {}: {}", path_, std::strerror(error_)));
}

}  // namespace sieve::traffic
