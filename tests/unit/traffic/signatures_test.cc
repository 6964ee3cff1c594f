#include "traffic/signatures.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

namespace sieve::traffic {
namespace {

std::string signatures(uint64_t seed, uint32_t count) {
  StringSink out;
  write_signatures(seed, count, out);
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

TEST(SignaturesTest, MayBeNone) {
  EXPECT_NE(signatures(1, 0).find("rules: []"), std::string::npos);
}

}  // namespace
}  // namespace sieve::traffic
