#include "run/exchange_topics.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"
#include "run/sinks.h"
#include "stream/kafka_admin.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;

// For brokers to answer at start.
constexpr milliseconds kStartTimeout{10'000};

StreamError rewound(const SourceConfig& source, size_t partition, int64_t committed, int64_t end) {
  return {"source_rewound",
          fmt::format("topic `{}` partition {} ends at offset {}, before {}, up to where it was "
                      "read: it was made anew, and facts of its first records would be taken for "
                      "repeats; raise `incarnation` of source `{}`",
                      source.topic, partition, end, committed, source.name)};
}

Expected<void, StreamError> check_source(const KafkaCluster& cluster, const std::string& group,
                                         const SourceConfig& source) {
  const auto committed = fetch_committed_offsets(cluster, group, source.topic, kStartTimeout);
  if (!committed) return Unexpected<StreamError>(committed.error());
  const auto ends = fetch_end_offsets(cluster, source.topic, kStartTimeout);
  if (!ends) return Unexpected<StreamError>(ends.error());
  for (size_t i = 0; i < std::min(committed->size(), ends->size()); ++i) {
    if ((*committed)[i] <= (*ends)[i]) continue;
    StreamError error = rewound(source, i, (*committed)[i], (*ends)[i]);
    if (source.incarnation == 0) return Unexpected<StreamError>(std::move(error));
    // Raised already, perhaps for this: nobody can tell.
    log_warning("run", "source_rewound", "incarnation={} reason={}", source.incarnation,
                log_value(error.message));
  }
  return {};
}

}  // namespace

// Of the facts topic: it says into how many shards windows are divided.
Expected<size_t, StreamError> count_facts_partitions(const Config& config, size_t in_memory) {
  if (config.exchange.kind == ExchangeKind::kMemory) return in_memory;
  auto count = count_partitions(kafka_cluster(config.kafka), config.exchange.topic, kStartTimeout);
  if (!count) return Unexpected<StreamError>(std::move(count.error()));
  if (*count <= UINT16_MAX) return static_cast<size_t>(*count);
  return Unexpected<StreamError>(
      {"bad_property", fmt::format("facts topic `{}` has {} partitions, at most {} can be used",
                                   config.exchange.topic, *count, UINT16_MAX)});
}

Expected<std::unique_ptr<KafkaSource>, StreamError> open_facts_source(
    const Config& config, AssignmentListener& listener) {
  KafkaSourceConfig kafka;
  kafka.cluster = kafka_cluster(config.kafka);
  kafka.group = config.facts_group();
  kafka.instance_id = config.kafka.instance_id;
  kafka.topics = {{config.exchange.topic, 0}};
  kafka.prefetch_bytes = size_t{64} << 20;  // Facts are small, and read by one thread.
  kafka.drain_timeout = milliseconds(config.engine.drain_timeout.ms);
  return KafkaSource::open(std::move(kafka), listener);
}

Expected<void, StreamError> check_not_rewound(const Config& config) {
  for (const SourceConfig& source : config.sources) {
    auto checked = check_source(kafka_cluster(config.kafka), config.kafka.group, source);
    if (!checked) return checked;
  }
  return {};
}

Expected<std::vector<ExchangeGuard::Topic>, StreamError> guarded_topics(const Config& config) {
  std::vector<ExchangeGuard::Topic> topics;
  for (const SourceConfig& source : config.sources) {
    auto count = count_partitions(kafka_cluster(config.kafka), source.topic, kStartTimeout);
    if (!count) return Unexpected<StreamError>(std::move(count.error()));
    topics.push_back({source.topic, source.kind, source.key, static_cast<size_t>(*count)});
  }
  return topics;
}

}  // namespace sieve
