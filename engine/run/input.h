// An Input is the configuration's sources as one RecordSource: files, or Kafka topics with their
// group.
//
// Thread safety: service() and close() from the control thread; the rest as RecordSource says.
// Lifetime: the listener must outlive it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.h"
#include "run/config.h"
#include "stream/source.h"

namespace sieve {

// How far one partition is behind: records between what was read, or committed, and the end of the
// log.
struct LaneLag {
  std::string topic;
  int32_t partition = 0;
  int64_t unread = 0;
};

class KafkaSource;
std::vector<LaneLag> lags_of(const KafkaSource& source);

class Input {
 public:
  virtual ~Input() = default;

  // Files all at once, or topics after checking that they exist.
  static Expected<std::unique_ptr<Input>, StreamError> open(const Config& config,
                                                            AssignmentListener& listener);

  virtual RecordSource& source() = 0;
  // Serves the consumer group for `timeout`; with files it only waits.
  virtual void service(std::chrono::milliseconds timeout) = 0;
  // Commits what was given to commit() and leaves.
  virtual void close(std::chrono::milliseconds timeout) = 0;
  virtual std::vector<LaneLag> lags() const = 0;
  virtual std::optional<StreamError> fatal_error() const = 0;
};

}  // namespace sieve
