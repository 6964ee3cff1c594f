#include "base/hash.h"

#include <gtest/gtest.h>

#include <set>

namespace sieve {
namespace {

// Fixed values: hashes are kept in alert ids and file names, so they must never change.
TEST(HashTest, IsStableAcrossBuilds) {
  EXPECT_EQ(hash64(""), 0x2d06800538d394c2U);
  EXPECT_EQ(to_hex(hash128("")), "99aa06d3014798d86001c324468d497f");
}

TEST(HashTest, DependsOnEveryByteAndTheSeed) {
  std::set<uint64_t> seen;
  std::string text(300, 'a');
  for (char& c : text) {
    c = 'b';
    seen.insert(hash64(text));
    c = 'a';
  }
  seen.insert(hash64(text));
  seen.insert(hash64(text, 1));
  EXPECT_EQ(seen.size(), 302U);
  EXPECT_NE(hash128("a"), hash128("b"));
}

TEST(HashTest, WritesHexWithLeadingZeros) {
  EXPECT_EQ(to_hex({0, 0xAB}), "000000000000000000000000000000ab");
  EXPECT_EQ(to_hex({0x1, 0}), "00000000000000010000000000000000");
}

}  // namespace
}  // namespace sieve
