#include "correlate/facts_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace sieve {
namespace {

std::string record_of(const FactsRecordHead& head, const std::vector<std::string>& blocks) {
  std::string record;
  begin_facts_record(head, record);
  for (const std::string& block : blocks) add_fact_block(block, record);
  return record;
}

std::vector<std::string> blocks_of(FactsRecordReader& reader) {
  std::vector<std::string> blocks;
  for (std::string_view block; reader.next(block);) blocks.emplace_back(block);
  return blocks;
}

const FactsRecordHead kMaximumHead{
    FactsRecordKind::kFacts,
    {(1U << kFactSourceBits) - 1, (1 << kFactPartitionBits) - 1, kFactIncarnationMax},
    UINT16_MAX,
    UINT32_MAX};

TEST(FactsRecordTest, ComesBackAsWritten) {
  const std::string large(300, 'x');
  const std::string record = record_of(kMaximumHead, {"ab", "", large});
  auto reader = FactsRecordReader::open(record);
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->head().kind, FactsRecordKind::kFacts);
  EXPECT_EQ(reader->head().lane, kMaximumHead.lane);
  EXPECT_EQ(reader->head().partition_count, UINT16_MAX);
  EXPECT_EQ(reader->head().plan, UINT32_MAX);
  EXPECT_THAT(blocks_of(*reader), ::testing::ElementsAre("ab", "", large));
  EXPECT_FALSE(reader->failed());
}

TEST(FactsRecordTest, HasAStableLayout) {
  const FactsRecordHead head{FactsRecordKind::kFacts, {300, 2, 1}, 6, 0x01020304};
  EXPECT_EQ(record_of(head, {"AB"}), std::string("\x03\x00\xAC\x02\x02\x01\x06\x04\x03\x02\x01\x02"
                                                 "AB",
                                                 14));
}

TEST(FactsRecordTest, OfAPlanHasNoLane) {
  FactsRecordHead head;
  head.kind = FactsRecordKind::kPlan;
  head.partition_count = 6;
  head.plan = 7;
  const std::string record = record_of(head, {}) + "bytes";
  const auto reader = FactsRecordReader::open(record);
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->head().kind, FactsRecordKind::kPlan);
  EXPECT_EQ(reader->head().plan, 7U);
  EXPECT_EQ(reader->plan_bytes(), "bytes");
}

TEST(FactsRecordTest, TellsWhatItCannotRead) {
  const auto error = [](const std::string& record) {
    return FactsRecordReader::open(record).error();
  };
  EXPECT_EQ(error(""), FactsRecordError::kTruncated);
  EXPECT_EQ(error("\x01"), FactsRecordError::kUnknownVersion);
  EXPECT_EQ(error("{\"json\":1}"), FactsRecordError::kUnknownVersion);
  EXPECT_EQ(error("\x03"), FactsRecordError::kTruncated);
  EXPECT_EQ(error("\x03\x02xxxxxxxxxx"), FactsRecordError::kBadValue);
  const std::string no_partitions("\x03\x01\x00\x01\x01\x01\x01", 7);
  EXPECT_EQ(error(no_partitions), FactsRecordError::kBadValue);
}

// Whole blocks before the cut are given, and the cut is noticed.
TEST(FactsRecordTest, NoticesTruncationAtEveryByte) {
  const std::string whole = record_of(kMaximumHead, {"abc", std::string(200, 'y')});
  const size_t head_size = record_of(kMaximumHead, {}).size();
  for (size_t size = 0; size < whole.size(); ++size) {
    const std::string record = whole.substr(0, size);  // Its own memory, for the sanitizer.
    auto reader = FactsRecordReader::open(record);
    ASSERT_EQ(reader.has_value(), size >= head_size) << size;
    if (!reader) continue;
    const bool at_edge = size == head_size || size == head_size + 4;
    EXPECT_EQ(blocks_of(*reader).size(), size >= head_size + 4 ? 1U : 0U) << size;
    EXPECT_EQ(reader->failed(), !at_edge) << size;
  }
}

TEST(FactsRecordTest, SurvivesRandomDamage) {
  std::mt19937_64 random(1);
  const std::string whole = record_of(kMaximumHead, {"abc", std::string(200, 'y'), "z"});
  for (int round = 0; round < 100'000; ++round) {
    std::string record = whole;
    for (size_t n = 1 + random() % 4; n > 0; --n) {
      record[random() % record.size()] = static_cast<char>(random());
    }
    auto reader = FactsRecordReader::open(record);
    if (!reader) continue;
    size_t bytes = 0;
    for (const std::string& block : blocks_of(*reader)) bytes += block.size();
    ASSERT_LE(bytes, record.size());
  }
}

TEST(FactSourceTest, FitsItsField) {
  EXPECT_LT(fact_source("telecom.calls.v1"), 1U << kFactSourceBits);
  EXPECT_NE(fact_source("telecom.calls.v1"), fact_source("telecom.messages.v1"));
}

TEST(FactsRecordDeathTest, RefusesWhatHasNoPlace) {
  std::string out;
  EXPECT_DEATH(begin_facts_record({FactsRecordKind::kFacts, {0, -1, 0}, 1, 0}, out), "partition");
  out = "x";
  EXPECT_DEATH(begin_facts_record({}, out), "begins after");
}

}  // namespace
}  // namespace sieve
