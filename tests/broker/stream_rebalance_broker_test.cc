// Members of a group that come and go while several threads read and commit: nothing may be lost,
// although nobody waits for the threads when an assignment changes.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "stream/kafka_admin.h"
#include "stream/kafka_sink.h"
#include "stream/kafka_source.h"
#include "unit/stream/delivery_log.h"

namespace sieve {
namespace {

constexpr std::chrono::seconds kLong(30);
constexpr int kRecordCount = 400'000;

// Which of the numbers 0, 1, ... have been read, by whomever.
class Tally {
 public:
  void add(std::string_view value) {
    std::atomic<bool>& flag = read_[static_cast<size_t>(std::atoi(std::string(value).c_str()))];
    if (!flag.exchange(true)) ++distinct_;
    ++all_;
  }
  int distinct() const { return distinct_; }
  int all() const { return all_; }

 private:
  std::vector<std::atomic<bool>> read_ = std::vector<std::atomic<bool>>(kRecordCount);
  std::atomic<int> distinct_ = 0;
  std::atomic<int> all_ = 0;
};

// A member with a control thread and two reading threads that share its lanes.
class BusyMember final : public AssignmentListener {
 public:
  BusyMember(KafkaSourceConfig config, Tally& tally) : tally_(tally) {
    auto opened = KafkaSource::open(std::move(config), *this);
    EXPECT_TRUE(opened.has_value()) << opened.error().message;
    source_ = std::move(*opened);
    threads_.emplace_back([this] {
      while (!stopping_) source_->service(std::chrono::milliseconds(10));
    });
    for (size_t i = 0; i < 2; ++i) threads_.emplace_back([this, i] { read(i); });
  }

  void leave() {
    stopping_ = true;
    for (std::thread& thread : threads_) thread.join();
    EXPECT_TRUE(source_->close(std::chrono::seconds(20)));
  }

  void lanes_assigned(std::span<const LaneInfo> lanes) override {
    const std::lock_guard lock(mutex_);
    lanes_.assign(lanes.begin(), lanes.end());
  }
  void lanes_revoking(std::span<const LaneId>, std::chrono::milliseconds) override {}
  void lanes_revoked(std::span<const LaneId>) override {
    const std::lock_guard lock(mutex_);
    lanes_.clear();
  }

 private:
  void read(size_t thread) {
    RecordBatch batch;
    while (!stopping_) {
      std::vector<LaneInfo> lanes;
      {
        const std::lock_guard lock(mutex_);
        lanes = lanes_;
      }
      for (size_t i = thread; i < lanes.size(); i += 2) {
        if (source_->poll(lanes[i].id, batch) != PollStatus::kRecords) continue;
        for (const RawRecord& record : batch.records) tally_.add(batch.value(record));
        // Slow enough that every handover finds a backlog.
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        source_->commit(batch.lane, batch.epoch, batch.next_offset);
      }
      source_->wait(std::chrono::milliseconds(5));
    }
  }

  Tally& tally_;
  std::unique_ptr<KafkaSource> source_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::vector<LaneInfo> lanes_;  // Guarded by mutex_.
  std::vector<std::thread> threads_;
};

void produce(const KafkaCluster& cluster, const std::string& topic) {
  DeliveryLog log;
  KafkaSinkConfig config;
  config.cluster = cluster;
  config.topic = topic;
  auto sink = KafkaSink::open(config, log);
  ASSERT_TRUE(sink.has_value()) << sink.error().message;
  for (int i = 0; i < kRecordCount; ++i) {
    const std::string text = std::to_string(i);
    while (!(*sink)->publish({text, text, {}}, ticket_of(0))) {
      (*sink)->service(std::chrono::milliseconds(10));
    }
  }
  ASSERT_TRUE((*sink)->flush(kLong));
}

TEST(StreamRebalanceBrokerTest, LosesNothingWhileThreadsReadAndMembersComeAndGo) {
  const char* brokers = std::getenv("SIEVE_KAFKA_BOOTSTRAP");
  if (brokers == nullptr) {
    GTEST_SKIP() << "SIEVE_KAFKA_BOOTSTRAP is not set: NOTHING WAS TESTED against a broker";
  }
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  const std::string name = "rebalance-" + std::to_string(getpid()) + "-" + std::to_string(now);
  KafkaSourceConfig config;
  config.cluster = {brokers, {}};
  const auto created = create_topics(config.cluster, {{name, 6}}, kLong);
  ASSERT_TRUE(created.has_value()) << created.error().message;
  produce(config.cluster, name);

  config.cluster.properties = {{"session.timeout.ms", "6000"}, {"heartbeat.interval.ms", "100"}};
  config.group = name;
  config.topics = {{name, 0}};
  Tally tally;
  BusyMember steady(config, tally);
  int distinct_at_last_handover = 0;
  for (int round = 0; round < 8; ++round) {
    BusyMember guest(config, tally);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    distinct_at_last_handover = tally.distinct();
    guest.leave();
  }
  const auto deadline = std::chrono::steady_clock::now() + kLong;
  while (tally.distinct() < kRecordCount && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(tally.distinct(), kRecordCount);
  EXPECT_GT(tally.distinct(), distinct_at_last_handover) << "the handovers came too late";
  steady.leave();
  // A batch that was read and not committed when its partition moved.
  RecordProperty("read_again", tally.all() - tally.distinct());
}

}  // namespace
}  // namespace sieve
