#include "base/packed_strings.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <unordered_set>

namespace sieve {
namespace {

TEST(PackedStringSetTest, FindsNothingWhenEmpty) {
  PackedStringSet set;
  EXPECT_TRUE(set.empty());
  EXPECT_FALSE(set.find(""));
  EXPECT_FALSE(set.find("a"));
  set.pack();
  EXPECT_FALSE(set.find("a"));
}

TEST(PackedStringSetTest, KeepsAStringOnce) {
  PackedStringSet set;
  const auto first = set.insert("shop.example");
  const auto second = set.insert("shop.example");
  EXPECT_TRUE(first.is_new);
  EXPECT_FALSE(second.is_new);
  EXPECT_EQ(first.place, second.place);
  EXPECT_EQ(set.size(), 1U);
  EXPECT_EQ(set.at(first.place), "shop.example");
}

TEST(PackedStringSetTest, TakesTheEmptyAndTheLongestString) {
  PackedStringSet set;
  const std::string longest(PackedStringSet::kStringBytesMax, 'x');
  set.insert("");
  set.insert(longest);
  set.pack();
  EXPECT_TRUE(set.find(""));
  EXPECT_EQ(set.at(*set.find(longest)), longest);
  EXPECT_FALSE(set.find(longest + "x"));
}

TEST(PackedStringSetTest, HoldsStringsWithAnyBytes) {
  PackedStringSet set;
  const std::string zero("a\0b", 3);
  set.insert(zero);
  EXPECT_TRUE(set.find(zero));
  EXPECT_FALSE(set.find("a"));
}

TEST(PackedStringSetDeathTest, RefusesAStringThatIsTooLong) {
  PackedStringSet set;
  const std::string too_long(PackedStringSet::kStringBytesMax + 1, 'x');
  EXPECT_DEATH(set.insert(too_long), "256 bytes");
}

TEST(PackedStringSetTest, HoldsWhatASetHolds) {
  std::mt19937_64 random(7);
  const auto text = [&random] { return std::to_string(random() % 20'000); };
  for (const size_t count : {size_t{1}, size_t{11}, size_t{12}, size_t{1'000}, size_t{30'000}}) {
    PackedStringSet set;
    std::unordered_set<std::string> model;
    uint32_t newest = 0;
    for (size_t i = 0; i < count; ++i) {
      const std::string value = text();
      const auto inserted = set.insert(value);
      ASSERT_EQ(inserted.is_new, model.insert(value).second);
      if (!inserted.is_new) continue;
      ASSERT_TRUE(newest == 0 || inserted.place > newest) << "places must grow";
      newest = inserted.place;
    }
    for (const bool packed : {false, true}) {
      if (packed) set.pack();
      ASSERT_EQ(set.size(), model.size());
      for (size_t i = 0; i < 20'000; ++i) {
        const std::string value = text();
        ASSERT_EQ(set.find(value).has_value(), model.contains(value)) << value;
      }
      for (const std::string& value : model) ASSERT_EQ(set.at(*set.find(value)), value);
    }
  }
}

}  // namespace
}  // namespace sieve
