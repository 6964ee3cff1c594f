#include "stream/kafka_client.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;

struct ErrorText {
  std::string_view code;
  std::string_view help;
};

ErrorText text_of(rd_kafka_resp_err_t error) {
  switch (error) {
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__RESOLVE:
      return {"broker_unreachable", "check the broker address and that the broker is running"};
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      return {"unknown_topic", "create the topic or correct its name"};
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
      return {"not_authorized", "grant this client the access it needs"};
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR__SSL:
      return {"not_authenticated", "check the credentials and the security properties"};
    case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
    case RD_KAFKA_RESP_ERR__FENCED:
      return {"fenced", "another member of the group uses the same instance id; give each its own"};
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR__NO_OFFSET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
      return {"no_offset", "say where to start: set the offset reset, or the group's offsets"};
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
      return {"too_large", "raise message.max.bytes here and max.message.bytes of the topic"};
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
      return {"timed_out", "the brokers answer too slowly or not at all"};
    default:
      return {"kafka_error", "see the broker's log"};
  }
}

// librdkafka's threads call this. What it calls an error is mostly a lost connection that it mends
// by itself, so nothing is worse than a warning.
void log_line(const rd_kafka_t*, int level, const char* facility, const char* text) {
  const LogLevel ours = level <= 4   ? LogLevel::kWarning
                        : level == 5 ? LogLevel::kInfo
                                     : LogLevel::kDebug;
  write_log(ours, "kafka", "library",
            fmt::format("facility={} text={}", facility, log_value(text)));
}

// The one topic of `metadata`, or why there is none yet.
Expected<int, rd_kafka_resp_err_t> partition_count_of(const rd_kafka_metadata_t& metadata) {
  using Error = Unexpected<rd_kafka_resp_err_t>;
  if (metadata.topic_cnt != 1) return Error(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  const rd_kafka_metadata_topic& topic = metadata.topics[0];
  if (topic.err != RD_KAFKA_RESP_ERR_NO_ERROR) return Error(topic.err);
  if (topic.partition_cnt <= 0) return Error(RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE);
  return topic.partition_cnt;
}

bool passes_by_waiting(rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE || error == RD_KAFKA_RESP_ERR__TIMED_OUT;
}

}  // namespace

int kafka_timeout_ms(milliseconds timeout) {
  constexpr milliseconds kDay = std::chrono::hours(24);
  return static_cast<int>(std::clamp(timeout, milliseconds(0), kDay).count());
}

StreamError kafka_error(rd_kafka_resp_err_t error, std::string_view doing,
                        std::string_view detail) {
  const ErrorText text = text_of(error);
  std::string message = fmt::format("{}: {}", doing, rd_kafka_err2str(error));
  if (!detail.empty()) message += fmt::format(" ({})", detail);
  return {std::string(text.code), fmt::format("{}; {}", message, text.help)};
}

Expected<void, StreamError> refuse_properties(const KafkaProperties& properties,
                                              std::span<const std::string_view> names) {
  for (const auto& [name, value] : properties) {
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    return Unexpected<StreamError>(
        {"bad_property", fmt::format("Kafka property `{}` is set by the engine itself", name)});
  }
  return {};
}

Expected<KafkaConfPtr, StreamError> make_kafka_conf(const KafkaProperties& base,
                                                    const KafkaProperties& extra) {
  KafkaConfPtr conf(rd_kafka_conf_new());
  char why[512];
  for (const KafkaProperties* properties : {&base, &extra}) {
    for (const auto& [name, value] : *properties) {
      if (rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), why, sizeof why) ==
          RD_KAFKA_CONF_OK) {
        continue;
      }
      return Unexpected<StreamError>(
          {"bad_property", fmt::format("Kafka property `{}`: {}", name, why)});
    }
  }
  rd_kafka_conf_set_log_cb(conf.get(), log_line);
  return conf;
}

Expected<KafkaPtr, StreamError> make_kafka_client(rd_kafka_type_t type, KafkaConfPtr conf) {
  char why[512];
  KafkaPtr client(rd_kafka_new(type, conf.get(), why, sizeof why));
  if (!client) {
    return Unexpected<StreamError>({"bad_property", fmt::format("Kafka client: {}", why)});
  }
  // The client owns the configuration now; on failure it would have stayed ours.
  static_cast<void>(conf.release());
  return client;
}

Expected<KafkaPtr, StreamError> make_kafka_probe(const KafkaCluster& cluster) {
  const KafkaProperties base = {{"bootstrap.servers", cluster.brokers},
                                {"client.id", "scamsieve-probe"},
                                {"socket.nagle.disable", "true"},
                                {"allow.auto.create.topics", "false"}};
  auto conf = make_kafka_conf(base, cluster.properties);
  if (!conf) return Unexpected<StreamError>(std::move(conf.error()));
  return make_kafka_client(RD_KAFKA_CONSUMER, std::move(*conf));
}

Expected<int, StreamError> fetch_partition_count(rd_kafka_t* client, const std::string& topic,
                                                 milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const KafkaTopicPtr handle(rd_kafka_topic_new(client, topic.c_str(), nullptr));
  const std::string doing = fmt::format("topic `{}`", topic);
  if (!handle) return Unexpected<StreamError>(kafka_error(rd_kafka_last_error(), doing));
  while (true) {
    const auto left =
        std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
    const rd_kafka_metadata_t* raw = nullptr;
    rd_kafka_resp_err_t error =
        rd_kafka_metadata(client, 0, handle.get(), &raw, std::max(kafka_timeout_ms(left), 1));
    const KafkaMetadataPtr metadata(raw);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
      const auto count = partition_count_of(*metadata);
      if (count) return *count;
      error = count.error();
    }
    if (!passes_by_waiting(error) || left <= milliseconds(0)) {
      return Unexpected<StreamError>(kafka_error(error, doing));
    }
    rd_kafka_poll(client, 100);
  }
}

std::vector<Header> copy_headers(const rd_kafka_message_t& message) {
  std::vector<Header> copied;
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return copied;
  const char* name = nullptr;
  const void* value = nullptr;
  size_t size = 0;
  for (size_t i = 0;
       rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
       ++i) {
    copied.emplace_back(name, std::string(static_cast<const char*>(value), size));
  }
  return copied;
}

}  // namespace sieve
