#include "run/facts_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <set>

#include "unit/run/facts_log.h"

namespace sieve {
namespace {

using namespace std::chrono_literals;
using ::testing::SizeIs;

constexpr size_t kPartitionsRead = 3;
constexpr std::chrono::seconds kLong(60);

// A facts topic that was written to, and a reader of it.
class FactsReaderTest : public ::testing::Test {
 protected:
  FactsReaderTest() {
    deliveries_.on_delivered = [this](const DeliveryTicket& ticket) {
      if (reader_ != nullptr && ticket.input == FactsReader::kInput) reader_->delivered(ticket);
    };
    auto facts = std::make_unique<MemorySink>(deliveries_, kPartitionsRead);
    auto alerts = std::make_unique<MemorySink>(deliveries_);
    log_ = facts.get();
    alerts_ = alerts.get();
    publisher_ = std::make_unique<Publisher>(std::move(alerts), nullptr, std::move(facts));
    gate_ = std::make_unique<OutputGate>(*publisher_, tracker_);
    exchange_ = std::make_unique<KafkaExchange>(*plan_, kCallSource, *gate_, totals_);
  }

  void start() {
    reader_ = std::make_unique<FactsReader>(
        *plan_, kCallSource, *publisher_, totals_,
        [this](const StreamError& error) { failure_.set_value(error); });
    auto source = std::make_unique<MemorySource>(*log_, *reader_);
    source_ = source.get();
    reader_->attach(std::move(source));
    reader_->start();
  }

  void write(int64_t first, int64_t last) { send_all(*exchange_, *call_batch(plan_, first, last)); }
  std::set<std::string> ids() const {
    const auto keys = alerts_->keys();
    return {keys.begin(), keys.end()};
  }

  const std::shared_ptr<const InspectPlan> plan_ = facts_plan(kTestRules, kPartitionsRead);
  OffsetTracker tracker_{Duration{}};
  SharedTotals totals_{1};
  ForwardDeliveries deliveries_;
  MemorySink* log_ = nullptr;
  MemorySink* alerts_ = nullptr;
  std::unique_ptr<Publisher> publisher_;
  std::unique_ptr<OutputGate> gate_;
  std::unique_ptr<KafkaExchange> exchange_;
  std::promise<StreamError> failure_;
  std::unique_ptr<FactsReader> reader_;
  MemorySource* source_ = nullptr;
};

TEST_F(FactsReaderTest, CorrelatesWhatItIsAssigned) {
  write(0, 300);
  start();
  source_->assign({0, 1, 2});
  source_->wait_until_read();
  EXPECT_TRUE(reader_->stop(FactsReader::Clock::now() + kLong));
  EXPECT_THAT(ids(), SizeIs(100));
  EXPECT_EQ(totals_.get().correlation.applied, 300U);
}

// What windows were made of is not committed, and is read again with the partition.
TEST_F(FactsReaderTest, APartitionThatComesBackIsReadAgainWithTheSameIds) {
  write(0, 300);
  start();
  source_->assign({0, 1, 2});
  source_->wait_until_read();
  source_->assign({1});
  // The plan at most, which no window was made of.
  EXPECT_LE(source_->committed(0), 1);
  // Partition 1 is read again meanwhile.
  EXPECT_GE(totals_.get().correlation.applied, 300U) << "counts of what went stay";
  const std::set<std::string> first = ids();
  source_->assign({0, 1, 2});
  source_->wait_until_read();
  EXPECT_TRUE(reader_->stop(FactsReader::Clock::now() + kLong));
  EXPECT_EQ(ids(), first);
  EXPECT_GT(alerts_->keys().size(), first.size()) << "said again";
  EXPECT_EQ(totals_.get().correlation.duplicate, 0U);
}

TEST_F(FactsReaderTest, CommitsWhatNoWindowLooksBackAt) {
  start();
  write(0, 60);
  write(3'600'000, 3'600'060);  // An hour later.
  source_->assign({0, 1, 2});
  source_->wait_until_read();
  source_->assign({0});
  // The plan and the facts of the first hour; the others may be looked at again.
  for (int32_t i = 1; i < 3; ++i) {
    EXPECT_EQ(source_->committed(i), 2) << i;
    EXPECT_THAT(log_->records(static_cast<size_t>(i)), SizeIs(3));
  }
  EXPECT_TRUE(reader_->stop(FactsReader::Clock::now() + kLong));
}

TEST_F(FactsReaderTest, IsNotDrainedWhileAlertsAreNotSafe) {
  write(0, 60);
  alerts_->hold();
  start();
  source_->assign({0, 1, 2});
  source_->wait_until_read();
  EXPECT_FALSE(reader_->stop(FactsReader::Clock::now()));
}

TEST_F(FactsReaderTest, AFullOutputDoesNotOutliveTheDeadline) {
  write(0, 60);
  alerts_->set_refuses(true);
  start();
  source_->assign({0, 1, 2});
  alerts_->wait_for_refusal();
  EXPECT_FALSE(reader_->stop(FactsReader::Clock::now()));
  EXPECT_THAT(alerts_->keys(), SizeIs(0));
}

TEST_F(FactsReaderTest, EndsTheRunWhenKeysWereSpreadOtherwise) {
  const auto other = facts_plan(kTestRules, kPartitionsRead - 1);
  KafkaExchange writer(*other, kCallSource, *gate_, totals_);
  send_all(writer, *call_batch(other, 0, 60));
  start();
  source_->assign({0});
  EXPECT_EQ(failure_.get_future().get().code, "facts_partitions_changed");
  EXPECT_FALSE(reader_->stop(FactsReader::Clock::now() + kLong));
}

TEST_F(FactsReaderTest, GoesOnWithOtherRules) {
  write(0, 150);
  start();
  source_->assign({0, 1, 2});
  source_->wait_until_read();
  std::string changed = kTestRules;
  changed.replace(changed.find("callees >= 3"), 12, "callees >= 2");
  const auto next = facts_plan(changed, kPartitionsRead);
  {
    auto lock = reader_->try_lock();
    while (!lock.owns_lock()) lock = reader_->try_lock();
    EXPECT_EQ(reader_->adopt(*next).kept, 1U);
    reader_->forget(*plan_);
  }
  exchange_->adopt(*next);
  send_all(*exchange_, *call_batch(next, 150, 300));
  source_->wait_until_read();
  EXPECT_TRUE(reader_->stop(FactsReader::Clock::now() + kLong));
  EXPECT_THAT(ids(), SizeIs(100));
  EXPECT_EQ(totals_.get().correlation.other_plan, 0U) << "the threshold is no part of a plan";
}

}  // namespace
}  // namespace sieve
