#include "correlate/facts_partition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "correlate/entity_key.h"

namespace sieve {
namespace {

using namespace std::string_view_literals;

// From Apache Kafka's own UtilsTest.testMurmur2.
TEST(Murmur2Test, IsThatOfTheJavaClient) {
  const auto hash = [](std::string_view bytes) { return static_cast<int32_t>(murmur2(bytes)); };
  EXPECT_EQ(hash("21"), -973932308);
  EXPECT_EQ(hash("foobar"), -790332482);
  EXPECT_EQ(hash("a-little-bit-long-string"), -985981536);
  EXPECT_EQ(hash("a-little-bit-longer-string"), -1486304829);
  EXPECT_EQ(hash("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8"), -58897971);
  EXPECT_EQ(hash("abc"), 479470107);
}

TEST(FactsPartitionTest, IsThatOfTheKeysBytesLeastFirst) {
  const uint64_t key = 0x0807060504030201;
  const uint32_t hash = murmur2("\x01\x02\x03\x04\x05\x06\x07\x08"sv) & 0x7FFFFFFF;
  for (const size_t count : {1, 2, 7, 12, 65'535}) {
    EXPECT_EQ(facts_partition_of(key, count), hash % count) << count;
  }
}

TEST(FactsPartitionTest, SpreadsNumbersEvenly) {
  constexpr size_t kPartitions = 12;
  std::array<int, kPartitions> counts{};
  for (int i = 0; i < 12'000; ++i) {
    const uint64_t key = entity_key("+668" + std::to_string(10'000'000 + i));
    ++counts.at(facts_partition_of(key, kPartitions));
  }
  EXPECT_THAT(counts, ::testing::Each(::testing::AllOf(::testing::Ge(850), ::testing::Le(1'150))));
}

}  // namespace
}  // namespace sieve
