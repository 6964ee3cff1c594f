#include "base/arena.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace sieve {
namespace {

TEST(ArenaTest, HandsOutAlignedMemoryThatDoesNotOverlap) {
  Arena arena;
  std::map<uintptr_t, size_t> sizes;
  for (size_t size = 1; size < 1'000; ++size) {
    char* got = arena.allocate(size);
    std::memset(got, 0xAB, size);
    sizes[reinterpret_cast<uintptr_t>(got)] = size;
  }
  ASSERT_EQ(sizes.size(), 999U);
  uintptr_t end = 0;
  for (const auto& [start, size] : sizes) {
    EXPECT_EQ(start % 8, 0U);
    EXPECT_GE(start, end);
    end = start + size;
  }
}

TEST(ArenaTest, CopiesText) {
  Arena arena;
  std::string text = "hello";
  const std::string_view copy = arena.copy(text);
  text = "other";
  EXPECT_EQ(copy, "hello");
  EXPECT_EQ(arena.copy("").size(), 0U);
}

TEST(ArenaTest, ServesRequestsLargerThanABlock) {
  Arena arena;
  char* small = arena.allocate(8);
  char* large = arena.allocate(size_t{1} << 20);
  std::memset(large, 1, size_t{1} << 20);
  std::memset(small, 2, 8);
  EXPECT_EQ(large[0], 1);
}

TEST(ArenaTest, KeepsItsBlocksOverReset) {
  Arena arena;
  const auto fill = [&arena] {
    std::set<char*> starts;
    for (int i = 0; i < 100; ++i) starts.insert(arena.allocate(4'000));
    return starts;
  };
  const std::set<char*> first = fill();
  arena.reset();
  EXPECT_EQ(fill(), first);
}

}  // namespace
}  // namespace sieve
