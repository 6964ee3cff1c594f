#include "base/file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/descriptor.h"

namespace sieve {
namespace {

namespace fs = std::filesystem;

// A directory of its own for each test, removed at the end.
class FileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(::testing::TempDir()) /
            ("sieve_file_test_" + std::to_string(::getpid()) + "_" +
             ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string path(const std::string& name) const { return (root_ / name).string(); }
  void put(const std::string& name, const std::string& bytes) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << bytes;
  }

  fs::path root_;
};

TEST_F(FileTest, ReadsWholeFiles) {
  put("empty", "");
  put("one", "x");
  const std::string large(200'000, '\xFF');
  put("large", large);
  EXPECT_EQ(read_file(path("empty"), 10).value(), "");
  EXPECT_EQ(read_file(path("one"), 10).value(), "x");
  EXPECT_EQ(read_file(path("large"), 1'000'000).value(), large);
}

TEST_F(FileTest, RefusesMoreThanTheLimit) {
  put("ten", "0123456789");
  EXPECT_TRUE(read_file(path("ten"), 10).has_value());
  const auto got = read_file(path("ten"), 9);
  ASSERT_FALSE(got.has_value());
  EXPECT_THAT(got.error().message, ::testing::HasSubstr("larger than the limit of 9 bytes"));
}

TEST_F(FileTest, SaysWhyItCannotRead) {
  EXPECT_THAT(read_file(path("none"), 9).error().message,
              ::testing::AllOf(::testing::StartsWith("cannot read "),
                               ::testing::EndsWith("none: No such file or directory")));
  EXPECT_THAT(read_file(root_.string(), 9).error().message,
              ::testing::EndsWith(": Is a directory"));
}

TEST_F(FileTest, ReplacesAFileAndLeavesNothingBeside) {
  put("f", "old");
  ASSERT_TRUE(write_file_atomically(path("f"), "new").has_value());
  EXPECT_EQ(read_file(path("f"), 10).value(), "new");
  ASSERT_TRUE(write_file_atomically(path("g"), "").has_value());
  const auto count = std::distance(fs::directory_iterator(root_), fs::directory_iterator());
  EXPECT_EQ(count, 2);
}

TEST_F(FileTest, LeavesNothingWhenItCannotReplace) {
  fs::create_directories(root_ / "directory" / "inside");
  EXPECT_FALSE(write_file_atomically(path("directory"), "x").has_value());
  EXPECT_FALSE(write_file_atomically(path("none/f"), "x").has_value());
  const auto count = std::distance(fs::directory_iterator(root_), fs::directory_iterator());
  EXPECT_EQ(count, 1);
}

TEST_F(FileTest, WritesWhereTheDirectoryIsNotWhereItWas) {
  fs::create_directory(root_ / "old");
  const Descriptor directory(::open(path("old").c_str(), O_RDONLY | O_DIRECTORY));
  fs::rename(root_ / "old", root_ / "new");
  ASSERT_TRUE(write_file_at(directory.get(), "f", "bytes").has_value());
  EXPECT_EQ(read_file(path("new/f"), 10).value(), "bytes");
  EXPECT_THAT(write_file_at(-1, "f", "bytes").error().message,
              ::testing::StartsWith("cannot write f: "));
}

// Two that write one path at a time, in processes that may well have the same id in their
// containers.
TEST_F(FileTest, WritersOfOnePathDoNotDisturbEachOther) {
  std::vector<std::thread> writers;
  std::atomic<int> failures = 0;
  for (const char byte : {'a', 'b', 'c'}) {
    writers.emplace_back([&, byte] {
      for (int i = 0; i < 50; ++i) {
        if (!write_file_atomically(path("f"), std::string(50'000, byte))) ++failures;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(failures, 0);
  const std::string bytes = read_file(path("f"), 100'000).value();
  EXPECT_EQ(bytes, std::string(50'000, bytes.front()));
  EXPECT_EQ(std::distance(fs::directory_iterator(root_), fs::directory_iterator()), 1);
}

TEST_F(FileTest, ListsFilesSortedWithoutLeftovers) {
  for (const char* name : {"b.x", "a.x", "sub/c.x", "a.y", ".h.x", "a.x~", "#a.x", ".git/d.x"}) {
    put(name, "");
  }
  EXPECT_THAT(list_files(root_.string(), ".x").value(),
              ::testing::ElementsAre(path("a.x"), path("b.x"), path("sub/c.x")));
  EXPECT_THAT(list_files(path("a.y"), ".x").value(), ::testing::ElementsAre(path("a.y")));
  EXPECT_THAT(list_files(path("sub"), ".y").value(), ::testing::IsEmpty());
  EXPECT_THAT(list_files(path("none"), ".x").error().message,
              ::testing::HasSubstr("No such file or directory"));
}

}  // namespace
}  // namespace sieve
