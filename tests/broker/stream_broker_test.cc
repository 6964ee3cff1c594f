// The Kafka source and sink against a real broker, at SIEVE_KAFKA_BOOTSTRAP: what the mock cluster
// does not do as a broker does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <set>

#include "stream/kafka_admin.h"
#include "stream/kafka_reader.h"
#include "stream/kafka_sink.h"
#include "unit/stream/delivery_log.h"
#include "unit/stream/group_member.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::chrono::seconds kLong(30);

class StreamBrokerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* brokers = std::getenv("SIEVE_KAFKA_BOOTSTRAP");
    if (brokers == nullptr) {
      GTEST_SKIP() << "SIEVE_KAFKA_BOOTSTRAP is not set: NOTHING WAS TESTED against a broker; "
                      "start one with deploy/kafka/kafka";
    }
    cluster_.brokers = brokers;
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    const auto now = std::chrono::system_clock::now().time_since_epoch().count();
    name_ = std::string(test->name()) + "-" + std::to_string(getpid()) + "-" + std::to_string(now);
  }

  void create(const std::vector<TopicSpec>& topics) {
    const auto created = create_topics(cluster_, topics, kLong);
    ASSERT_TRUE(created.has_value()) << created.error().message;
  }

  KafkaSourceConfig source_config(std::vector<KafkaTopic> topics) const {
    KafkaSourceConfig config;
    config.cluster = cluster_;
    config.cluster.properties = {{"session.timeout.ms", "6000"},
                                 {"heartbeat.interval.ms", "300"},
                                 {"fetch.wait.max.ms", "20"}};
    config.group = name_;
    config.topics = std::move(topics);
    return config;
  }

  void produce(const std::string& topic, int first, int count) {
    DeliveryLog log;
    KafkaSinkConfig config;
    config.cluster = cluster_;
    config.topic = topic;
    auto sink = KafkaSink::open(config, log);
    ASSERT_TRUE(sink.has_value()) << sink.error().message;
    for (int i = first; i < first + count; ++i) {
      const std::string text = std::to_string(i);
      while (!(*sink)->publish({text, text, {}}, ticket_of(0))) {
        (*sink)->service(std::chrono::milliseconds(10));
      }
    }
    ASSERT_TRUE((*sink)->flush(kLong));
    EXPECT_THAT(log.delivered_sequences(), SizeIs(count));
  }

  static std::multiset<std::string> numbers(int first, int count) {
    std::multiset<std::string> values;
    for (int i = first; i < first + count; ++i) values.insert(std::to_string(i));
    return values;
  }

  static std::multiset<std::string> values_of(const GroupMember& member) {
    std::multiset<std::string> values;
    for (const GroupMember::Got& record : member.got()) values.insert(record.value);
    return values;
  }

  KafkaCluster cluster_;
  std::string name_;
};

TEST_F(StreamBrokerTest, CreatesAndDeletesTopics) {
  create({{name_, 3}});
  create({{name_, 3}});
  const auto ends = fetch_end_offsets(cluster_, name_, kLong);
  ASSERT_TRUE(ends.has_value()) << ends.error().message;
  EXPECT_THAT(*ends, ElementsAre(0, 0, 0));
  const auto differs = create_topics(cluster_, {{name_, 4}}, kLong);
  ASSERT_FALSE(differs.has_value());
  EXPECT_EQ(differs.error().code, "topic_differs");
  const auto refused = create_topics(cluster_, {{"no such name", 1}}, kLong);
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().message, HasSubstr("no such name"));
  for (int i = 0; i < 2; ++i) {
    const auto deleted = delete_topics(cluster_, {name_}, kLong);
    EXPECT_TRUE(deleted.has_value()) << deleted.error().message;
  }
}

TEST_F(StreamBrokerTest, RefusesATopicThatDoesNotExist) {
  DeliveryLog log;
  KafkaSinkConfig config;
  config.cluster = cluster_;
  config.topic = name_;
  const auto sink = KafkaSink::open(config, log);
  ASSERT_FALSE(sink.has_value());
  EXPECT_EQ(sink.error().code, "unknown_topic");
  EXPECT_FALSE(fetch_end_offsets(cluster_, name_, kLong).has_value()) << "asking made the topic";
}

TEST_F(StreamBrokerTest, WritesKeysValuesAndHeaders) {
  create({{name_, 1}});
  DeliveryLog log;
  KafkaSinkConfig config;
  config.cluster = cluster_;
  config.topic = name_;
  auto sink = KafkaSink::open(config, log);
  ASSERT_TRUE(sink.has_value()) << sink.error().message;
  const std::vector<Header> headers = {{"code", "too_large"}};
  const std::string value(10'000, 'x');
  for (int i = 0; i < 100; ++i) ASSERT_TRUE((*sink)->publish({"k", value, headers}, ticket_of(0)));
  ASSERT_TRUE((*sink)->flush(kLong));
  int count = 0;
  const auto read = read_topic(cluster_, name_, kLong, [&](const TopicRecord& record) {
    EXPECT_EQ(record.key, "k");
    EXPECT_EQ(record.value, value);
    EXPECT_EQ(record.headers, headers);
    ++count;
  });
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(count, 100);
}

TEST_F(StreamBrokerTest, ReadsEverythingOnceAndCommitsOnClose) {
  create({{name_ + "-m", 4}, {name_ + "-c", 4}});
  constexpr int kCount = 100'000;
  produce(name_ + "-m", 0, kCount);
  produce(name_ + "-c", kCount, kCount);
  const KafkaSourceConfig config = source_config({{name_ + "-m", 0}, {name_ + "-c", 1}});
  GroupMember member(config);
  ASSERT_TRUE(member.step_until([&] { return member.got().size() >= 2 * kCount; }));
  EXPECT_EQ(values_of(member), numbers(0, 2 * kCount));
  EXPECT_TRUE(member.close());
  const auto committed = fetch_committed_offsets(cluster_, name_, name_ + "-c", kLong);
  const auto ends = fetch_end_offsets(cluster_, name_ + "-c", kLong);
  ASSERT_TRUE(committed.has_value() && ends.has_value());
  EXPECT_EQ(*committed, *ends);
}

// Behind a snapshot, or the first record that a window may need.
TEST_F(StreamBrokerTest, BeginsWhereStateNeedsItAndNeverLaterThanTheGroup) {
  create({{name_, 1}});
  produce(name_, 0, 100);
  const KafkaSourceConfig config = source_config({{name_, 0}});
  GroupMember first(config);
  ASSERT_TRUE(first.step_until([&] { return first.got().size() == 100; }));
  ASSERT_TRUE(first.close());
  const auto first_got = [&](const LaneStart& start) {
    GroupMember member(config);
    member.begin_at(start);
    EXPECT_TRUE(member.step_until([&] { return !member.got().empty(); }, false));
    const int64_t offset = member.got().front().offset;
    EXPECT_TRUE(member.close());
    return offset;
  };
  EXPECT_EQ(first_got({40, {}}), 40);
  EXPECT_EQ(first_got({{}, 1'000}), 0);
  produce(name_, 100, 1);
  EXPECT_EQ(first_got({1'000, {}}), 100);
  EXPECT_EQ(first_got({{}, int64_t{4'102'444'800'000}}), 100);  // 2100: nothing arrived since.
  EXPECT_EQ(first_got({}), 100);
}

TEST_F(StreamBrokerTest, HandsPartitionsOverWithoutLossOrRepetition) {
  create({{name_, 4}});
  const KafkaSourceConfig config = source_config({{name_, 0}});
  GroupMember first(config);
  produce(name_, 0, 20'000);
  ASSERT_TRUE(first.step_until([&] { return first.got().size() >= 5'000; }));
  auto second = std::make_unique<GroupMember>(config);
  ASSERT_TRUE(first.step_until([&] {
    second->step();
    return first.lanes().size() == 2 && second->lanes().size() == 2;
  }));
  produce(name_, 20'000, 20'000);
  ASSERT_TRUE(first.step_until([&] {
    second->step();
    return first.got().size() + second->got().size() >= 40'000;
  }));
  EXPECT_TRUE(second->close());
  ASSERT_TRUE(first.step_until([&] { return first.lanes().size() == 4; }));
  produce(name_, 40'000, 1'000);
  ASSERT_TRUE(
      first.step_until([&] { return first.got().size() + second->got().size() >= 41'000; }));
  std::multiset<std::string> all = values_of(first);
  all.merge(values_of(*second));
  EXPECT_EQ(all, numbers(0, 41'000));
  EXPECT_TRUE(first.close());
}

TEST_F(StreamBrokerTest, KeepsTheAssignmentOfAStaticMemberThatRestarts) {
  create({{name_, 2}});
  KafkaSourceConfig config = source_config({{name_, 0}});
  config.instance_id = "one";
  GroupMember other(config);
  ASSERT_TRUE(other.step_until([&] { return other.lanes().size() == 2; }));
  config.instance_id = "two";
  {
    GroupMember member(config);
    ASSERT_TRUE(other.step_until([&] {
      member.step();
      return other.lanes().size() == 1 && member.lanes().size() == 1;
    }));
    EXPECT_TRUE(member.close());
  }
  GroupMember member(config);
  ASSERT_TRUE(other.step_until([&] {
    member.step();
    return member.lanes().size() == 1;
  }));
  EXPECT_THAT(other.calls(), ElementsAre("assigned 2", "revoking 2", "revoked 2", "assigned 1"));
  EXPECT_TRUE(member.close());
  EXPECT_TRUE(other.close());
}

TEST_F(StreamBrokerTest, StopsTheOlderOfTwoMembersWithOneInstanceId) {
  create({{name_, 1}});
  KafkaSourceConfig config = source_config({{name_, 0}});
  config.instance_id = "one";
  GroupMember older(config);
  ASSERT_TRUE(older.step_until([&] { return older.lanes().size() == 1; }));
  GroupMember newer(config);
  ASSERT_TRUE(newer.step_until([&] {
    older.step();
    return newer.lanes().size() == 1 && older.source().last_error().code == "fenced";
  }));
  EXPECT_TRUE(newer.close());
  EXPECT_TRUE(older.close());
  EXPECT_THAT(older.calls(), ElementsAre("assigned 1", "revoking 1", "revoked 1"));
}

}  // namespace
}  // namespace sieve
