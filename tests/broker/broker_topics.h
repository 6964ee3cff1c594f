// What tests with a real broker share: its address, and how records get into its topics.
//
// Thread safety: functions without shared state.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>

#include "base/check.h"
#include "stream/kafka_sink.h"

namespace sieve {

// Of the broker; empty: there is none.
inline std::string bootstrap() {
  const char* servers = std::getenv("SIEVE_KAFKA_BOOTSTRAP");
  return servers == nullptr ? "" : servers;
}

inline constexpr char kNoBroker[] =
    "SIEVE_KAFKA_BOOTSTRAP is not set: start a broker with deploy/kafka/kafka start";

inline KafkaCluster broker_cluster() { return {bootstrap(), {}}; }

class CountDeliveries final : public DeliveryListener {
 public:
  void delivered(const DeliveryTicket&) override { ++count; }
  void delivery_failed(const DeliveryTicket&, const StreamError& error) override {
    ADD_FAILURE() << error.message;
  }
  std::atomic<int64_t> count{0};
};

inline std::unique_ptr<KafkaSink> open_sink(const std::string& topic, DeliveryListener& listener) {
  KafkaSinkConfig config;
  config.cluster = broker_cluster();
  config.topic = topic;
  auto sink = KafkaSink::open(config, listener);
  SIEVE_CHECK(sink.has_value(), "{}", sink.error().message);
  return std::move(*sink);
}

inline void put(RecordSink& sink, const std::string& key, const std::string& value) {
  while (!sink.publish({key, value, {}}, {})) sink.service(std::chrono::milliseconds(5));
}

}  // namespace sieve
