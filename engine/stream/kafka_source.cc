#include "stream/kafka_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "stream/kafka_consumer.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;

// Losing no record depends on these, so they cannot be configured.
constexpr std::array<std::string_view, 9> kReserved = {"bootstrap.servers",
                                                       "enable.auto.commit",
                                                       "enable.auto.offset.store",
                                                       "enable.partition.eof",
                                                       "group.id",
                                                       "group.instance.id",
                                                       "auto.offset.reset",
                                                       "partition.assignment.strategy",
                                                       "queued.max.messages.kbytes"};

std::string name_of(OffsetReset reset) {
  switch (reset) {
    case OffsetReset::kEarliest:
      return "earliest";
    case OffsetReset::kLatest:
      return "latest";
    case OffsetReset::kError:
      return "error";
  }
  return "error";
}

Expected<void, StreamError> check_config(const KafkaSourceConfig& config) {
  const auto refuse = [](std::string message) {
    return Unexpected<StreamError>({"bad_property", std::move(message)});
  };
  if (config.cluster.brokers.empty()) return refuse("Kafka source: no brokers are given");
  if (config.group.empty()) return refuse("Kafka source: no consumer group is given");
  if (config.topics.empty()) return refuse("Kafka source: no topics are given");
  std::set<std::string> names;
  for (const KafkaTopic& topic : config.topics) {
    if (!names.insert(topic.name).second) {
      return refuse(fmt::format("Kafka source: topic `{}` is named twice", topic.name));
    }
  }
  return refuse_properties(config.cluster.properties, kReserved);
}

// Partitions of all topics together, asked before the group is joined: subscribing to a topic that
// does not exist crashes 2.0.2.
Expected<int, StreamError> check_topics(const KafkaSourceConfig& config) {
  const auto probe = make_kafka_probe(config.cluster);
  if (!probe) return Unexpected<StreamError>(probe.error());
  int partition_count = 0;
  for (const KafkaTopic& topic : config.topics) {
    auto count = fetch_partition_count(probe->get(), topic.name, config.start_timeout);
    if (!count) {
      StreamError error = count.error();
      error.message = fmt::format("broker {}: {}", config.cluster.brokers, error.message);
      return Unexpected<StreamError>(std::move(error));
    }
    partition_count += *count;
  }
  return partition_count;
}

}  // namespace

Expected<std::unique_ptr<KafkaSource>, StreamError> KafkaSource::open(
    KafkaSourceConfig config, AssignmentListener& listener) {
  if (auto checked = check_config(config); !checked) {
    return Unexpected<StreamError>(checked.error());
  }
  const auto partition_count = check_topics(config);
  if (!partition_count) return Unexpected<StreamError>(partition_count.error());
  auto consumer = std::make_unique<KafkaConsumer>(std::move(config), listener);
  if (auto started = consumer->start(*partition_count); !started) {
    return Unexpected<StreamError>(started.error());
  }
  return consumer;
}

Expected<KafkaConfPtr, StreamError> KafkaConsumer::make_conf(int partition_count) const {
  constexpr size_t kShareMin = size_t{4} << 20;
  constexpr size_t kShareMax = size_t{128} << 20;
  // With a queue for each partition the library's limit holds for each of them.
  const size_t share =
      std::clamp(config_.prefetch_bytes / static_cast<size_t>(std::max(partition_count, 1)),
                 kShareMin, kShareMax);
  const bool is_static = !config_.instance_id.empty();
  KafkaProperties base = {
      {"bootstrap.servers", config_.cluster.brokers},
      {"client.id", "scamsieve"},
      {"group.id", config_.group},
      // At least once: only what commit() stored is committed, behind the application.
      {"enable.auto.commit", "true"},
      {"auto.commit.interval.ms", "1000"},
      {"enable.auto.offset.store", "false"},
      {"auto.offset.reset", name_of(config_.offset_reset)},
      // The one assignor of 2.0.2 that is both safe and puts partition i of all topics together.
      {"partition.assignment.strategy", "range"},
      {"session.timeout.ms", is_static ? "90000" : "45000"},
      {"heartbeat.interval.ms", is_static ? "9000" : "3000"},
      {"max.poll.interval.ms", "300000"},
      {"fetch.wait.max.ms", "100"},
      {"fetch.message.max.bytes", "1048576"},
      {"queued.min.messages", "500000"},
      {"queued.max.messages.kbytes", std::to_string(share >> 10)},
      {"isolation.level", "read_committed"},
      {"check.crcs", "true"},
      {"allow.auto.create.topics", "false"},
      {"socket.nagle.disable", "true"},
      {"socket.keepalive.enable", "true"},
  };
  if (is_static) base.emplace_back("group.instance.id", config_.instance_id);
  return make_kafka_conf(base, config_.cluster.properties);
}

Expected<void, StreamError> KafkaConsumer::start(int partition_count) {
  auto conf = make_conf(partition_count);
  if (!conf) return Unexpected<StreamError>(std::move(conf.error()));
  rd_kafka_conf_set_opaque(conf->get(), this);
  rd_kafka_conf_set_rebalance_cb(conf->get(), on_rebalance);
  rd_kafka_conf_set_error_cb(conf->get(), on_error);
  auto client = make_kafka_client(RD_KAFKA_CONSUMER, std::move(*conf));
  if (!client) return Unexpected<StreamError>(std::move(client.error()));
  client_ = client->release();
  rd_kafka_poll_set_consumer(client_);
  const KafkaPartitionsPtr topics(
      rd_kafka_topic_partition_list_new(static_cast<int>(config_.topics.size())));
  for (const KafkaTopic& topic : config_.topics) {
    rd_kafka_topic_partition_list_add(topics.get(), topic.name.c_str(), RD_KAFKA_PARTITION_UA);
  }
  const rd_kafka_resp_err_t error = rd_kafka_subscribe(client_, topics.get());
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return Unexpected<StreamError>(
        kafka_error(error, fmt::format("subscribing as group `{}`", config_.group)));
  }
  return {};
}

}  // namespace sieve
