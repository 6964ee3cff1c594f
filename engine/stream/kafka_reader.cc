#include "stream/kafka_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "stream/kafka_client.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using MessagePtr = std::unique_ptr<rd_kafka_message_t, KafkaDeleter<rd_kafka_message_destroy>>;

Expected<KafkaPtr, StreamError> make_reader(const KafkaCluster& cluster) {
  const KafkaProperties base = {
      {"bootstrap.servers", cluster.brokers}, {"client.id", "scamsieve-reader"},
      {"group.id", "scamsieve-reader"},       {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},  {"auto.offset.reset", "earliest"},
      {"enable.partition.eof", "true"},       {"fetch.wait.max.ms", "20"},
      {"socket.nagle.disable", "true"}};
  auto conf = make_kafka_conf(base, cluster.properties);
  if (!conf) return Unexpected<StreamError>(std::move(conf.error()));
  auto client = make_kafka_client(RD_KAFKA_CONSUMER, std::move(*conf));
  if (client) rd_kafka_poll_set_consumer(client->get());
  return client;
}

void give(const rd_kafka_message_t& message, const std::function<void(const TopicRecord&)>& take) {
  TopicRecord record;
  record.partition = message.partition;
  record.offset = message.offset;
  record.key = {static_cast<const char*>(message.key), message.key_len};
  record.value = {static_cast<const char*>(message.payload), message.len};
  record.headers = copy_headers(message);
  take(record);
}

// Reads until each of `partition_count` partitions has shown its end.
Expected<uint64_t, StreamError> drain(rd_kafka_t* client, int partition_count,
                                      Clock::time_point deadline,
                                      const std::function<void(const TopicRecord&)>& take) {
  std::vector<char> ended(static_cast<size_t>(partition_count), 0);
  int ended_count = 0;
  uint64_t taken = 0;
  while (ended_count < partition_count) {
    if (Clock::now() >= deadline) {
      return Unexpected<StreamError>(kafka_error(RD_KAFKA_RESP_ERR__TIMED_OUT, "reading a topic"));
    }
    const MessagePtr message(rd_kafka_consumer_poll(client, 100));
    if (!message) continue;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      give(*message, take);
      ++taken;
    } else if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      char& flag = ended[static_cast<size_t>(message->partition)];
      ended_count += flag == 0 ? 1 : 0;
      flag = 1;
    } else if (message->err != RD_KAFKA_RESP_ERR__TRANSPORT &&
               message->err != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
      return Unexpected<StreamError>(
          kafka_error(message->err, "reading a topic", rd_kafka_message_errstr(message.get())));
    }
  }
  return taken;
}

}  // namespace

Expected<uint64_t, StreamError> read_topic(const KafkaCluster& cluster, const std::string& topic,
                                           milliseconds timeout,
                                           const std::function<void(const TopicRecord&)>& take) {
  const auto deadline = Clock::now() + timeout;
  auto client = make_reader(cluster);
  if (!client) return Unexpected<StreamError>(std::move(client.error()));
  const auto partition_count = fetch_partition_count(client->get(), topic, timeout);
  if (!partition_count) return Unexpected<StreamError>(partition_count.error());
  const KafkaPartitionsPtr wanted(rd_kafka_topic_partition_list_new(*partition_count));
  for (int partition = 0; partition < *partition_count; ++partition) {
    rd_kafka_topic_partition_list_add(wanted.get(), topic.c_str(), partition)->offset =
        RD_KAFKA_OFFSET_BEGINNING;
  }
  rd_kafka_assign(client->get(), wanted.get());
  auto taken = drain(client->get(), *partition_count, deadline, take);
  rd_kafka_consumer_close(client->get());
  return taken;
}

}  // namespace sieve
