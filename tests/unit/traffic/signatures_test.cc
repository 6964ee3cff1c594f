#include "traffic/signatures.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

namespace sieve::traffic {
namespace {

std::string signatures(uint64_t seed, uint32_t count, uint32_t first = 0) {
  StringSink out;
  write_signatures(seed, {first, count}, out);
  return out.bytes();
}

TEST(SignaturesTest, HaveThreeRegexesInAHundredAndNoPatternTwice) {
  std::istringstream lines(signatures(1, 20'000));
  size_t phrases = 0, regexes = 0;
  std::set<std::string> patterns;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("p: { words:") != std::string::npos) ++phrases;
    if (line.find("p: { re:") != std::string::npos) ++regexes;
    if (line.find("p: {") == std::string::npos) continue;
    EXPECT_TRUE(patterns.insert(line).second) << line;
  }
  EXPECT_EQ(phrases, 19'400u);
  EXPECT_EQ(regexes, 600u);
}

TEST(SignaturesTest, AreTheSameForTheSameSeed) {
  EXPECT_EQ(signatures(1, 100), signatures(1, 100));
  EXPECT_NE(signatures(1, 100), signatures(2, 100));
}

TEST(SignaturesTest, OfOtherRangesHaveNothingInCommon) {
  std::set<std::string> seen;
  for (const uint32_t first : {0U, 1'000U, 2'000U}) {
    std::istringstream lines(signatures(1, 1'000, first));
    for (std::string line; std::getline(lines, line);) {
      const bool names = line.find("p: {") != std::string::npos;
      if (!names && line.find("- id:") == std::string::npos) continue;
      EXPECT_TRUE(seen.insert(line).second) << line;
    }
  }
  EXPECT_EQ(seen.size(), 6'000U);
}

TEST(SignaturesTest, MayBeNone) {
  EXPECT_NE(signatures(1, 0).find("rules: []"), std::string::npos);
}

}  // namespace
}  // namespace sieve::traffic
