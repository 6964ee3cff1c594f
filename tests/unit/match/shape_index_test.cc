#include "match/shape_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "unit/match/generator.h"

namespace sieve {
namespace {

using ::sieve::testing::Generator;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

ShapeIndex index_of(const std::vector<std::string>& phrases) {
  ShapeIndex index;
  for (uint32_t i = 0; i < phrases.size(); ++i) index.add(phrases[i], PatternId(i));
  index.finish();
  return index;
}

std::vector<uint32_t> found(const ShapeIndex& index, std::string_view text) {
  std::vector<uint32_t> ids;
  index.visit(text, [&](PatternId id) { ids.push_back(id.value); });
  return ids;
}

TEST(ShapeIndexTest, FindsNothingWithoutPhrases) {
  const ShapeIndex index = index_of({});
  EXPECT_TRUE(index.empty());
  EXPECT_THAT(found(index, "jackpot"), IsEmpty());
}

TEST(ShapeIndexTest, FindsTheLongestFirst) {
  const ShapeIndex index = index_of({"jack", "jackpot", "jackpots", "jackal"});
  EXPECT_THAT(found(index, "jackpot now"), ElementsAre(1, 0));
  EXPECT_THAT(found(index, "jackpots"), ElementsAre(2, 1, 0));
  EXPECT_THAT(found(index, "jackz"), ElementsAre(0));
}

TEST(ShapeIndexTest, FindsPhrasesOfOneShape) {
  EXPECT_THAT(found(index_of({"boat", "boat"}), "boat"), ElementsAre(1, 0));
}

TEST(ShapeIndexTest, FindsNothingInLessThanAKey) {
  const ShapeIndex index = index_of({"jack"});
  EXPECT_THAT(found(index, ""), IsEmpty());
  EXPECT_THAT(found(index, "jac"), IsEmpty());
  EXPECT_THAT(found(index, "jack"), ElementsAre(0));
}

TEST(ShapeIndexTest, EqualsASearchPhraseByPhrase) {
  SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << testing::seed());
  Generator generator(testing::seed());
  const auto shapes = [&](size_t size) {
    std::string out;
    while (out.size() < size) out += "a\xFF"[generator.below(2)];
    return out;
  };
  std::vector<std::string> phrases;
  for (int i = 0; i < 400; ++i) phrases.push_back(shapes(4 + generator.below(9)));
  const ShapeIndex index = index_of(phrases);
  size_t hits = 0;
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = shapes(generator.below(14));
    std::vector<uint32_t> want;
    for (uint32_t id = 0; id < phrases.size(); ++id) {
      if (text.starts_with(phrases[id])) want.push_back(id);
    }
    std::vector<uint32_t> got = found(index, text);
    hits += got.size();
    std::sort(got.begin(), got.end());
    ASSERT_EQ(got, want);
  }
  EXPECT_GT(hits, 5'000U);
}

}  // namespace
}  // namespace sieve
