#include "stream/kafka_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "stream/kafka_admin.h"
#include "stream/kafka_sink.h"
#include "unit/stream/delivery_log.h"
#include "unit/stream/group_member.h"
#include "unit/stream/mock_kafka.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::chrono::seconds kLong(30);

KafkaSourceConfig config_of(const MockKafka& kafka) {
  KafkaSourceConfig config;
  config.cluster = kafka.cluster();
  // The mock takes 3 s to form a group, and about the session timeout to form it again.
  config.cluster.properties = {{"fetch.wait.max.ms", "20"},
                               {"session.timeout.ms", "5000"},
                               {"heartbeat.interval.ms", "100"}};
  config.group = "group";
  config.topics = {{"messages", 3}, {"calls", 4}};
  config.start_timeout = std::chrono::seconds(5);
  return config;
}

// Numbers as values, spread over the partitions by their key.
void produce(const MockKafka& kafka, const std::string& topic, int first, int count) {
  DeliveryLog log;
  KafkaSinkConfig config;
  config.cluster = kafka.cluster();
  config.topic = topic;
  auto sink = KafkaSink::open(config, log);
  ASSERT_TRUE(sink.has_value()) << sink.error().message;
  for (int i = first; i < first + count; ++i) {
    const std::string text = std::to_string(i);
    ASSERT_TRUE((*sink)->publish({text, text, {}}, ticket_of(0)));
  }
  ASSERT_TRUE((*sink)->flush(kLong));
}

std::multiset<std::string> values_of(const std::vector<GroupMember::Got>& got) {
  std::multiset<std::string> values;
  for (const GroupMember::Got& record : got) values.insert(record.value);
  return values;
}

std::multiset<std::string> numbers(int first, int count) {
  std::multiset<std::string> values;
  for (int i = first; i < first + count; ++i) values.insert(std::to_string(i));
  return values;
}

TEST(KafkaSourceTest, ReadsEveryPartitionInOrder) {
  MockKafka kafka;
  kafka.create_topic("messages", 4);
  kafka.create_topic("calls", 4);
  produce(kafka, "messages", 0, 5'000);
  produce(kafka, "calls", 5'000, 3'000);
  GroupMember member(config_of(kafka));
  ASSERT_TRUE(member.step_until([&] { return member.got().size() >= 8'000; }));
  EXPECT_EQ(values_of(member.got()), numbers(0, 8'000));
  std::map<std::pair<std::string, int>, int64_t> next;
  for (const GroupMember::Got& record : member.got()) {
    EXPECT_EQ(record.offset, (next[{record.topic, record.partition}]++));
    EXPECT_EQ(record.key, record.value);
    EXPECT_EQ(record.source, record.topic == "messages" ? 3u : 4u);
  }
  EXPECT_EQ(next.size(), 8u);
  for (const LaneProgress& lane : member.source().progress()) {
    const int64_t end = next[{lane.lane.origin, lane.lane.partition}];
    EXPECT_EQ(lane.position, end);
    EXPECT_EQ(lane.stored, end);
    EXPECT_EQ(lane.end, end);
  }
  EXPECT_TRUE(member.close());
  EXPECT_THAT(member.calls(), ElementsAre("assigned 8", "revoking 8", "revoked 8"));
}

TEST(KafkaSourceTest, KeepsHeadersAndSplitsBatchesByBytes) {
  MockKafka kafka;
  kafka.create_topic("messages", 1);
  kafka.create_topic("calls", 1);
  const std::vector<Header> headers = {{"a", "1"}, {"b", ""}};
  const std::string large(limits::kBatchBytesTarget, 'x');
  DeliveryLog log;
  KafkaSinkConfig sink_config;
  sink_config.cluster = kafka.cluster();
  sink_config.topic = "messages";
  auto sink = KafkaSink::open(sink_config, log);
  ASSERT_TRUE(sink.has_value());
  for (int i = 0; i < 3; ++i) ASSERT_TRUE((*sink)->publish({"", large, {}}, ticket_of(0)));
  ASSERT_TRUE((*sink)->publish({"", "", headers}, ticket_of(0)));
  ASSERT_TRUE((*sink)->flush(kLong));
  GroupMember member(config_of(kafka));
  ASSERT_TRUE(member.step_until([&] { return member.got().size() >= 1; }));
  EXPECT_EQ(member.got().size(), 1u) << "a batch ends with the record that fills it";
  ASSERT_TRUE(member.step_until([&] { return member.got().size() >= 4; }));
  EXPECT_EQ(member.got()[2].value, large);
  EXPECT_EQ(member.got()[3].value, "");
  EXPECT_EQ(member.got()[3].headers, headers);
  EXPECT_TRUE(member.close());
}

TEST(KafkaSourceTest, GoesOnBehindWhatWasCommitted) {
  MockKafka kafka;
  kafka.create_topic("messages", 2);
  kafka.create_topic("calls", 2);
  produce(kafka, "messages", 0, 1'000);
  {
    GroupMember member(config_of(kafka));
    ASSERT_TRUE(member.step_until([&] { return member.got().size() >= 1'000; }));
    // A stale epoch and a step back change nothing.
    for (const LaneInfo& lane : member.lanes()) {
      member.source().commit(lane.id, lane.epoch + 1, 2'000);
      member.source().commit(lane.id, lane.epoch, 1);
    }
    EXPECT_TRUE(member.close());
  }
  produce(kafka, "messages", 1'000, 500);
  {
    GroupMember member(config_of(kafka));
    ASSERT_TRUE(member.step_until([&] { return member.got().size() >= 500; }, false));
    EXPECT_EQ(values_of(member.got()), numbers(1'000, 500));
    EXPECT_TRUE(member.close());
  }
  GroupMember member(config_of(kafka));
  ASSERT_TRUE(member.step_until([&] { return member.got().size() >= 500; }));
  EXPECT_EQ(values_of(member.got()), numbers(1'000, 500)) << "not committed, so read again";
  EXPECT_TRUE(member.close());
}

TEST(KafkaSourceTest, SharesPartitionsAndLosesNothingWhenMembersComeAndGo) {
  MockKafka kafka;
  kafka.create_topic("messages", 4);
  kafka.create_topic("calls", 4);
  produce(kafka, "messages", 0, 2'000);
  const KafkaSourceConfig config = config_of(kafka);
  GroupMember first(config);
  ASSERT_TRUE(first.step_until([&] { return first.got().size() >= 500; }));
  auto second = std::make_unique<GroupMember>(config);
  ASSERT_TRUE(first.step_until([&] {
    second->step();
    return first.lanes().size() == 4 && second->lanes().size() == 4;
  }));
  // The range assignor gives partition i of every topic to one member.
  std::set<std::pair<std::string, int>> firsts;
  for (const LaneInfo& lane : first.lanes()) firsts.insert({lane.origin, lane.partition});
  for (const auto& [topic, partition] : firsts) {
    EXPECT_TRUE(firsts.count({topic == "calls" ? "messages" : "calls", partition}));
  }
  produce(kafka, "calls", 2'000, 2'000);
  // The mock refuses commits while members join, so some are read twice.
  const auto all = [&] {
    std::set<std::string> values;
    for (const GroupMember* member : {&first, second.get()}) {
      for (const GroupMember::Got& record : member->got()) values.insert(record.value);
    }
    return values;
  };
  ASSERT_TRUE(first.step_until([&] {
    second->step();
    return all().size() >= 4'000;
  }));
  EXPECT_TRUE(second->close());
  ASSERT_TRUE(first.step_until([&] { return first.lanes().size() == 8; }));
  // On a busy machine the mock may have members join more often than they come and go.
  const std::vector<std::string>& calls = first.calls();
  ASSERT_EQ(calls.size() % 3, 1U);
  for (size_t i = 0; i + 1 < calls.size(); i += 3) {
    const std::string lanes = calls[i].substr(calls[i].find(' '));
    EXPECT_THAT(std::vector<std::string>(calls.begin() + i, calls.begin() + i + 3),
                ElementsAre("assigned" + lanes, "revoking" + lanes, "revoked" + lanes));
  }
  EXPECT_EQ(calls.front(), "assigned 8");
  EXPECT_THAT(calls, ::testing::Contains("assigned 4"));
  EXPECT_EQ(calls.back(), "assigned 8");
  EXPECT_EQ(first.lanes().front().epoch, calls.size() / 3 + 1);
  EXPECT_TRUE(first.close());
}

TEST(KafkaSourceTest, FailsTheLaneWhenItMayNotChooseWhereToStart) {
  MockKafka kafka;
  kafka.create_topic("messages", 1);
  kafka.create_topic("calls", 1);
  KafkaSourceConfig config = config_of(kafka);
  config.offset_reset = OffsetReset::kError;
  GroupMember member(config);
  ASSERT_TRUE(member.step_until([&] { return member.last_status() == PollStatus::kFailed; }));
  EXPECT_EQ(member.source().last_error().code, "no_offset");
  EXPECT_THAT(member.source().last_error().message, HasSubstr("partition 0"));
  EXPECT_TRUE(member.close());
}

TEST(KafkaSourceTest, WakesWaitersWhenRecordsArrive) {
  MockKafka kafka;
  kafka.create_topic("messages", 1);
  kafka.create_topic("calls", 1);
  GroupMember member(config_of(kafka));
  ASSERT_TRUE(member.step_until([&] { return !member.lanes().empty(); }));
  produce(kafka, "messages", 0, 1);
  // Waking without a record is allowed; missing one would wait for a day.
  const auto deadline = std::chrono::steady_clock::now() + kLong;
  while (member.got().empty() && std::chrono::steady_clock::now() < deadline) {
    member.source().wait(std::chrono::hours(24));
    member.step();
  }
  EXPECT_EQ(member.got().size(), 1u);
  EXPECT_TRUE(member.close());
}

class NoListener final : public AssignmentListener {
 public:
  void lanes_assigned(std::span<const LaneInfo>) override {}
  void lanes_revoking(std::span<const LaneId>, std::chrono::milliseconds) override {}
  void lanes_revoked(std::span<const LaneId>) override {}
};

struct StartCase {
  std::string name;
  rd_kafka_resp_err_t topic_error;
  std::string code;
};

class KafkaSourceStartTest : public ::testing::TestWithParam<StartCase> {};

TEST_P(KafkaSourceStartTest, RefusesATopicThatCannotBeRead) {
  MockKafka kafka;
  kafka.create_topic("messages", 1);
  kafka.create_topic("calls", 1);
  kafka.set_topic_error("calls", GetParam().topic_error);
  NoListener listener;
  const auto source = KafkaSource::open(config_of(kafka), listener);
  ASSERT_FALSE(source.has_value());
  EXPECT_EQ(source.error().code, GetParam().code);
  EXPECT_THAT(source.error().message, HasSubstr("topic `calls`"));
}

INSTANTIATE_TEST_SUITE_P(
    Tables, KafkaSourceStartTest,
    ::testing::ValuesIn(std::vector<StartCase>{
        {"unknown", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "unknown_topic"},
        {"not_authorized", RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, "not_authorized"},
    }),
    [](const ::testing::TestParamInfo<StartCase>& test_case) { return test_case.param.name; });

TEST(KafkaSourceTest, RefusesABrokerThatCannotBeReached) {
  NoListener listener;
  KafkaSourceConfig config;
  config.cluster.brokers = "127.0.0.1:1";
  config.group = "group";
  config.topics = {{"messages", 0}};
  config.start_timeout = std::chrono::milliseconds(500);
  const auto source = KafkaSource::open(config, listener);
  ASSERT_FALSE(source.has_value());
  EXPECT_EQ(source.error().code, "broker_unreachable");
  EXPECT_THAT(source.error().message, HasSubstr("127.0.0.1:1"));
}

struct ConfigCase {
  std::string name;
  std::string group;
  std::vector<KafkaTopic> topics;
  KafkaProperties properties;
  std::string want;
};

class KafkaSourceConfigTest : public ::testing::TestWithParam<ConfigCase> {};

TEST_P(KafkaSourceConfigTest, RefusesConfigurationsThatLoseRecords) {
  NoListener listener;
  KafkaSourceConfig config;
  config.cluster = {"127.0.0.1:1", GetParam().properties};
  config.group = GetParam().group;
  config.topics = GetParam().topics;
  const auto source = KafkaSource::open(config, listener);
  ASSERT_FALSE(source.has_value());
  EXPECT_EQ(source.error().code, "bad_property");
  EXPECT_THAT(source.error().message, HasSubstr(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    Tables, KafkaSourceConfigTest,
    ::testing::ValuesIn(std::vector<ConfigCase>{
        {"no_group", "", {{"a", 0}}, {}, "no consumer group"},
        {"no_topics", "g", {}, {}, "no topics"},
        {"topic_twice", "g", {{"a", 0}, {"a", 1}}, {}, "`a` is named twice"},
        {"cooperative",
         "g",
         {{"a", 0}},
         {{"partition.assignment.strategy", "cooperative-sticky"}},
         "`partition.assignment.strategy` is set by the engine"},
        {"stores_by_itself",
         "g",
         {{"a", 0}},
         {{"enable.auto.offset.store", "true"}},
         "`enable.auto.offset.store` is set by the engine"},
        {"unknown_property", "g", {{"a", 0}}, {{"no.such.property", "1"}}, "`no.such.property`"},
    }),
    [](const ::testing::TestParamInfo<ConfigCase>& test_case) { return test_case.param.name; });

}  // namespace
}  // namespace sieve
