#include "text/byte_edits.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "random_text.h"

namespace sieve {
namespace {

TEST(ByteEditsTest, NoneChangeNothing) {
  const ByteEdits edits;
  std::string out(5, '\0');
  EXPECT_EQ(edits.apply("hello", out.data()), 5U);
  EXPECT_EQ(out, "hello");
}

// Against a copy of the text, byte by byte.
TEST(ByteEditsTest, DoWhatTheySay) {
  std::mt19937_64 random(testing::seed());
  for (int round = 0; round < 2'000; ++round) {
    std::string text;
    for (size_t left = random() % 30; left > 0; --left) {
      text += static_cast<char>('a' + random() % 26);
    }
    ByteEdits edits;
    std::string expected;
    std::vector<ByteSpan> map;
    std::vector<ByteSpan> expected_map;
    for (uint32_t at = 0; at < text.size(); ++at) {
      const uint64_t kind = random() % 4;
      map.push_back({at, at + 1});
      if (kind == 0) {
        edits.dropped.push_back(at);
        continue;
      }
      if (kind == 1) edits.replaced.push_back({at, '#'});
      expected += kind == 1 ? '#' : text[at];
      expected_map.push_back({at, at + 1});
    }
    std::string out(text.size(), '\0');
    out.resize(edits.apply(text, out.data()));
    ASSERT_EQ(out, expected) << text;
    edits.apply(map);
    ASSERT_EQ(map, expected_map) << text;
  }
}

}  // namespace
}  // namespace sieve
