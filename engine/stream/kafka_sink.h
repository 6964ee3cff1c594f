// A KafkaSink produces to one topic, acknowledged by all in-sync replicas and idempotent, so that a
// retry neither loses, repeats nor reorders a record.
//
// Every record is kept until it is acknowledged. After a fatal error of the library (2.0.2 has one
// for any broker restart at the wrong moment) the sink makes a new producer and sends what was not
// acknowledged again, in order; such a record may then be in the topic twice. While brokers are
// away, records wait, without a limit in time, and publish() returns false once the queue is full.
//
// With `gapless`, a record that can never be delivered (rights, size) is treated like a fatal
// error: what follows it in its partition is not delivered without it. It is tried a few times, and
// then everything is reported as failed.
//
// Thread safety: as RecordSink says; the listener is called on the thread that serves, and must not
// call the sink. Lifetime: refers to the listener; the destructor drops what is not delivered.
// Errors: the codes of kafka_client.h.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/expected.h"
#include "stream/kafka_properties.h"
#include "stream/sink.h"

namespace sieve {

struct KafkaSinkConfig {
  KafkaCluster cluster;
  std::string topic;
  // How long a record may wait for others to share its request: throughput against latency.
  std::chrono::milliseconds linger{5};
  // Records and bytes that may wait for acknowledgement.
  size_t pending_max = 200'000;
  size_t pending_bytes_max = size_t{256} << 20;
  bool gapless = false;
  // For brokers and the topic to answer in open().
  std::chrono::milliseconds start_timeout = std::chrono::seconds(10);
};

class KafkaSink : public RecordSink {
 public:
  // Connects and checks that the topic exists.
  static Expected<std::unique_ptr<KafkaSink>, StreamError> open(KafkaSinkConfig config,
                                                                DeliveryListener& listener);

  // Of the topic, when the sink was opened.
  virtual int partition_count() const = 0;
  // Producers made anew after fatal errors.
  virtual size_t rebuild_count() const = 0;
};

}  // namespace sieve
