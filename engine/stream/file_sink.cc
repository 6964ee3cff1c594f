#include "stream/file_sink.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sieve {
namespace {

constexpr size_t kWriteBytes = size_t{64} << 10;

StreamError unwritable(const std::string& path, int error_number) {
  return {"file_unwritable",
          fmt::format("cannot write {}: {}", path == "-" ? "standard output" : path,
                      std::strerror(error_number))};
}

}  // namespace

Expected<std::unique_ptr<FileSink>, StreamError> FileSink::open(const std::string& path,
                                                                FileMode mode,
                                                                DeliveryListener& listener) {
  int descriptor = STDOUT_FILENO;
  if (path != "-") {
    const int flags =
        O_WRONLY | O_CREAT | O_CLOEXEC | (mode == FileMode::kAppend ? O_APPEND : O_TRUNC);
    descriptor = ::open(path.c_str(), flags, 0644);
    if (descriptor < 0) return Unexpected<StreamError>(unwritable(path, errno));
  }
  return std::unique_ptr<FileSink>(new FileSink(path, descriptor, listener));
}

FileSink::FileSink(std::string path, int descriptor, DeliveryListener& listener)
    : path_(std::move(path)), descriptor_(descriptor), listener_(listener) {}

FileSink::~FileSink() {
  write_out();
  if (descriptor_ != STDOUT_FILENO) ::close(descriptor_);
}

bool FileSink::publish(const OutputRecord& record, const DeliveryTicket& ticket) {
  size_t gathered = 0;
  {
    const std::lock_guard lock(mutex_);
    lines_ += record.value;
    lines_ += '\n';
    tickets_.push_back(ticket);
    gathered = lines_.size();
  }
  if (gathered >= kWriteBytes) write_out();
  return true;
}

void FileSink::service(std::chrono::milliseconds) { write_out(); }

bool FileSink::flush(std::chrono::milliseconds) {
  write_out();
  return pending() == 0;
}

size_t FileSink::pending() const {
  const std::lock_guard lock(mutex_);
  return tickets_.size() + reporting_;
}

void FileSink::write_out() {
  const std::lock_guard writing(writing_mutex_);
  {
    const std::lock_guard lock(mutex_);
    writing_.swap(lines_);
    written_.swap(tickets_);
    reporting_ = written_.size();
  }
  if (written_.empty()) return;
  if (error_number_ == 0 && !write_all(writing_)) error_number_ = errno;
  if (error_number_ == 0) {
    for (const DeliveryTicket& ticket : written_) listener_.delivered(ticket);
  } else {
    const StreamError error = unwritable(path_, error_number_);
    for (const DeliveryTicket& ticket : written_) listener_.delivery_failed(ticket, error);
  }
  writing_.clear();
  written_.clear();
  const std::lock_guard lock(mutex_);
  reporting_ = 0;
}

bool FileSink::write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      // Somebody made the pipe or terminal non-blocking: wait for its reader.
      pollfd asked = {descriptor_, POLLOUT, 0};
      ::poll(&asked, 1, -1);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace sieve
