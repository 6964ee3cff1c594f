#include "stream/kafka_admin.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "stream/kafka_client.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

using NewTopicPtr = std::unique_ptr<rd_kafka_NewTopic_t, KafkaDeleter<rd_kafka_NewTopic_destroy>>;
using DeleteTopicPtr =
    std::unique_ptr<rd_kafka_DeleteTopic_t, KafkaDeleter<rd_kafka_DeleteTopic_destroy>>;
using AdminOptionsPtr =
    std::unique_ptr<rd_kafka_AdminOptions_t, KafkaDeleter<rd_kafka_AdminOptions_destroy>>;

Unexpected<StreamError> failed(rd_kafka_resp_err_t error, std::string_view doing) {
  return Unexpected<StreamError>(kafka_error(error, doing));
}

milliseconds left_until(Clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
  return std::max(left, milliseconds(1));
}

AdminOptionsPtr make_options(rd_kafka_t* client, rd_kafka_admin_op_t operation,
                             milliseconds timeout) {
  AdminOptionsPtr options(rd_kafka_AdminOptions_new(client, operation));
  char why[256];
  const int timeout_ms = std::max(kafka_timeout_ms(timeout), 1);
  rd_kafka_AdminOptions_set_request_timeout(options.get(), timeout_ms, why, sizeof why);
  // The controller answers only when the change has reached the brokers.
  rd_kafka_AdminOptions_set_operation_timeout(options.get(), timeout_ms, why, sizeof why);
  return options;
}

// The first topic of a result that did not work out, `ignored` left aside.
Expected<void, StreamError> check_results(const rd_kafka_topic_result_t** results, size_t count,
                                          rd_kafka_resp_err_t ignored) {
  for (size_t i = 0; i < count; ++i) {
    const rd_kafka_resp_err_t error = rd_kafka_topic_result_error(results[i]);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR || error == ignored) continue;
    const char* said = rd_kafka_topic_result_error_string(results[i]);
    return Unexpected<StreamError>(
        kafka_error(error, fmt::format("topic `{}`", rd_kafka_topic_result_name(results[i])),
                    said == nullptr ? "" : said));
  }
  return {};
}

// Waits for the one answer to an administrative request.
Expected<KafkaEventPtr, StreamError> wait_event(rd_kafka_queue_t* queue, milliseconds timeout,
                                                std::string_view doing) {
  // A little longer than the request itself may take, so that its own error arrives.
  KafkaEventPtr event(
      rd_kafka_queue_poll(queue, kafka_timeout_ms(timeout + std::chrono::seconds(1))));
  if (!event) return failed(RD_KAFKA_RESP_ERR__TIMED_OUT, doing);
  const rd_kafka_resp_err_t error = rd_kafka_event_error(event.get());
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return event;
  return Unexpected<StreamError>(
      kafka_error(error, doing, rd_kafka_event_error_string(event.get())));
}

Expected<void, StreamError> request_creation(rd_kafka_t* client,
                                             const std::vector<TopicSpec>& topics,
                                             milliseconds timeout) {
  std::vector<NewTopicPtr> owned;
  std::vector<rd_kafka_NewTopic_t*> wanted;
  for (const TopicSpec& topic : topics) {
    char why[256];
    owned.emplace_back(rd_kafka_NewTopic_new(topic.name.c_str(), topic.partition_count,
                                             topic.replication_factor, why, sizeof why));
    if (!owned.back()) {
      return Unexpected<StreamError>({"bad_topic", fmt::format("topic `{}`: {}", topic.name, why)});
    }
    wanted.push_back(owned.back().get());
  }
  const AdminOptionsPtr options = make_options(client, RD_KAFKA_ADMIN_OP_CREATETOPICS, timeout);
  const KafkaQueuePtr queue(rd_kafka_queue_new(client));
  rd_kafka_CreateTopics(client, wanted.data(), wanted.size(), options.get(), queue.get());
  const auto event = wait_event(queue.get(), timeout, "creating topics");
  if (!event) return Unexpected<StreamError>(event.error());
  size_t count = 0;
  const auto* result = rd_kafka_event_CreateTopics_result(event->get());
  const auto** results = rd_kafka_CreateTopics_result_topics(result, &count);
  return check_results(results, count, RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS);
}

// Metadata lags behind the controller for a moment after a creation.
Expected<int, StreamError> wait_for_topic(rd_kafka_t* client, const std::string& name,
                                          Clock::time_point deadline) {
  while (true) {
    auto count = fetch_partition_count(client, name, left_until(deadline));
    if (count || count.error().code != "unknown_topic" || Clock::now() >= deadline) return count;
    std::this_thread::sleep_for(milliseconds(20));
  }
}

// Runs `ask` until it gives no error that time may heal, or until `deadline`.
template <class Ask>
rd_kafka_resp_err_t ask_until(Clock::time_point deadline, Ask ask) {
  while (true) {
    const rd_kafka_resp_err_t error = ask(std::min(left_until(deadline), milliseconds(2'000)));
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR || Clock::now() >= deadline) return error;
    if (error == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED) return error;
    std::this_thread::sleep_for(milliseconds(50));
  }
}

}  // namespace

Expected<void, StreamError> create_topics(const KafkaCluster& cluster,
                                          const std::vector<TopicSpec>& topics,
                                          milliseconds timeout) {
  if (topics.empty()) return {};
  const auto deadline = Clock::now() + timeout;
  const auto client = make_kafka_probe(cluster);
  if (!client) return Unexpected<StreamError>(client.error());
  if (auto made = request_creation(client->get(), topics, timeout); !made) return made;
  for (const TopicSpec& topic : topics) {
    const auto count = wait_for_topic(client->get(), topic.name, deadline);
    if (!count) return Unexpected<StreamError>(count.error());
    if (*count != topic.partition_count) {
      return Unexpected<StreamError>(
          {"topic_differs", fmt::format("topic `{}` exists with {} partitions, not {}", topic.name,
                                        *count, topic.partition_count)});
    }
  }
  return {};
}

Expected<void, StreamError> delete_topics(const KafkaCluster& cluster,
                                          const std::vector<std::string>& topics,
                                          milliseconds timeout) {
  if (topics.empty()) return {};
  const auto client = make_kafka_probe(cluster);
  if (!client) return Unexpected<StreamError>(client.error());
  std::vector<DeleteTopicPtr> owned;
  std::vector<rd_kafka_DeleteTopic_t*> unwanted;
  for (const std::string& topic : topics) {
    owned.emplace_back(rd_kafka_DeleteTopic_new(topic.c_str()));
    unwanted.push_back(owned.back().get());
  }
  rd_kafka_t* rk = client->get();
  const AdminOptionsPtr options = make_options(rk, RD_KAFKA_ADMIN_OP_DELETETOPICS, timeout);
  const KafkaQueuePtr queue(rd_kafka_queue_new(rk));
  rd_kafka_DeleteTopics(rk, unwanted.data(), unwanted.size(), options.get(), queue.get());
  const auto event = wait_event(queue.get(), timeout, "deleting topics");
  if (!event) return Unexpected<StreamError>(event.error());
  size_t count = 0;
  const auto* result = rd_kafka_event_DeleteTopics_result(event->get());
  const auto** results = rd_kafka_DeleteTopics_result_topics(result, &count);
  return check_results(results, count, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
}

Expected<int, StreamError> count_partitions(const KafkaCluster& cluster, const std::string& topic,
                                            milliseconds timeout) {
  const auto client = make_kafka_probe(cluster);
  if (!client) return Unexpected<StreamError>(client.error());
  auto count = fetch_partition_count(client->get(), topic, timeout);
  if (count) return count;
  StreamError error = count.error();
  error.message = fmt::format("broker {}: {}", cluster.brokers, error.message);
  return Unexpected<StreamError>(std::move(error));
}

Expected<std::vector<int64_t>, StreamError> fetch_end_offsets(const KafkaCluster& cluster,
                                                              const std::string& topic,
                                                              milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  const auto client = make_kafka_probe(cluster);
  if (!client) return Unexpected<StreamError>(client.error());
  rd_kafka_t* rk = client->get();
  const auto count = fetch_partition_count(rk, topic, timeout);
  if (!count) return Unexpected<StreamError>(count.error());
  std::vector<int64_t> ends;
  for (int partition = 0; partition < *count; ++partition) {
    int64_t low = 0;
    int64_t high = 0;
    const rd_kafka_resp_err_t error = ask_until(deadline, [&](milliseconds left) {
      return rd_kafka_query_watermark_offsets(rk, topic.c_str(), partition, &low, &high,
                                              kafka_timeout_ms(left));
    });
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return failed(error, fmt::format("end of topic `{}` partition {}", topic, partition));
    }
    ends.push_back(high);
  }
  return ends;
}

Expected<std::vector<int64_t>, StreamError> fetch_committed_offsets(const KafkaCluster& cluster,
                                                                    const std::string& group,
                                                                    const std::string& topic,
                                                                    milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  KafkaCluster member = cluster;
  member.properties.emplace_back("group.id", group);
  const auto client = make_kafka_probe(member);
  if (!client) return Unexpected<StreamError>(client.error());
  rd_kafka_t* rk = client->get();
  const auto count = fetch_partition_count(rk, topic, timeout);
  if (!count) return Unexpected<StreamError>(count.error());
  const KafkaPartitionsPtr wanted(rd_kafka_topic_partition_list_new(*count));
  for (int partition = 0; partition < *count; ++partition) {
    rd_kafka_topic_partition_list_add(wanted.get(), topic.c_str(), partition);
  }
  const rd_kafka_resp_err_t error = ask_until(deadline, [&](milliseconds left) {
    return rd_kafka_committed(rk, wanted.get(), kafka_timeout_ms(left));
  });
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return failed(error, fmt::format("offsets of group `{}`", group));
  }
  std::vector<int64_t> committed;
  committed.reserve(static_cast<size_t>(*count));
  for (int i = 0; i < wanted->cnt; ++i) {
    committed.push_back(std::max<int64_t>(wanted->elems[i].offset, -1));
  }
  return committed;
}

Expected<void, StreamError> wait_until_ready(const KafkaCluster& cluster, milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  KafkaCluster member = cluster;
  member.properties.emplace_back("group.id", "scamsieve-probe");
  const auto client = make_kafka_probe(member);
  if (!client) return Unexpected<StreamError>(client.error());
  rd_kafka_t* rk = client->get();
  const std::string doing = fmt::format("broker {}", cluster.brokers);
  rd_kafka_resp_err_t error = ask_until(deadline, [&](milliseconds left) {
    const rd_kafka_metadata_t* raw = nullptr;
    const auto answer = rd_kafka_metadata(rk, 0, nullptr, &raw, kafka_timeout_ms(left));
    const KafkaMetadataPtr metadata(raw);
    return answer;
  });
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return failed(error, doing);
  // Asking for offsets needs the coordinator, and makes the broker set up its offsets topic. The
  // partition need not exist.
  const KafkaPartitionsPtr wanted(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(wanted.get(), "scamsieve-probe", 0);
  error = ask_until(deadline, [&](milliseconds left) {
    return rd_kafka_committed(rk, wanted.get(), kafka_timeout_ms(left));
  });
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return failed(error, doing + ": group coordinator");
  return {};
}

}  // namespace sieve
