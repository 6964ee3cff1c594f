#include <gtest/gtest.h>

#include "stream/exchange.h"

namespace sieve {
namespace {

constexpr FactsPartition kFirst(0);
constexpr FactsPartition kSecond(1);

TEST(MemoryExchangeTest, KeepsTheOrderOfEachPartition) {
  const auto exchange = make_memory_exchange(2, 8);
  EXPECT_EQ(exchange->partition_count(), 2u);
  EXPECT_TRUE(exchange->send(kFirst, "a"));
  EXPECT_TRUE(exchange->send(kSecond, "x"));
  EXPECT_TRUE(exchange->send(kFirst, ""));
  std::string block = "old";
  ASSERT_TRUE(exchange->receive(kFirst, block));
  EXPECT_EQ(block, "a");
  ASSERT_TRUE(exchange->receive(kFirst, block));
  EXPECT_EQ(block, "");
  EXPECT_FALSE(exchange->receive(kFirst, block));
  ASSERT_TRUE(exchange->receive(kSecond, block));
  EXPECT_EQ(block, "x");
}

TEST(MemoryExchangeTest, RefusesBlocksBeyondItsBoundUntilSomeAreReceived) {
  const auto exchange = make_memory_exchange(1, 2);
  EXPECT_TRUE(exchange->send(kFirst, "1"));
  EXPECT_TRUE(exchange->send(kFirst, "2"));
  EXPECT_FALSE(exchange->send(kFirst, "3"));
  std::string block;
  ASSERT_TRUE(exchange->receive(kFirst, block));
  EXPECT_TRUE(exchange->send(kFirst, "3"));
  for (const char* want : {"2", "3"}) {
    ASSERT_TRUE(exchange->receive(kFirst, block));
    EXPECT_EQ(block, want);
  }
  EXPECT_FALSE(exchange->receive(kFirst, block));
}

}  // namespace
}  // namespace sieve
