// A KafkaSource reads topics as a member of a consumer group, one lane per assigned partition, at
// least once: a record is read again after a restart until its offset was committed, and commit()
// is called only for what is finished.
//
//   auto source = KafkaSource::open(config, listener);   // Checks brokers and topics.
//   while (running) (*source)->service(100ms);           // One control thread.
//   (*source)->close(10s);
//
// Lanes keep their id as long as the process lives; each assignment gives them a new epoch.
//
// Assignments change within service() and close(). Then, in order: lanes_revoking (the listener
// finishes and commits what was read), commit of the stored offsets to the broker, unassignment,
// lanes_revoked; later lanes_assigned. poll() and commit() for a lane that is not assigned do
// nothing, and no poll() runs while an assignment changes, whatever the listener does.
//
// Thread safety: as RecordSource says; service() and close() on one control thread. Lifetime:
// refers to the listener until close() returns. Errors: the codes of kafka_client.h; those of
// open() say what to do about them.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/expected.h"
#include "stream/kafka_properties.h"
#include "stream/source.h"

namespace sieve {

// Where a group starts that has no committed offset, or one that the broker has deleted.
enum class OffsetReset { kEarliest, kLatest, kError };

struct KafkaTopic {
  std::string name;
  size_t source = 0;  // Index of the configured source it belongs to.
};

struct KafkaSourceConfig {
  KafkaCluster cluster;
  std::string group;
  // Makes this a static member: a restart within the session timeout (then 90 s) causes no
  // rebalance. Every member needs its own. May be empty.
  std::string instance_id;
  std::vector<KafkaTopic> topics;
  OffsetReset offset_reset = OffsetReset::kEarliest;
  // Fetched ahead, over all partitions of the topics; each gets at least 4 and at most 128 MiB. Too
  // little makes librdkafka 2.0.2 pause for up to a second whenever a partition's share is full.
  size_t prefetch_bytes = size_t{256} << 20;
  // For brokers and topics to answer in open().
  std::chrono::milliseconds start_timeout = std::chrono::seconds(10);
  // For the listener to finish what was read when partitions are revoked.
  std::chrono::milliseconds drain_timeout = std::chrono::seconds(20);
};

// How far a lane is, for metrics. Offsets are -1 while they are not known.
struct LaneProgress {
  LaneInfo lane;
  int64_t position = -1;  // Next offset to be polled.
  int64_t stored = -1;    // Given to commit().
  int64_t end = -1;       // Of the partition, as of the last fetch.
};

class KafkaSource : public RecordSource {
 public:
  // Connects, checks that every topic exists, and joins the group in the background.
  static Expected<std::unique_ptr<KafkaSource>, StreamError> open(KafkaSourceConfig config,
                                                                  AssignmentListener& listener);

  // Serves assignments and errors for up to `timeout`; has to be called at least every few seconds.
  virtual void service(std::chrono::milliseconds timeout) = 0;

  // Revokes all lanes, as above, and leaves. False when that did not end by the deadline: then the
  // library's threads are left to themselves, and the process should end.
  [[nodiscard]] virtual bool close(std::chrono::milliseconds timeout) = 0;

  // Of the lanes assigned now. Thread safety: any thread.
  virtual std::vector<LaneProgress> progress() const = 0;
};

}  // namespace sieve
