// Administration of topics for tests, the local stack and start-up checks. Each call connects,
// acts and disconnects; nothing here belongs on the data path.
//
//   auto created = create_topics({"127.0.0.1:9092", {}}, {{"alerts", 4}},
//   std::chrono::seconds(10));
//
// Thread safety: functions without shared state. Errors: the codes of kafka_client.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/expected.h"
#include "stream/kafka_properties.h"
#include "stream/source.h"

namespace sieve {

struct TopicSpec {
  std::string name;
  int partition_count = 1;
  int replication_factor = 1;
};

// Makes `topics` and waits until every partition has a leader. A topic that exists already is left
// as it is; it is an error (`topic_differs`) when its partition count is another one.
Expected<void, StreamError> create_topics(const KafkaCluster& cluster,
                                          const std::vector<TopicSpec>& topics,
                                          std::chrono::milliseconds timeout);

// A topic that does not exist is no error.
Expected<void, StreamError> delete_topics(const KafkaCluster& cluster,
                                          const std::vector<std::string>& topics,
                                          std::chrono::milliseconds timeout);

// Partitions of `topic`, which has to exist.
Expected<int, StreamError> count_partitions(const KafkaCluster& cluster, const std::string& topic,
                                            std::chrono::milliseconds timeout);

// Per partition of `topic`, the offset that the next record will get.
Expected<std::vector<int64_t>, StreamError> fetch_end_offsets(const KafkaCluster& cluster,
                                                              const std::string& topic,
                                                              std::chrono::milliseconds timeout);

// Per partition of `topic`, the offset that `group` has committed; -1 where there is none. Succeeds
// only when the group coordinator answers, so it also shows that groups can be formed.
Expected<std::vector<int64_t>, StreamError> fetch_committed_offsets(
    const KafkaCluster& cluster, const std::string& group, const std::string& topic,
    std::chrono::milliseconds timeout);

// Waits until a broker answers and its group coordinator does.
Expected<void, StreamError> wait_until_ready(const KafkaCluster& cluster,
                                             std::chrono::milliseconds timeout);

}  // namespace sieve
