#include "traffic/kafka_output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "stream/kafka_reader.h"
#include "unit/stream/mock_kafka.h"

namespace sieve::traffic {
namespace {

constexpr std::chrono::seconds kLong(30);

TEST(KafkaOutputTest, ProducesEveryLineUnderItsKey) {
  MockKafka kafka;
  kafka.create_topic("messages", 3);
  auto output = KafkaOutput::open(kafka.cluster().brokers, "messages");
  ASSERT_TRUE(output) << output.error();
  std::vector<std::string> wanted;
  for (int i = 0; i < 3'000; ++i) {
    const std::string number = std::to_string(i);
    (*output)->write("+66" + number, number);
    wanted.push_back("+66" + number + " " + number);
  }
  const auto closed = (*output)->close();
  ASSERT_TRUE(closed) << closed.error();

  std::vector<std::string> seen;
  const auto read = read_topic(kafka.cluster(), "messages", kLong, [&](const TopicRecord& record) {
    seen.push_back(std::string(record.key) + " " + std::string(record.value));
  });
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_THAT(seen, testing::UnorderedElementsAreArray(wanted));
}

TEST(KafkaOutputTest, SaysWhichTopicIsMissing) {
  MockKafka kafka;
  kafka.set_topic_error("missing", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  const auto output = KafkaOutput::open(kafka.cluster().brokers, "missing");
  ASSERT_FALSE(output);
  EXPECT_THAT(output.error(), ::testing::HasSubstr("missing"));
}

}  // namespace
}  // namespace sieve::traffic
