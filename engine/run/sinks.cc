#include "run/sinks.h"

#include "stream/file_sink.h"
#include "stream/kafka_sink.h"

namespace sieve {

KafkaCluster kafka_cluster(const KafkaConfig& config) {
  KafkaCluster cluster;
  cluster.brokers = config.brokers;
  cluster.properties.assign(config.properties.begin(), config.properties.end());
  return cluster;
}

std::unique_ptr<RecordSink> SinkOpener::open_facts(const std::string& topic,
                                                   DeliveryListener& listener) {
  if (error_) return nullptr;
  KafkaSinkConfig kafka;
  kafka.cluster = kafka_cluster(config_.kafka);
  kafka.topic = topic;
  kafka.gapless = true;
  auto sink = KafkaSink::open(std::move(kafka), listener);
  if (sink) return std::move(*sink);
  error_ = sink.error();
  return nullptr;
}

std::unique_ptr<RecordSink> SinkOpener::open(const OutputConfig& output) {
  if (output.empty() || error_) return nullptr;
  if (!output.topic.empty()) {
    KafkaSinkConfig kafka;
    kafka.cluster = kafka_cluster(config_.kafka);
    kafka.topic = output.topic;
    auto sink = KafkaSink::open(std::move(kafka), listener_);
    if (sink) return std::move(*sink);
    error_ = sink.error();
    return nullptr;
  }
  // Files are read anew from their start, topics go on: what is written must do the same.
  const bool reads_topics = !config_.sources.front().topic.empty();
  auto sink =
      FileSink::open(output.file, reads_topics ? FileMode::kAppend : FileMode::kReplace, listener_);
  if (sink) return std::move(*sink);
  error_ = sink.error();
  return nullptr;
}

}  // namespace sieve
