#include "correlate/fact.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "unit/correlate/window_rules.h"

namespace sieve {

bool operator==(const Fact& a, const Fact& b) {
  return a.projection == b.projection && a.key == b.key && a.time == b.time &&
         a.features == b.features && a.value_count == b.value_count && a.values == b.values &&
         a.name == b.name;
}

namespace {

using testing::block_of;

// Reads to the end; the facts refer to `block`.
std::vector<Fact> read_all(FactBlockReader& reader) {
  std::vector<Fact> facts;
  for (Fact fact; reader.next(fact);) facts.push_back(fact);
  return facts;
}

const Fact kMaximumFact{.projection = UINT16_MAX,
                        .key = UINT64_MAX,
                        .time = kFactTimeMax,
                        .features = (uint64_t{1} << kFactFeatureBits) - 1,
                        .value_count = limits::kFactValuesMax,
                        .values = {UINT64_MAX, 1, 0, UINT64_MAX - 1},
                        .name = "abcdefghijklmnopqrstuvwx"};
constexpr int64_t kMaximumOffset = (int64_t{1} << kFactOffsetBits) - 1;

struct BlockCase {
  std::string name;
  int64_t offset;
  std::vector<Fact> facts;
  size_t bytes;
  CallId call = {};
};

class FactBlockTest : public ::testing::TestWithParam<BlockCase> {};

TEST_P(FactBlockTest, ComesBackAsWritten) {
  const std::string block = block_of(GetParam().offset, GetParam().facts, GetParam().call);
  EXPECT_EQ(block.size(), GetParam().bytes);
  auto reader = FactBlockReader::open(block);
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->offset(), GetParam().offset);
  EXPECT_EQ(reader->call(), GetParam().call);
  EXPECT_EQ(reader->count(), GetParam().facts.size());
  EXPECT_EQ(read_all(*reader), GetParam().facts);
  EXPECT_FALSE(reader->failed());
}

INSTANTIATE_TEST_SUITE_P(
    Blocks, FactBlockTest,
    ::testing::Values(BlockCase{"Empty", 0, {}, 3}, BlockCase{"ZeroFact", 3, {Fact{}}, 15},
                      BlockCase{"MaximumFact", kMaximumOffset, {kMaximumFact}, 92},
                      BlockCase{"MaximumFactOfACall",
                                kMaximumOffset,
                                {kMaximumFact},
                                limits::kFactBytesMax,
                                {UINT64_MAX}},
                      BlockCase{"TypicalCall",
                                1'000'000,
                                {Fact{.projection = 1,
                                      .key = 0x5C00'0000'0001'0000,
                                      .time = {1'767'600'000'000},
                                      .features = 3,
                                      .value_count = 1,
                                      .values = {42}}},
                                38,
                                {2}},
                      BlockCase{"TimesForthAndBack",
                                1,
                                {Fact{.time = kFactTimeMax}, Fact{.time = {0}},
                                 Fact{.time = kFactTimeMax}, Fact{.time = {5}, .name = "x"}},
                                76}),
    [](const auto& param_info) { return param_info.param.name; });

TEST(FactBlockTest, HasAStableLayout) {
  const std::string block = block_of(300, {Fact{.projection = 7,
                                                .key = 0x0102030405060708,
                                                .time = {2},
                                                .features = 5,
                                                .value_count = 1,
                                                .values = {0x1112131415161718},
                                                .name = "AB"}});
  EXPECT_EQ(block, std::string("\xD8\x04\x01\x00"
                               "\x07\x08\x07\x06\x05\x04\x03\x02\x01\x04\x05\x11"
                               "\x18\x17\x16\x15\x14\x13\x12\x11"
                               "AB",
                               26));
}

TEST(FactBlockTest, NamesTheCallBehindTheOffset) {
  EXPECT_EQ(block_of(300, {}, {0x0102030405060709}),
            std::string("\xD9\x04\x09\x07\x06\x05\x04\x03\x02\x01\x00\x00", 12));
}

Fact random_fact(std::mt19937_64& random, const std::string& name) {
  Fact fact;
  fact.projection = static_cast<uint16_t>(random() >> (random() % 64));
  fact.key = random();
  fact.time.ms = static_cast<int64_t>(random() % (uint64_t{1} << kFactTimeBits));
  fact.features = random() >> (64 - random() % (kFactFeatureBits + 1) - 1) >> 1;
  fact.value_count = static_cast<uint8_t>(random() % (limits::kFactValuesMax + 1));
  for (size_t i = 0; i < fact.value_count; ++i) fact.values[i] = random();
  fact.name = std::string_view(name).substr(0, random() % (name.size() + 1));
  return fact;
}

TEST(FactBlockTest, ComesBackForRandomFacts) {
  std::mt19937_64 random(1);
  const std::string name = kMaximumFact.name.data();
  for (int round = 0; round < 20'000; ++round) {
    std::vector<Fact> facts(random() % 6);
    for (Fact& fact : facts) fact = random_fact(random, name);
    const auto offset = static_cast<int64_t>(random() % (uint64_t{1} << kFactOffsetBits));
    const CallId call{random() % 2 * random()};
    const std::string block = block_of(offset, facts, call);
    auto reader = FactBlockReader::open(block);
    ASSERT_TRUE(reader);
    ASSERT_EQ(reader->offset(), offset);
    ASSERT_EQ(reader->call(), call);
    ASSERT_EQ(read_all(*reader), facts);
    ASSERT_FALSE(reader->failed());
  }
}

TEST(FactBlockTest, NoticesTruncationAtEveryByte) {
  const std::string whole = block_of(kMaximumOffset, {kMaximumFact, Fact{.name = "x"}}, {3});
  for (size_t size = 0; size < whole.size(); ++size) {
    const std::string block = whole.substr(0, size);  // Its own memory, for the sanitizer.
    auto reader = FactBlockReader::open(block);
    if (!reader) continue;
    read_all(*reader);
    EXPECT_TRUE(reader->failed()) << size;
  }
}

TEST(FactBlockTest, NoticesBytesAfterTheLastFact) {
  const std::string block = block_of(0, {Fact{}}) + "x";
  auto reader = FactBlockReader::open(block);
  ASSERT_TRUE(reader);
  EXPECT_EQ(read_all(*reader).size(), 1U);
  EXPECT_TRUE(reader->failed());
}

TEST(FactBlockTest, SurvivesRandomDamage) {
  std::mt19937_64 random(2);
  const std::string whole = block_of(kMaximumOffset, {kMaximumFact, Fact{.name = "x"}}, {3});
  for (int round = 0; round < 100'000; ++round) {
    std::string block = whole;
    for (size_t n = 1 + random() % 4; n > 0; --n) {
      block[random() % block.size()] = static_cast<char>(random());
    }
    auto reader = FactBlockReader::open(block);
    if (!reader) continue;
    for (const Fact& fact : read_all(*reader)) {
      ASSERT_LE(fact.name.size(), limits::kFactNameBytesMax);
      ASSERT_LE(fact.value_count, limits::kFactValuesMax);
      ASSERT_GE(fact.time, Timestamp{0});
      ASSERT_LE(fact.time, kFactTimeMax);
    }
  }
}

struct BadBlockCase {
  std::string name;
  std::string block;
  FactBlockError want;
};

class BadFactBlockTest : public ::testing::TestWithParam<BadBlockCase> {};

TEST_P(BadFactBlockTest, IsNotOpened) {
  const auto reader = FactBlockReader::open(GetParam().block);
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error(), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Blocks, BadFactBlockTest,
    ::testing::Values(
        BadBlockCase{"Empty", "", FactBlockError::kTruncated},
        BadBlockCase{"HalfOffset", "\x81", FactBlockError::kTruncated},
        BadBlockCase{"OffsetTooLarge", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x01\x01",
                     FactBlockError::kBadValue},
        BadBlockCase{"HalfCall", std::string("\1\2\3\4", 4), FactBlockError::kTruncated},
        BadBlockCase{"CallOfNothing", std::string("\1\0\0\0\0\0\0\0\0\0\0", 11),
                     FactBlockError::kBadValue},
        BadBlockCase{"HalfCount", std::string("\0\0", 2), FactBlockError::kTruncated}),
    [](const auto& param_info) { return param_info.param.name; });

TEST(FactBlockWriterDeathTest, RefusesWhatHasNoPlace) {
  std::string out;
  FactBlockWriter writer(out);
  EXPECT_DEATH(writer.begin(-1), "offset");
  writer.begin(0);
  EXPECT_DEATH(writer.add(Fact{.time = {-1}}), "time");
  EXPECT_DEATH(writer.add(Fact{.name = "abcdefghijklmnopqrstuvwxy"}), "name");
}

}  // namespace
}  // namespace sieve
