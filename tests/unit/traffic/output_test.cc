#include "traffic/output.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "base/file.h"

namespace sieve::traffic {
namespace {

TEST(FileSinkTest, WritesEveryLine) {
  const std::string path = ::testing::TempDir() + "/traffic_output_test.jsonl";
  auto sink = FileSink::open(path);
  ASSERT_TRUE(sink) << sink.error();
  const std::string longest(300'000, 'x');
  (*sink)->write("key", "one");
  (*sink)->write("key", "");
  (*sink)->write("key", longest);
  ASSERT_TRUE((*sink)->close());
  const auto bytes = read_file(path, size_t{1} << 20);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(*bytes, "one\n\n" + longest + "\n");
  std::remove(path.c_str());
}

TEST(FileSinkTest, SaysWhyItCannotOpen) {
  const auto sink = FileSink::open("/nowhere/at/all.jsonl");
  ASSERT_FALSE(sink);
  EXPECT_EQ(sink.error(), "cannot write /nowhere/at/all.jsonl: No such file or directory");
}

TEST(FileSinkTest, SaysWhyItCannotWrite) {
  auto sink = FileSink::open("/dev/full");
  ASSERT_TRUE(sink) << sink.error();
  (*sink)->write({}, "line");
  const auto closed = (*sink)->close();
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error(), "cannot write /dev/full: No space left on device");
}

}  // namespace
}  // namespace sieve::traffic
