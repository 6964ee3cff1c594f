// A RecordSource gives records in lanes. Lanes of files are fixed; lanes of Kafka come and go with
// the group's assignment, which the source announces to an AssignmentListener.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/expected.h"
#include "stream/batch.h"

namespace sieve {

struct LaneInfo {
  LaneId id;
  size_t source = 0;      // Index of the configured source it belongs to.
  std::string origin;     // Topic or file path; `-` for standard input.
  int32_t partition = 0;  // Of the topic; of files, the number of the file within its source.
  uint32_t epoch = 0;
};

enum class PollStatus {
  kRecords,  // The batch has records.
  kIdle,     // Nothing now; more may come.
  kEnd,      // This lane is finished for good (end of file).
  kFailed,   // The lane cannot go on; last_error() says why.
};

struct StreamError {
  std::string code;     // Stable: `broker_unreachable`, `unknown_topic`, `file_unreadable`, ...
  std::string message;  // What happened, where, and what to do.
};

class RecordSource {
 public:
  virtual ~RecordSource() = default;

  // Lanes that are assigned now. Thread safety: any thread.
  virtual std::vector<LaneInfo> lanes() const = 0;

  // Fills `batch` (cleared first) with the next records of `lane`, never waiting.
  // Thread safety: one thread at a time per lane; different lanes at once.
  virtual PollStatus poll(LaneId lane, RecordBatch& batch) = 0;

  // Waits until some lane may have records, or `timeout`. Thread safety: any thread.
  virtual void wait(std::chrono::milliseconds timeout) = 0;

  // Everything before `offset` of `lane` is done: what a restart may skip. A stale epoch is
  // ignored. Thread safety: any thread. Files ignore it.
  virtual void commit(LaneId lane, uint32_t epoch, int64_t offset) = 0;

  virtual StreamError last_error() const = 0;
};

// Where a lane must begin at the latest, for state to be whole; both empty: where its group
// stopped.
struct LaneStart {
  std::optional<int64_t> offset;
  std::optional<int64_t> arrival_ms;  // The first record that arrived then or later (Kafka's time).

  bool empty() const { return !offset && !arrival_ms; }
};

// Told of changes of assignment, on the thread that runs KafkaSource::service().
class AssignmentListener {
 public:
  virtual ~AssignmentListener() = default;
  // Asked before a lane is assigned. It begins there or at its committed offset, whichever is
  // earlier.
  virtual LaneStart start_of(const LaneInfo& /*lane*/) { return {}; }
  // `lanes` are new and may be polled from the return of this call on.
  virtual void lanes_assigned(std::span<const LaneInfo> lanes) = 0;
  // `lanes` are about to go: stop polling them, finish and acknowledge what was read, within
  // `timeout`. Workers may poll no lane at all between this call's return and lanes_revoked()
  // (librdkafka 2.0.2 loses records when a queue is read while the assignment changes).
  virtual void lanes_revoking(std::span<const LaneId> lanes, std::chrono::milliseconds timeout) = 0;
  // They are gone: drop what is left of them. Polling the others may go on.
  virtual void lanes_revoked(std::span<const LaneId> lanes) = 0;
};

}  // namespace sieve
