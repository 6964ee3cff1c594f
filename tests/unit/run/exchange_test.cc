// Facts through a topic against facts in memory: what is written, and that it means the same.
#include "run/exchange.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/run/facts_log.h"

namespace sieve {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr size_t kPartitions = 3;
// Of alerts that nobody waits for.
constexpr DeliveryTicket kOfNoLane{LaneId(99), 0, 0};

// A merge that sends facts to a topic, and outputs that remember.
struct Sender {
  explicit Sender(const std::string& rules = kTestRules) : plan(facts_plan(rules, kPartitions)) {
    deliveries.on_delivered = [this](const DeliveryTicket& t) { tracker.output_delivered(t); };
    auto sink = std::make_unique<MemorySink>(deliveries, kPartitions);
    auto alerts_sink = std::make_unique<MemorySink>(deliveries);
    log = sink.get();
    alerts = alerts_sink.get();
    publisher = std::make_unique<Publisher>(std::move(alerts_sink), nullptr, std::move(sink));
    gate = std::make_unique<OutputGate>(*publisher, tracker);
    exchange =
        std::make_unique<KafkaExchange>(*plan, kCallSource, *gate, totals, [this] { return now; });
    tracker.open(LaneId(0), 0);
  }

  // As the merge does with the next batch of the lane.
  void send(std::unique_ptr<InspectedBatch> batch) { send(*exchange, std::move(batch)); }
  void send(Exchange& through, std::unique_ptr<InspectedBatch> batch) {
    batch->records.sequence = sequence++;
    tracker.add({batch->ticket(), 0});
    send_all(through, *batch);
    tracker.merged(batch->ticket(), batch->time_min, batch->time_max);
  }

  std::vector<FactsRecordHead> heads(size_t partition) const {
    std::vector<FactsRecordHead> all;
    for (const std::string& record : log->records(partition)) {
      all.push_back(FactsRecordReader::open(record)->head());
    }
    return all;
  }

  std::shared_ptr<const InspectPlan> plan;
  OffsetTracker tracker{Duration{}};
  SharedTotals totals{1};
  ForwardDeliveries deliveries;
  MemorySink* log = nullptr;
  MemorySink* alerts = nullptr;
  std::unique_ptr<Publisher> publisher;
  std::unique_ptr<OutputGate> gate;
  KafkaExchange::Clock::time_point now{};
  std::unique_ptr<KafkaExchange> exchange;
  uint64_t sequence = 0;
};

uint64_t count_facts(const std::vector<std::string>& records) {
  uint64_t count = 0;
  for (const std::string& record : records) {
    auto reader = FactsRecordReader::open(record);
    if (reader->head().kind != FactsRecordKind::kFacts) continue;
    for (std::string_view block; reader->next(block);) {
      count += FactBlockReader::open(block)->count();
    }
  }
  return count;
}

TEST(KafkaExchangeTest, TellsThePlanAndThenGathersTheFactsOfABatch) {
  Sender sender;
  sender.send(call_batch(sender.plan, 0, 60));
  uint64_t facts = 0;
  for (size_t i = 0; i < kPartitions; ++i) {
    const auto heads = sender.heads(i);
    ASSERT_EQ(heads.size(), 2U) << i;
    EXPECT_EQ(heads[0].kind, FactsRecordKind::kPlan);
    EXPECT_EQ(heads[1].kind, FactsRecordKind::kFacts);
    EXPECT_EQ(heads[1].plan, heads[0].plan);
    EXPECT_EQ(heads[1].lane, (FactLane{77, 0, 0}));
    EXPECT_EQ(heads[1].partition_count, kPartitions);
    facts += count_facts(sender.log->records(i));
  }
  EXPECT_EQ(facts, 60U);
  const Totals totals = sender.totals.get();
  EXPECT_EQ(totals.facts_sent, 60U);
  EXPECT_EQ(totals.facts_records_sent, 2 * kPartitions);
}

TEST(KafkaExchangeTest, TellsThePlanAgainAfterAWhileAndWhenItChanges) {
  Sender sender;
  const auto plans = [&] {
    const auto heads = sender.heads(0);
    return std::count_if(heads.begin(), heads.end(), [](const FactsRecordHead& head) {
      return head.kind == FactsRecordKind::kPlan;
    });
  };
  sender.send(call_batch(sender.plan, 0, 60));
  sender.now += kPlanRepeat - 1ms;
  sender.send(call_batch(sender.plan, 60, 120));
  EXPECT_EQ(plans(), 1);
  sender.now += 1ms;
  sender.send(call_batch(sender.plan, 120, 180));
  EXPECT_EQ(plans(), 2);
  std::string changed = kTestRules;
  changed.replace(changed.find("over: 10m"), 9, "over: 20m");
  const auto next = facts_plan(changed, kPartitions);
  sender.exchange->adopt(*next);
  sender.send(call_batch(next, 180, 240));
  EXPECT_EQ(plans(), 3);
  const auto heads = sender.heads(0);
  EXPECT_NE(heads.front().plan, heads.back().plan);
}

TEST(KafkaExchangeTest, ClosesARecordAtItsSize) {
  Sender sender;
  sender.send(call_batch(sender.plan, 0, 9'000));
  for (size_t i = 0; i < kPartitions; ++i) {
    EXPECT_GT(sender.log->records(i).size(), 2U);
    for (const std::string& record : sender.log->records(i)) {
      EXPECT_LT(record.size(), kFactsRecordBytes + 2 * limits::kFactBytesMax);
    }
  }
}

TEST(KafkaExchangeTest, LetsTheOffsetsWaitForTheFacts) {
  Sender sender;
  sender.log->hold();
  sender.send(call_batch(sender.plan, 0, 60));
  EXPECT_EQ(sender.tracker.unfinished(), 1U);
  sender.log->release();
  EXPECT_EQ(sender.tracker.unfinished(), 0U);
}

// A later block would make those before it look like repeats when they are sent again.
TEST(KafkaExchangeTest, SendsNothingAfterWhatItCouldNotSend) {
  Sender sender;
  sender.send(call_batch(sender.plan, 0, 60));
  sender.log->set_refuses(true);
  sender.gate->abandon();
  sender.send(call_batch(sender.plan, 60, 120));
  sender.log->set_refuses(false);
  sender.send(call_batch(sender.plan, 120, 180));
  for (size_t i = 0; i < kPartitions; ++i) EXPECT_THAT(sender.log->records(i), SizeIs(2)) << i;
  EXPECT_EQ(sender.tracker.unfinished(), 2U);
}

// What correlation makes of the log of `sender`.
std::vector<std::string> alerts_of_log(const Sender& sender,
                                       const std::shared_ptr<const InspectPlan>& plan,
                                       Totals* counted = nullptr) {
  ForwardDeliveries deliveries;
  OffsetTracker tracker{Duration{}};
  auto sink = std::make_unique<MemorySink>(deliveries);
  const MemorySink* alerts = sink.get();
  Publisher publisher(std::move(sink), nullptr);
  OutputGate gate(publisher, tracker);
  SharedTotals totals{1};
  CorrelateStage stage(*plan, kCallSource, gate, totals);
  for (size_t i = 0; i < kPartitions; ++i) {
    const FactsPartition partition(static_cast<uint16_t>(i));
    stage.open(partition);
    for (const std::string& record : sender.log->records(i)) {
      EXPECT_TRUE(stage.apply_record(partition, record, {}).has_value());
    }
  }
  stage.add_counts();
  if (counted != nullptr) *counted = totals.get();
  std::vector<std::string> ids = alerts->keys();
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<std::string> alerts_in_memory(const std::vector<std::pair<int64_t, int64_t>>& batches) {
  Sender sender;
  const auto exchange =
      make_memory_exchange(*sender.plan, kCallSource, *sender.gate, sender.totals);
  for (const auto& [first, last] : batches) {
    sender.send(*exchange, call_batch(sender.plan, first, last));
  }
  std::vector<std::string> ids = sender.alerts->keys();
  std::sort(ids.begin(), ids.end());
  return ids;
}

TEST(ExchangeTest, ThroughATopicFactsMeanWhatTheyMeanInMemory) {
  Sender writer;
  for (int64_t first = 0; first < 600; first += 100) {
    writer.send(call_batch(writer.plan, first, first + 100));
  }
  Totals counted;
  const auto through_topic = alerts_of_log(writer, writer.plan, &counted);
  EXPECT_THAT(through_topic, SizeIs(200));
  EXPECT_EQ(through_topic, alerts_in_memory({{0, 250}, {250, 600}}));
  EXPECT_EQ(counted.correlation.facts, 600U);
  EXPECT_EQ(counted.correlation.applied, 600U);
}

TEST(ExchangeTest, WhatIsWrittenTwiceCountsOnce) {
  Sender writer;
  writer.send(call_batch(writer.plan, 0, 100));
  // As by an engine that reads again from offset 50 after another died.
  writer.send(call_batch(writer.plan, 50, 300));
  Totals counted;
  EXPECT_EQ(alerts_of_log(writer, writer.plan, &counted), alerts_in_memory({{0, 300}}));
  EXPECT_EQ(counted.correlation.duplicate, 50U);
}

TEST(ExchangeTest, ARuleThatBothHaveCountsWhatEitherWrote) {
  std::string more = kTestRules;
  const size_t at = more.find("  - id: fan");
  std::string other = more.substr(at);
  other.replace(other.find("id: fan"), 7, "id: fog");
  other.replace(other.find("over: 10m"), 9, "over: 30m");
  Sender writer(more.insert(at, other));
  writer.send(call_batch(writer.plan, 0, 300));
  Totals counted;
  EXPECT_EQ(alerts_of_log(writer, facts_plan(kTestRules, kPartitions), &counted),
            alerts_in_memory({{0, 300}}));
  EXPECT_EQ(counted.correlation.other_plan, 300U);
}

TEST(CorrelateStageTest, RefusesKeysThatWereSpreadOtherwise) {
  Sender writer;
  writer.send(call_batch(writer.plan, 0, 60));
  const auto plan = facts_plan(kTestRules, kPartitions + 1);
  Sender reader;
  CorrelateStage stage(*plan, kCallSource, *reader.gate, reader.totals);
  stage.open(FactsPartition(0));
  const auto applied = stage.apply_record(FactsPartition(0), writer.log->records(0)[0], kOfNoLane);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().code, "facts_partitions_changed");
}

TEST(CorrelateStageTest, CountsWhatItDoesNotUnderstandAndGoesOn) {
  Sender writer;
  writer.send(call_batch(writer.plan, 0, 60));
  const std::vector<std::string> records = writer.log->records(0);
  Sender reader;
  CorrelateStage stage(*reader.plan, kCallSource, *reader.gate, reader.totals);
  stage.open(FactsPartition(0));
  const auto apply = [&](const std::string& record) {
    EXPECT_TRUE(stage.apply_record(FactsPartition(0), record, kOfNoLane).has_value());
  };
  apply("{\"not\":\"ours\"}");
  apply(records[0].substr(0, records[0].size() - 1));
  apply(records[1].substr(0, records[1].size() - 1));
  stage.add_counts();
  const Totals totals = reader.totals.get();
  EXPECT_EQ(totals.facts_records_damaged, 3U);
  EXPECT_EQ(totals.correlation.applied, count_facts({records[1]}) - 1);
}

TEST(CorrelateStageTest, APartitionThatIsClosedLeavesItsCountsAndNothingElse) {
  Sender writer;
  writer.send(call_batch(writer.plan, 0, 60));
  Sender reader;
  CorrelateStage stage(*reader.plan, kCallSource, *reader.gate, reader.totals);
  for (int round = 0; round < 2; ++round) {
    stage.open(FactsPartition(0));
    for (const std::string& record : writer.log->records(0)) {
      EXPECT_TRUE(stage.apply_record(FactsPartition(0), record, kOfNoLane).has_value());
    }
    stage.close(FactsPartition(0));
  }
  const Totals totals = reader.totals.get();
  EXPECT_EQ(totals.correlation.applied, 2 * count_facts(writer.log->records(0)));
  EXPECT_EQ(totals.correlation.duplicate, 0U);
  EXPECT_EQ(totals.window_keys, 0U);
}

}  // namespace
}  // namespace sieve
