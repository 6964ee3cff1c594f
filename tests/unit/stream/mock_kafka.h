// A MockKafka is librdkafka's in-process cluster, with errors on request.
//
// Thread safety: all functions. Lifetime: clients of it must end first.
#pragma once

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <initializer_list>
#include <string>

#include "stream/kafka_client.h"

namespace sieve {

// Numbers of requests in the Kafka protocol.
inline constexpr int16_t kProduceRequest = 0;
inline constexpr int16_t kInitProducerIdRequest = 22;

class MockKafka {
 public:
  explicit MockKafka(int broker_count = 1) {
    auto conf = make_kafka_conf({{"client.id", "mock"}}, {});
    auto client = make_kafka_client(RD_KAFKA_PRODUCER, std::move(*conf));
    EXPECT_TRUE(client.has_value());
    client_ = std::move(*client);
    cluster_ = rd_kafka_mock_cluster_new(client_.get(), broker_count);
  }
  ~MockKafka() { rd_kafka_mock_cluster_destroy(cluster_); }
  MockKafka(const MockKafka&) = delete;
  MockKafka& operator=(const MockKafka&) = delete;

  KafkaCluster cluster() const { return {rd_kafka_mock_cluster_bootstraps(cluster_), {}}; }

  void create_topic(const std::string& name, int partition_count) {
    EXPECT_EQ(rd_kafka_mock_topic_create(cluster_, name.c_str(), partition_count, 1),
              RD_KAFKA_RESP_ERR_NO_ERROR);
  }

  // Whoever asks about `name` is told so. The mock itself makes topics that it does not know.
  void set_topic_error(const std::string& name, rd_kafka_resp_err_t error) {
    rd_kafka_mock_topic_set_error(cluster_, name.c_str(), error);
  }

  // The next requests of this kind are answered so, one after the other.
  void fail_requests(int16_t request, std::initializer_list<rd_kafka_resp_err_t> errors) {
    rd_kafka_mock_push_request_errors_array(cluster_, request, errors.size(), errors.begin());
  }

  void set_down(bool is_down) {
    if (is_down) {
      rd_kafka_mock_broker_set_down(cluster_, 1);
    } else {
      rd_kafka_mock_broker_set_up(cluster_, 1);
    }
  }

 private:
  KafkaPtr client_;
  rd_kafka_mock_cluster_t* cluster_ = nullptr;
};

}  // namespace sieve
