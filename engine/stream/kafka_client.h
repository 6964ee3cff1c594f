// What the Kafka source, sink and administration share: owning handles for librdkafka's objects,
// configuration from key and value, and its errors as StreamErrors. Private to stream.
//
// Thread safety: functions without shared state; handles are values that own one object.
#pragma once

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "stream/kafka_properties.h"
#include "stream/source.h"

namespace sieve {

template <auto destroy>
struct KafkaDeleter {
  template <class T>
  void operator()(T* object) const {
    destroy(object);
  }
};

using KafkaPtr = std::unique_ptr<rd_kafka_t, KafkaDeleter<rd_kafka_destroy>>;
using KafkaConfPtr = std::unique_ptr<rd_kafka_conf_t, KafkaDeleter<rd_kafka_conf_destroy>>;
using KafkaTopicPtr = std::unique_ptr<rd_kafka_topic_t, KafkaDeleter<rd_kafka_topic_destroy>>;
using KafkaQueuePtr = std::unique_ptr<rd_kafka_queue_t, KafkaDeleter<rd_kafka_queue_destroy>>;
using KafkaEventPtr = std::unique_ptr<rd_kafka_event_t, KafkaDeleter<rd_kafka_event_destroy>>;
using KafkaErrorPtr = std::unique_ptr<rd_kafka_error_t, KafkaDeleter<rd_kafka_error_destroy>>;
using KafkaPartitionsPtr = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                           KafkaDeleter<rd_kafka_topic_partition_list_destroy>>;
using KafkaMetadataPtr =
    std::unique_ptr<const rd_kafka_metadata_t, KafkaDeleter<rd_kafka_metadata_destroy>>;

// Milliseconds as librdkafka's functions take them; at most a day.
int kafka_timeout_ms(std::chrono::milliseconds timeout);

// `<doing>: <what Kafka says>; <what to do>`, with the stable code of the error: one of
// broker_unreachable, unknown_topic, not_authorized, not_authenticated, fenced, no_offset,
// too_large, timed_out or kafka_error.
StreamError kafka_error(rd_kafka_resp_err_t error, std::string_view doing,
                        std::string_view detail = "");

// `bad_property` when one of `names` is among `properties`: the engine sets those itself.
Expected<void, StreamError> refuse_properties(const KafkaProperties& properties,
                                              std::span<const std::string_view> names);

// A configuration with `base` and then `extra` set, and log lines sent to our log. An unknown
// property or a bad value is `bad_property`.
Expected<KafkaConfPtr, StreamError> make_kafka_conf(const KafkaProperties& base,
                                                    const KafkaProperties& extra);

// Takes `conf`. Fails with `bad_property` when properties contradict each other.
Expected<KafkaPtr, StreamError> make_kafka_client(rd_kafka_type_t type, KafkaConfPtr conf);

// A client without a group, for metadata and administration. It never creates topics by asking.
Expected<KafkaPtr, StreamError> make_kafka_probe(const KafkaCluster& cluster);

// Partitions of `topic`, asking the brokers for at most `timeout`; 0 is never returned.
Expected<int, StreamError> fetch_partition_count(rd_kafka_t* client, const std::string& topic,
                                                 std::chrono::milliseconds timeout);

// The headers of a record that was read; empty for most, and then cheap.
std::vector<Header> copy_headers(const rd_kafka_message_t& message);

}  // namespace sieve
