// Facts that go through a topic: several engines of one group say together what one engine says
// that sees all records, whatever happens to one of them.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <thread>

#include "base/time.h"
#include "broker/broker_topics.h"
#include "correlate/snapshot_directory.h"
#include "stream/kafka_admin.h"
#include "stream/kafka_reader.h"
#include "support/process.h"
#include "unit/run/engine_fixture.h"

namespace sieve {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr int64_t kStartMs = 1'767'600'000'000;
constexpr int64_t kCalls = 60'000;
constexpr int64_t kStepMs = 40;  // 40 minutes of calls.
constexpr int64_t kFans = kCalls / 2'000;

using Ids = std::set<std::string>;

// The calls topic is partitioned by callee, and the rule counts by caller.
class ExchangeBrokerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (bootstrap().empty()) GTEST_SKIP() << kNoBroker;
    create({{topic("calls"), 8}});
    // Whatever the order in which partitions are read, no call is late, and all keys have room.
    std::string rules = kTestRules;
    const std::string window = "late: 2m, max_keys: 1000";
    rules.replace(rules.find(window), window.size(), "late: 50m, max_keys: 1000000");
    directory_.write("test.rules.yaml", rules);
  }

  std::string topic(const std::string& name) const { return prefix_ + name; }

  static void create(const std::vector<TopicSpec>& topics) {
    const auto created = create_topics(broker_cluster(), topics, 30s);
    ASSERT_TRUE(created.has_value()) << created.error().message;
  }

  // Topics and configuration of a run whose engines share the group.
  void begin_run(const std::string& run, const std::string& exchange,
                 const std::string& more = "") const {
    create({{topic("alerts-" + run), 1}, {topic("facts-" + run), 6}});
    directory_.write(run + ".yaml",
                     fmt::format("sources:\n"
                                 "  - {{ name: calls, stream: call, topic: {0}calls }}\n"
                                 "kafka:\n"
                                 "  brokers: '{1}'\n"
                                 "  group: {0}{2}\n"
                                 "  properties:\n"
                                 "    session.timeout.ms: 6000\n"
                                 "    heartbeat.interval.ms: 1000\n"
                                 "exchange: {{ kind: {3}, topic: {0}facts-{2} }}\n"
                                 "rules: {{ paths: [test.rules.yaml] }}\n"
                                 "output: {{ alerts: {{ topic: {0}alerts-{2} }} }}\n"
                                 "http: {{ listen: 'off' }}\n"
                                 "engine: {{ threads: 1, max_future_skew: 0s }}\n{4}",
                                 prefix_, bootstrap(), run, exchange, more));
  }

  // One caller of each 2,000 calls reaches forty numbers; all others call ten minutes apart. With
  // `flush_every` engines read on while calls are produced.
  void produce(int64_t from, int64_t to, int64_t flush_every = kCalls) const {
    CountDeliveries deliveries;
    auto calls = open_sink(topic("calls"), deliveries);
    for (int64_t i = from; i < to; ++i) {
      const int64_t caller = i % 50 == 0 ? 100'000 + i / 2'000 : i % 20'000;
      put(*calls, fmt::to_string(i), call_json(i, kStartMs + i * kStepMs, caller));
      if (i % flush_every == 0) {
        ASSERT_TRUE(calls->flush(60s));
      }
    }
    ASSERT_TRUE(calls->flush(60s));
    ASSERT_EQ(deliveries.count, to - from);
  }

  std::unique_ptr<Process> start_engine(const std::string& run, int number) const {
    const std::string config = directory_.path(run + ".yaml");
    return std::make_unique<Process>(
        std::vector<std::string>{SIEVE_BINARY, "run", "--config", config},
        directory_.path(fmt::format("{}-{}", run, number)));
  }

  Ids read_ids(const std::string& run) const {
    Ids ids;
    const auto read = read_topic(broker_cluster(), topic("alerts-" + run), 60s,
                                 [&](const TopicRecord& r) { ids.emplace(r.key); });
    EXPECT_TRUE(read.has_value()) << read.error().message;
    return ids;
  }

  // Reads the alerts until there are `count`, for at most two minutes.
  Ids wait_for(const std::string& run, size_t count) const {
    const auto deadline = std::chrono::steady_clock::now() + 120s;
    while (true) {
      Ids ids = read_ids(run);
      if (ids.size() >= count || std::chrono::steady_clock::now() > deadline) return ids;
      std::this_thread::sleep_for(100ms);
    }
  }

  // Waits until each of `engines` has said `event`.
  static void wait_for_event(const std::vector<std::unique_ptr<Process>>& engines,
                             const std::string& event) {
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    const auto said = [&](const std::unique_ptr<Process>& engine) {
      return engine->err().find(event) != std::string::npos;
    };
    while (!std::all_of(engines.begin(), engines.end(), said)) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << event;
      std::this_thread::sleep_for(100ms);
    }
  }

  static void stop(Process& engine) {
    engine.signal(SIGTERM);
    ASSERT_EQ(engine.wait(60s), 0) << engine.err();
  }

  // The alerts of one engine that sees everything.
  Ids expected() const {
    begin_run("memory", "memory");
    const auto engine = start_engine("memory", 0);
    wait_for("memory", kFans);
    stop(*engine);
    return read_ids("memory");
  }

  TemporaryDirectory directory_;
  const std::string prefix_ = fmt::format("exchange-{}-{}-", wall_clock_now().ms, ::getpid());
};

TEST_F(ExchangeBrokerTest, OneEngineSaysTheSameThroughATopic) {
  produce(0, kCalls);
  const Ids wanted = expected();
  EXPECT_EQ(wanted.size(), static_cast<size_t>(kFans));
  begin_run("one", "kafka");
  auto engine = start_engine("one", 0);
  wait_for("one", wanted.size());
  stop(*engine);
  EXPECT_EQ(read_ids("one"), wanted);
}

TEST_F(ExchangeBrokerTest, ThreeEnginesSayWhatOneDoes) {
  begin_run("three", "kafka");
  std::vector<std::unique_ptr<Process>> engines;
  for (int i = 0; i < 3; ++i) engines.push_back(start_engine("three", i));
  wait_for_event(engines, "event=lane_assigned");
  wait_for_event(engines, "event=facts_assigned");
  produce(0, kCalls);
  const Ids wanted = expected();
  wait_for("three", wanted.size());
  for (const auto& engine : engines) stop(*engine);
  EXPECT_EQ(read_ids("three"), wanted);
}

TEST_F(ExchangeBrokerTest, ThreeEnginesOfWhichOneIsKilledSayTheSame) {
  begin_run("killed", "kafka");
  std::vector<std::unique_ptr<Process>> engines;
  for (int i = 0; i < 3; ++i) engines.push_back(start_engine("killed", i));
  wait_for_event(engines, "event=lane_assigned");
  wait_for_event(engines, "event=facts_assigned");
  // The engine is killed while records are on their way.
  std::thread producer([&] { produce(0, kCalls / 2, 100); });
  const Ids before = wait_for("killed", kFans / 8);
  engines.back()->signal(SIGKILL);
  ASSERT_EQ(engines.back()->wait(10s), 128 + SIGKILL);
  engines.pop_back();
  producer.join();
  EXPECT_LT(before.size(), static_cast<size_t>(kFans) / 2) << "killed after the end";
  produce(kCalls / 2, kCalls);
  const Ids wanted = expected();
  wait_for("killed", wanted.size());
  for (const auto& engine : engines) stop(*engine);
  EXPECT_EQ(read_ids("killed"), wanted);
}

// What was read before a kill comes from a snapshot, and not from the topic.
class SavedStateBrokerTest : public ExchangeBrokerTest,
                             public ::testing::WithParamInterface<const char*> {
 protected:
  std::string state_directory() const { return directory_.path("state"); }

  void begin_saved_run() const {
    directory_.write("keys", std::string(64, 'a') + "\n");
    begin_run("saved", GetParam(), "state: { directory: state, interval: 1s, key_file: keys }\n");
  }

  // Until it was killed, it had saved something and had more to do.
  void kill_in_the_middle() const {
    std::vector<std::unique_ptr<Process>> engines;
    engines.push_back(start_engine("saved", 0));
    std::thread producer([&] { produce(0, kCalls / 2, 100); });
    wait_for_event(engines, "event=snapshot ");
    const Ids before = wait_for("saved", kFans / 8);
    wait_for_event(engines, "sequence=2");
    engines.front()->signal(SIGKILL);
    EXPECT_EQ(engines.front()->wait(10s), 128 + SIGKILL);
    producer.join();
    EXPECT_FALSE(before.empty());
  }

  std::string finish_after_a_kill() const {
    const auto engine = start_engine("saved", 1);
    produce(kCalls / 2, kCalls);
    const Ids wanted = expected();
    wait_for("saved", wanted.size());
    stop(*engine);
    EXPECT_EQ(read_ids("saved"), wanted);
    return engine->err();
  }
};

TEST_P(SavedStateBrokerTest, GoesOnAfterAKillAsIfItHadNeverStopped) {
  begin_saved_run();
  kill_in_the_middle();
  EXPECT_THAT(finish_after_a_kill(), HasSubstr("event=restored"));
  // After a stop in order everything is saved, and nothing is read again.
  std::vector<std::unique_ptr<Process>> engines;
  engines.push_back(start_engine("saved", 2));
  wait_for_event(engines, "event=started");
  const auto second = start_engine("saved", 3);
  EXPECT_EQ(second->wait(30s), 78) << "two engines in one directory";
  EXPECT_THAT(second->err(), HasSubstr("directory_in_use"));
  wait_for_event(engines, "event=lane_assigned");
  stop(*engines.front());
  EXPECT_THAT(engines.front()->err(), HasSubstr("event=restored"));
  EXPECT_THAT(engines.front()->err(), HasSubstr("event=ended records=0 "));
}

TEST_P(SavedStateBrokerTest, UsesTheSnapshotBeforeADamagedOne) {
  begin_saved_run();
  kill_in_the_middle();
  for (const auto& file : std::filesystem::directory_iterator(state_directory())) {
    const std::string name = file.path().filename();
    const auto sequence =
        name.find(".snapshot") == std::string::npos ? std::nullopt : parse_snapshot_name(name);
    if (!sequence) continue;
    const SnapshotName next{sequence->facts_partition, sequence->sequence + 1};
    const bool is_newest = !std::filesystem::exists(file.path().parent_path() / to_file_name(next));
    if (is_newest) std::filesystem::resize_file(file.path(), std::filesystem::file_size(file) - 1);
  }
  const std::string log = finish_after_a_kill();
  EXPECT_THAT(log, HasSubstr("event=snapshot_refused reason=truncated"));
  EXPECT_THAT(log, HasSubstr("event=restored"));
}

INSTANTIATE_TEST_SUITE_P(Exchanges, SavedStateBrokerTest, ::testing::Values("memory", "kafka"),
                         [](const auto& param_info) { return std::string(param_info.param); });

}  // namespace
}  // namespace sieve
