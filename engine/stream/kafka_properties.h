// How to reach a Kafka cluster: addresses and librdkafka properties, as plain text.
//
// Thread safety: values.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace sieve {

// Names and values of librdkafka's CONFIGURATION.md, set in order.
using KafkaProperties = std::vector<std::pair<std::string, std::string>>;

struct KafkaCluster {
  std::string brokers;  // `host:port,host:port`
  KafkaProperties
      properties;  // What the connection needs beside it: `security.protocol`, `sasl.*`.
};

}  // namespace sieve
