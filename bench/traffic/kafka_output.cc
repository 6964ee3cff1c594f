#include "traffic/kafka_output.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "stream/kafka_admin.h"

namespace sieve::traffic {
namespace {

constexpr std::chrono::milliseconds kLinger(20);
// The queue is full: how long to wait before the next try, and in all.
constexpr std::chrono::milliseconds kWait(20);
constexpr std::chrono::seconds kPatience(60);
// Records between two looks at delivery reports.
constexpr uint64_t kServiceEvery = 1'024;

}  // namespace

Expected<std::unique_ptr<KafkaOutput>, std::string> KafkaOutput::open(const std::string& brokers,
                                                                      const std::string& topic) {
  std::unique_ptr<KafkaOutput> output(new KafkaOutput);
  KafkaSinkConfig config;
  config.cluster.brokers = brokers;
  config.topic = topic;
  config.linger = kLinger;
  auto sink = KafkaSink::open(std::move(config), *output);
  if (!sink) return Unexpected<std::string>(sink.error().message);
  output->topic_ = topic;
  output->sink_ = std::move(*sink);
  return output;
}

void KafkaOutput::write(std::string_view key, std::string_view line) {
  std::chrono::milliseconds waited(0);
  while (failure_.empty() && !sink_->publish({.key = key, .value = line, .headers = {}}, {})) {
    sink_->service(kWait);
    waited += kWait;
    if (waited >= kPatience) failure_ = fmt::format("{}: the brokers take no records", topic_);
  }
  if (++written_ % kServiceEvery == 0) sink_->service(std::chrono::milliseconds(0));
}

Expected<void, std::string> KafkaOutput::close() {
  if (failure_.empty() && !sink_->flush(kPatience)) {
    failure_ = fmt::format("{}: {} records are not acknowledged", topic_, sink_->pending());
  }
  if (failure_.empty()) return {};
  return Unexpected<std::string>(failure_);
}

void KafkaOutput::delivered(const DeliveryTicket& /*ticket*/) {}

void KafkaOutput::delivery_failed(const DeliveryTicket& /*ticket*/, const StreamError& error) {
  if (failure_.empty()) failure_ = fmt::format("{}: {}", topic_, error.message);
}

Expected<void, std::string> create_kafka_topics(const std::string& brokers,
                                                const std::vector<std::string>& topics,
                                                int partitions) {
  std::vector<TopicSpec> specs;
  for (const std::string& topic : topics) specs.push_back({topic, partitions, 1});
  const auto created = create_topics({brokers, {}}, specs, std::chrono::seconds(30));
  if (created) return {};
  return Unexpected<std::string>(created.error().message);
}

}  // namespace sieve::traffic
