// The engine as operators run it, between real topics of a real broker, killed in the middle.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <thread>

#include "base/json_reader.h"
#include "base/time.h"
#include "broker/broker_topics.h"
#include "stream/kafka_admin.h"
#include "stream/kafka_reader.h"
#include "support/process.h"
#include "unit/run/engine_fixture.h"

namespace sieve {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr int64_t kStartMs = 1'767'600'000'000;
constexpr int64_t kMessages = 120'000;
constexpr int64_t kCalls = 80'000;
constexpr int64_t kLureEvery = 97;

// Topics of this test's own, and what flows through them.
class EngineBrokerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (bootstrap().empty()) GTEST_SKIP() << kNoBroker;
    const auto created = create_topics(cluster(),
                                       {{topic("messages"), 4},
                                        {topic("calls"), 4},
                                        {topic("alerts-a"), 1},
                                        {topic("alerts-b"), 2},
                                        {topic("dead-letters"), 1}},
                                       30s);
    ASSERT_TRUE(created.has_value()) << created.error().message;
    // Partitions are read at their own pace, so all keys of the run must have room at once.
    std::string rules = kTestRules;
    const std::string cap = "max_keys: 1000";
    rules.replace(rules.find(cap), cap.size(), "max_keys: 1000000");
    directory_.write("test.rules.yaml", rules);
  }

  static KafkaCluster cluster() { return broker_cluster(); }
  std::string topic(const std::string& name) const { return prefix_ + name; }

  // A configuration for the consumer group and alerts topic of one run.
  std::string write_config(const std::string& run) const {
    return directory_.write(
        run + ".yaml", fmt::format("sources:\n"
                                   "  - {{ name: messages, stream: message, topic: {0}messages }}\n"
                                   "  - {{ name: calls, stream: call, topic: {0}calls }}\n"
                                   "kafka: {{ brokers: '{1}', group: {0}{2}, instance_id: one }}\n"
                                   "rules: {{ paths: [test.rules.yaml] }}\n"
                                   "output:\n"
                                   "  alerts: {{ topic: {0}alerts-{2} }}\n"
                                   "  dead_letters: {{ topic: {0}dead-letters }}\n"
                                   "http: {{ listen: 'off' }}\n"
                                   "engine: {{ threads: 2, max_future_skew: 0s }}\n",
                                   prefix_, bootstrap(), run));
  }

  // Produces messages [from, to) of each stream's share; every kLureEvery-th message is a lure.
  void produce(int64_t from_percent, int64_t to_percent) {
    CountDeliveries deliveries;
    auto messages = open_sink(topic("messages"), deliveries);
    auto calls = open_sink(topic("calls"), deliveries);
    int64_t sent = 0;
    for (int64_t i = kMessages * from_percent / 100; i < kMessages * to_percent / 100;
         ++i, ++sent) {
      const std::string text = i % kLureEvery == 0 ? "FREE credit!" : "see you at six";
      put(*messages, std::to_string(i % 5'000), message_json(i, kStartMs + i * 20, text));
    }
    for (int64_t i = kCalls * from_percent / 100; i < kCalls * to_percent / 100; ++i, ++sent) {
      // Most callers call once in ten minutes; in each minute of calls one caller reaches forty
      // numbers.
      const int64_t caller = i % 50 == 0 ? 100'000 + i / 2'000 : i % 20'000;
      put(*calls, std::to_string(caller), call_json(i, kStartMs + i * 30, caller));
    }
    ASSERT_TRUE(messages->flush(60s));
    ASSERT_TRUE(calls->flush(60s));
    ASSERT_EQ(deliveries.count, sent);
  }

  // How often each alert id stands in a topic, with the alert's JSON.
  struct Alerts {
    std::map<std::string, int> count_by_id;
    std::map<std::string, std::string> json_by_id;
    int total = 0;
  };
  Alerts read_alerts(const std::string& run) const {
    Alerts alerts;
    const auto read = read_topic(cluster(), topic("alerts-" + run), 60s, [&](const TopicRecord& r) {
      ++alerts.count_by_id[std::string(r.key)];
      alerts.json_by_id[std::string(r.key)] = r.value;
      ++alerts.total;
    });
    EXPECT_TRUE(read.has_value()) << read.error().message;
    return alerts;
  }

  // Reads the alerts until `enough`, for at most two minutes.
  template <class Enough>
  Alerts wait_for_alerts(const std::string& run, const Enough& enough) const {
    const auto deadline = std::chrono::steady_clock::now() + 120s;
    while (true) {
      Alerts alerts = read_alerts(run);
      if (enough(alerts) || std::chrono::steady_clock::now() > deadline) return alerts;
      std::this_thread::sleep_for(100ms);
    }
  }

  std::unique_ptr<Process> start_engine(const std::string& run, const std::string& log) const {
    const std::string config = directory_.path(run + ".yaml");
    return std::make_unique<Process>(
        std::vector<std::string>{SIEVE_BINARY, "run", "--config", config}, directory_.path(log));
  }

  static std::set<std::string> ids(const Alerts& alerts) {
    std::set<std::string> all;
    for (const auto& [id, count] : alerts.count_by_id) all.insert(id);
    return all;
  }

  TemporaryDirectory directory_;
  const std::string prefix_ = fmt::format("engine-{}-{}-", wall_clock_now().ms, ::getpid());
};

// Calls of one caller come 20,000 x 30 ms = 10 minutes apart, so none fans out on its own; a few
// do.
TEST_F(EngineBrokerTest, LosesNothingWhenKilledInTheMiddle) {
  write_config("a");
  write_config("b");
  const auto lures = static_cast<size_t>((kMessages + kLureEvery - 1) / kLureEvery);
  // Each engine is killed while a quarter of the records is on its way to it.
  std::vector<size_t> seen_at_kill;
  for (size_t kill = 0; kill < 3; ++kill) {
    const auto from_percent = static_cast<int64_t>(25 * kill);
    std::thread producer([&] { produce(from_percent, from_percent + 25); });
    auto engine = start_engine("b", fmt::format("b{}", kill));
    const size_t half_of_quarter = lures * (2 * kill + 1) / 8;
    const Alerts alerts = wait_for_alerts(
        "b", [&](const Alerts& a) { return a.count_by_id.size() > half_of_quarter; });
    engine->signal(SIGKILL);
    producer.join();
    ASSERT_EQ(engine->wait(10s), 128 + SIGKILL) << engine->err();
    ASSERT_GT(alerts.count_by_id.size(), half_of_quarter) << engine->err();
    seen_at_kill.push_back(alerts.count_by_id.size());
  }
  produce(75, 100);

  // What an engine that nobody disturbs says is what must come out.
  auto undisturbed = start_engine("a", "a");
  Alerts expected = wait_for_alerts("a", [&](const Alerts& a) { return ids(a).size() >= lures; });
  std::this_thread::sleep_for(3s);
  undisturbed->signal(SIGTERM);
  ASSERT_EQ(undisturbed->wait(60s), 0) << undisturbed->err();
  expected = read_alerts("a");
  size_t content = 0;
  for (const auto& [id, json] : expected.json_by_id) {
    content += json.find("\"kind\":\"content\"") != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(content, lures);
  EXPECT_EQ(expected.count_by_id.size() - content, static_cast<size_t>(kCalls / 2'000))
      << "windows";
  EXPECT_EQ(expected.total, static_cast<int>(expected.count_by_id.size())) << "repeated alerts";

  auto engine = start_engine("b", "b-last");
  const std::set<std::string> wanted = ids(expected);
  const Alerts got = wait_for_alerts("b", [&](const Alerts& a) {
    const std::set<std::string> have = ids(a);
    return std::includes(have.begin(), have.end(), wanted.begin(), wanted.end());
  });
  engine->signal(SIGTERM);
  ASSERT_EQ(engine->wait(60s), 0) << engine->err();
  EXPECT_EQ(ids(got), wanted);
  EXPECT_LT(seen_at_kill.front(), wanted.size()) << "the first kill came after the end";
  RecordProperty("alerts", fmt::to_string(wanted.size()));
  RecordProperty("repeats", fmt::to_string(got.total - static_cast<int>(wanted.size())));
}

TEST_F(EngineBrokerTest, DeadLettersKeepTheBytesAndSayWhy) {
  write_config("a");
  CountDeliveries deliveries;
  auto sink = open_sink(topic("messages"), deliveries);
  const std::vector<Header> headers = {{"trace", "abc"}};
  ASSERT_TRUE(sink->publish({"k", "{\"broken\":", headers}, {}));
  ASSERT_TRUE(sink->publish({"k", message_json(1, kStartMs, "free credit"), {}}, {}));
  ASSERT_TRUE(sink->flush(30s));
  auto engine = start_engine("a", "letters");
  wait_for_alerts("a", [](const Alerts& a) { return a.total >= 1; });
  engine->signal(SIGTERM);
  ASSERT_EQ(engine->wait(60s), 0) << engine->err();
  std::vector<std::string> values;
  std::map<std::string, std::string> found;
  const auto read = read_topic(cluster(), topic("dead-letters"), 60s, [&](const TopicRecord& r) {
    values.emplace_back(r.value);
    for (const Header& header : r.headers) found[header.first] = header.second;
  });
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(values, std::vector<std::string>{"{\"broken\":"});
  EXPECT_EQ(found["trace"], "abc");
  EXPECT_EQ(found["scamsieve-error-code"], "malformed_json");
  EXPECT_EQ(found["scamsieve-source-topic"], topic("messages"));
  EXPECT_EQ(read_alerts("a").total, 1);
}

TEST_F(EngineBrokerTest, AMissingTopicIsNamedAndIsAConfigurationError) {
  const std::string config = write_config("a");
  Process engine(
      {SIEVE_BINARY, "run", "--config", config, "--set", "sources.0.topic=no-such-topic"},
      directory_.path("missing"));
  ASSERT_EQ(engine.wait(60s), 78) << engine.err();
  EXPECT_THAT(engine.err(), HasSubstr("no-such-topic"));
  EXPECT_THAT(engine.err(), HasSubstr("unknown_topic"));
}

}  // namespace
}  // namespace sieve
