// A FileSink writes outgoing records as lines to a file, or to standard output as `-`.
//
// Records are collected in memory and written together by service() or flush(), or when 64 KiB have
// gathered; they are delivered once write(2) has taken them all. After the first failure (no space,
// closed pipe, ...) delivery_failed is reported for the records of that write and for all that
// come after: the file then ends with a part of what failed.
//
// A process that writes to a pipe should ignore SIGPIPE, so that EPIPE arrives here.
//
// Thread safety: as RecordSink says; the listener is called on the calling thread and must not call
// the sink. Lifetime: refers to the listener; the destructor writes what is left. Errors:
// `file_unwritable`.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/expected.h"
#include "stream/sink.h"

namespace sieve {

enum class FileMode { kReplace, kAppend };

class FileSink final : public RecordSink {
 public:
  static Expected<std::unique_ptr<FileSink>, StreamError> open(const std::string& path,
                                                               FileMode mode,
                                                               DeliveryListener& listener);
  ~FileSink() override;

  // Never full.
  [[nodiscard]] bool publish(const OutputRecord& record, const DeliveryTicket& ticket) override;
  void service(std::chrono::milliseconds timeout) override;
  [[nodiscard]] bool flush(std::chrono::milliseconds timeout) override;
  size_t pending() const override;

 private:
  FileSink(std::string path, int descriptor, DeliveryListener& listener);
  void write_out();
  bool write_all(std::string_view bytes);

  const std::string path_;
  const int descriptor_;
  DeliveryListener& listener_;

  mutable std::mutex mutex_;
  std::string lines_;                    // Guarded by mutex_.
  std::vector<DeliveryTicket> tickets_;  // Of lines_. Guarded by mutex_.
  size_t reporting_ = 0;                 // Written, not yet reported. Guarded by mutex_.

  std::mutex writing_mutex_;  // Held while writing, so that lines keep their order.
  std::string writing_;       // Guarded by writing_mutex_, as all below.
  std::vector<DeliveryTicket> written_;
  int error_number_ = 0;
};

}  // namespace sieve
