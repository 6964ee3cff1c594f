#include "stream/kafka_sink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <numeric>
#include <thread>

#include "stream/kafka_reader.h"
#include "unit/stream/delivery_log.h"
#include "unit/stream/mock_kafka.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr std::chrono::seconds kLong(30);
const std::string kTopic = "alerts";

KafkaSinkConfig config_of(const KafkaCluster& cluster) {
  KafkaSinkConfig config;
  config.cluster = cluster;
  config.topic = kTopic;
  config.start_timeout = std::chrono::seconds(5);
  return config;
}

std::unique_ptr<KafkaSink> open_or_fail(KafkaSinkConfig config, DeliveryListener& listener) {
  auto sink = KafkaSink::open(std::move(config), listener);
  EXPECT_TRUE(sink.has_value()) << sink.error().message;
  return sink ? std::move(*sink) : nullptr;
}

// Publishes values "0", "1", ... under one key, so that they share a partition and have an order.
void publish_numbers(KafkaSink& sink, uint64_t first, uint64_t count) {
  for (uint64_t i = first; i < first + count; ++i) {
    const std::string value = std::to_string(i);
    while (!sink.publish({"key", value, {}}, ticket_of(i))) {
      sink.service(std::chrono::milliseconds(10));
    }
  }
}

std::vector<std::string> values_of(const MockKafka& kafka) {
  std::vector<std::string> values;
  const auto read = read_topic(kafka.cluster(), kTopic, kLong, [&](const TopicRecord& record) {
    values.emplace_back(record.value);
  });
  EXPECT_TRUE(read.has_value()) << read.error().message;
  return values;
}

std::vector<std::string> numbers(uint64_t count) {
  std::vector<std::string> wanted;
  for (uint64_t i = 0; i < count; ++i) wanted.push_back(std::to_string(i));
  return wanted;
}

std::vector<uint64_t> sequences(uint64_t count) {
  std::vector<uint64_t> wanted(count);
  std::iota(wanted.begin(), wanted.end(), 0);
  return wanted;
}

TEST(KafkaSinkTest, DeliversKeyValueAndHeaders) {
  MockKafka kafka;
  kafka.create_topic(kTopic, 1);
  DeliveryLog log;
  const auto sink = open_or_fail(config_of(kafka.cluster()), log);
  const std::vector<Header> headers = {{"a", "1"}, {"b", std::string("\0x", 2)}};
  EXPECT_TRUE(sink->publish({"key", "{}", headers}, ticket_of(0)));
  EXPECT_TRUE(sink->publish({"", "", {}}, ticket_of(1)));
  EXPECT_TRUE(sink->flush(kLong));
  EXPECT_THAT(log.delivered_sequences(), ElementsAre(0, 1));
  std::vector<std::pair<std::string, std::string>> records;
  std::vector<Header> got;
  ASSERT_TRUE(read_topic(kafka.cluster(), kTopic, kLong, [&](const TopicRecord& record) {
    records.emplace_back(record.key, record.value);
    got.insert(got.end(), record.headers.begin(), record.headers.end());
  }));
  EXPECT_THAT(records, ElementsAre(Pair("key", "{}"), Pair("", "")));
  EXPECT_EQ(got, headers);
}

TEST(KafkaSinkTest, TakesThePartitionThatItIsTold) {
  MockKafka kafka;
  kafka.create_topic(kTopic, 3);
  DeliveryLog log;
  const auto sink = open_or_fail(config_of(kafka.cluster()), log);
  EXPECT_EQ(sink->partition_count(), 3);
  for (int32_t partition : {2, 0, 2, 1}) {
    OutputRecord record{"key", "{}", {}};
    record.partition = partition;
    EXPECT_TRUE(sink->publish(record, ticket_of(0)));
  }
  EXPECT_TRUE(sink->flush(kLong));
  std::vector<int32_t> partitions;
  ASSERT_TRUE(read_topic(kafka.cluster(), kTopic, kLong, [&](const TopicRecord& record) {
    partitions.push_back(record.partition);
  }));
  EXPECT_THAT(partitions, testing::UnorderedElementsAre(0, 1, 2, 2));
}

// What comes behind a record that was refused is not delivered before it.
TEST(KafkaSinkTest, WithoutGapsARefusedRecordIsSentAgainBeforeWhatFollows) {
  MockKafka kafka;
  kafka.create_topic(kTopic, 1);
  DeliveryLog log;
  KafkaSinkConfig config = config_of(kafka.cluster());
  config.gapless = true;
  const auto sink = open_or_fail(config, log);
  publish_numbers(*sink, 0, 10);
  ASSERT_TRUE(sink->flush(kLong));
  kafka.fail_requests(kProduceRequest, {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
  publish_numbers(*sink, 10, 1'000);
  ASSERT_TRUE(sink->flush(kLong));
  EXPECT_THAT(log.failed_sequences(), IsEmpty());
  EXPECT_GE(sink->rebuild_count(), 1U);
  std::vector<std::string> first;
  for (const std::string& value : values_of(kafka)) {
    if (std::find(first.begin(), first.end(), value) == first.end()) first.push_back(value);
  }
  EXPECT_EQ(first, numbers(1'010));
}

TEST(KafkaSinkTest, WithoutGapsNothingIsTakenAfterWhatCannotBeDelivered) {
  MockKafka kafka;
  kafka.create_topic(kTopic, 1);
  DeliveryLog log;
  KafkaSinkConfig config = config_of(kafka.cluster());
  config.gapless = true;
  const auto sink = open_or_fail(config, log);
  const std::string too_large(2'000'000, 'x');
  EXPECT_TRUE(sink->publish({"", too_large, {}}, ticket_of(0)));
  EXPECT_TRUE(sink->publish({"", "1", {}}, ticket_of(1)));
  EXPECT_TRUE(sink->flush(kLong));
  EXPECT_THAT(log.failed_sequences(), ElementsAre(0, 1));
  EXPECT_THAT(values_of(kafka), IsEmpty());
}

TEST(KafkaSinkTest, FlushingNothingSucceedsAtOnce) {
  MockKafka kafka;
  kafka.create_topic(kTopic, 1);
  DeliveryLog log;
  const auto sink = open_or_fail(config_of(kafka.cluster()), log);
  EXPECT_TRUE(sink->flush(std::chrono::milliseconds(0)));
}

struct ErrorCase {
  std::string name;
  std::vector<rd_kafka_resp_err_t> errors;
};

class KafkaSinkRetryTest : public ::testing::TestWithParam<ErrorCase> {};

TEST_P(KafkaSinkRetryTest, DeliversEverythingInOrder) {
  MockKafka kafka;
  kafka.create_topic(kTopic, 1);
  DeliveryLog log;
  const auto sink = open_or_fail(config_of(kafka.cluster()), log);
  publish_numbers(*sink, 0, 100);
  ASSERT_TRUE(sink->flush(kLong));
  for (const rd_kafka_resp_err_t error : GetParam().errors) {
    kafka.fail_requests(kProduceRequest, {error});
  }
  publish_numbers(*sink, 100, 1'000);
  ASSERT_TRUE(sink->flush(kLong));
  EXPECT_THAT(log.delivered_sequences(), testing::UnorderedElementsAreArray(sequences(1'100)));
  EXPECT_THAT(log.failed_sequences(), IsEmpty());
  // A record whose acknowledgement was lost may be there twice; first appearances keep the order.
  std::vector<std::string> first;
  for (const std::string& value : values_of(kafka)) {
    if (std::find(first.begin(), first.end(), value) == first.end()) first.push_back(value);
  }
  EXPECT_EQ(first, numbers(1'100));
}

INSTANTIATE_TEST_SUITE_P(
    Tables, KafkaSinkRetryTest,
    ::testing::ValuesIn(std::vector<ErrorCase>{
        {"no_error", {}},
        {"leader_moves", {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION}},
        {"request_times_out",
         {RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT}},
        {"too_few_replicas", {RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS}},
        {"connection_lost", {RD_KAFKA_RESP_ERR__TRANSPORT}},
    }),
    [](const ::testing::TestParamInfo<ErrorCase>& test_case) { return test_case.param.name; });

TEST(KafkaSinkTest, MakesANewProducerAfterAFatalError) {
  MockKafka kafka;
  kafka.create_topic(kTopic, 1);
  DeliveryLog log;
  const auto sink = open_or_fail(config_of(kafka.cluster()), log);
  publish_numbers(*sink, 0, 10);
  ASSERT_TRUE(sink->flush(kLong));
  kafka.fail_requests(kProduceRequest, {RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER});
  publish_numbers(*sink, 10, 500);
  ASSERT_TRUE(sink->flush(kLong));
  EXPECT_EQ(sink->rebuild_count(), 1u);
  EXPECT_THAT(log.delivered_sequences(), testing::UnorderedElementsAreArray(sequences(510)));
  EXPECT_THAT(log.failed_sequences(), IsEmpty())
      << log.last_error().code << ": " << log.last_error().message;
  EXPECT_EQ(values_of(kafka), numbers(510));
}

// The client fails for good in a thread of its own: a record that comes before anybody was told is
// not lost.
TEST(KafkaSinkTest, KeepsWhatComesRightAfterAFatalError) {
  MockKafka kafka;
  kafka.create_topic(kTopic, 1);
  DeliveryLog log;
  const auto sink = open_or_fail(config_of(kafka.cluster()), log);
  kafka.fail_requests(kProduceRequest, {RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER});
  uint64_t count = 0;
  // Never served in between, so the sink learns of it by a record that it cannot send.
  while (count < 1'000 && sink->publish({"", std::to_string(count), {}}, ticket_of(count))) {
    ++count;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ASSERT_LT(count, 1'000U) << "the client did not fail";
  ASSERT_TRUE(sink->flush(kLong));
  EXPECT_THAT(log.failed_sequences(), IsEmpty()) << log.last_error().message;
  EXPECT_EQ(values_of(kafka), numbers(count));
}

TEST(KafkaSinkTest, ReportsARecordThatTheBrokerRefuses) {
  MockKafka kafka;
  kafka.create_topic(kTopic, 1);
  DeliveryLog log;
  const auto sink = open_or_fail(config_of(kafka.cluster()), log);
  kafka.fail_requests(kProduceRequest, {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
  publish_numbers(*sink, 0, 1);
  ASSERT_TRUE(sink->flush(kLong));
  EXPECT_THAT(log.delivered_sequences(), IsEmpty());
  EXPECT_THAT(log.failed_sequences(), ElementsAre(0));
  EXPECT_EQ(log.last_error().code, "not_authorized");
  EXPECT_THAT(log.last_error().message, HasSubstr("topic `alerts`"));
}

TEST(KafkaSinkTest, ReportsARecordThatIsTooLarge) {
  MockKafka kafka;
  kafka.create_topic(kTopic, 1);
  DeliveryLog log;
  const auto sink = open_or_fail(config_of(kafka.cluster()), log);
  ASSERT_GT(sink->value_bytes_max(), 500'000u);
  const std::string fits(sink->value_bytes_max(), 'x');
  EXPECT_TRUE(sink->publish({"", fits, {}}, ticket_of(0)));
  const std::string too_large(2'000'000, 'x');
  EXPECT_TRUE(sink->publish({"", too_large, {}}, ticket_of(1)));
  ASSERT_TRUE(sink->flush(kLong));
  EXPECT_THAT(log.delivered_sequences(), ElementsAre(0));
  EXPECT_THAT(log.failed_sequences(), ElementsAre(1));
  EXPECT_EQ(log.last_error().code, "too_large");
}

TEST(KafkaSinkTest, IsFullWhileTheBrokerIsAwayAndGoesOnAfterwards) {
  MockKafka kafka;
  kafka.create_topic(kTopic, 1);
  DeliveryLog log;
  KafkaSinkConfig config = config_of(kafka.cluster());
  config.pending_max = 10;
  config.cluster.properties = {{"reconnect.backoff.max.ms", "200"}};
  const auto sink = open_or_fail(config, log);
  kafka.set_down(true);
  uint64_t taken = 0;
  while (taken < 20 && sink->publish({"key", std::to_string(taken), {}}, ticket_of(taken))) ++taken;
  EXPECT_EQ(taken, 10u);
  EXPECT_EQ(sink->pending(), 10u);
  EXPECT_FALSE(sink->flush(std::chrono::milliseconds(100)));
  EXPECT_THAT(log.failed_sequences(), IsEmpty());
  kafka.set_down(false);
  publish_numbers(*sink, 10, 5);
  EXPECT_TRUE(sink->flush(kLong));
  EXPECT_EQ(values_of(kafka), numbers(15));
}

TEST(KafkaSinkTest, GivesUpWhenNewProducersFailToo) {
  MockKafka kafka;
  kafka.create_topic(kTopic, 1);
  DeliveryLog log;
  // Before the sink opens: its producer asks for its id at once.
  for (int i = 0; i < 20; ++i) {
    kafka.fail_requests(kInitProducerIdRequest, {RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED});
  }
  const auto sink = open_or_fail(config_of(kafka.cluster()), log);
  EXPECT_TRUE(sink->publish({"key", "0", {}}, ticket_of(0)));
  ASSERT_TRUE(sink->flush(kLong));
  EXPECT_THAT(log.delivered_sequences(), IsEmpty());
  EXPECT_THAT(log.failed_sequences(), ElementsAre(0));
  EXPECT_EQ(log.last_error().code, "not_authorized");
  EXPECT_TRUE(sink->publish({"key", "1", {}}, ticket_of(1)));
  EXPECT_THAT(log.failed_sequences(), ElementsAre(0, 1));
}

TEST(KafkaSinkTest, RefusesATopicThatDoesNotExist) {
  MockKafka kafka;
  kafka.create_topic(kTopic, 1);
  kafka.set_topic_error(kTopic, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  DeliveryLog log;
  const auto sink = KafkaSink::open(config_of(kafka.cluster()), log);
  ASSERT_FALSE(sink.has_value());
  EXPECT_EQ(sink.error().code, "unknown_topic");
  EXPECT_THAT(sink.error().message, HasSubstr("`alerts`"));
}

TEST(KafkaSinkTest, RefusesABrokerThatCannotBeReached) {
  DeliveryLog log;
  KafkaSinkConfig config = config_of({"127.0.0.1:1", {}});
  config.start_timeout = std::chrono::milliseconds(500);
  const auto sink = KafkaSink::open(config, log);
  ASSERT_FALSE(sink.has_value());
  EXPECT_EQ(sink.error().code, "broker_unreachable");
  EXPECT_THAT(sink.error().message, HasSubstr("127.0.0.1:1"));
}

TEST(KafkaSinkTest, RefusesPropertiesThatItCannotDoWithout) {
  DeliveryLog log;
  for (const KafkaProperties& properties :
       {KafkaProperties{{"acks", "1"}}, KafkaProperties{{"no.such.property", "1"}},
        KafkaProperties{{"compression.type", "none of these"}}}) {
    KafkaSinkConfig config = config_of({"127.0.0.1:1", properties});
    const auto sink = KafkaSink::open(config, log);
    ASSERT_FALSE(sink.has_value());
    EXPECT_EQ(sink.error().code, "bad_property");
    EXPECT_THAT(sink.error().message, HasSubstr(properties[0].first));
  }
}

}  // namespace
}  // namespace sieve
