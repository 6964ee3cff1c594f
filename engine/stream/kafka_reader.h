// Reads a whole topic once, without a group: for tests, tools and looking at dead letters.
//
//   auto read = read_topic(cluster, "alerts", std::chrono::seconds(10),
//                          [&](const TopicRecord& record) { ... });
//
// Thread safety: a function without shared state. Errors: the codes of kafka_client.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "stream/batch.h"
#include "stream/kafka_properties.h"
#include "stream/source.h"

namespace sieve {

// Holds views that are valid during the call only.
struct TopicRecord {
  int32_t partition = 0;
  int64_t offset = 0;
  std::string_view key;
  std::string_view value;
  std::vector<Header> headers;
};

// Gives every record of `topic` from the beginning to its end, in order
// within a partition, to `take`. Returns how many. Fails with `timed_out` when that took longer
// than `timeout`.
Expected<uint64_t, StreamError> read_topic(const KafkaCluster& cluster, const std::string& topic,
                                           std::chrono::milliseconds timeout,
                                           const std::function<void(const TopicRecord&)>& take);

}  // namespace sieve
