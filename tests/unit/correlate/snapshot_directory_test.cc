#include "correlate/snapshot_directory.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "unit/correlate/snapshot_files.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;
using Reason = SnapshotFaultReason;

// Keeps the frames of the file that is being read.
class Frames : public SnapshotVisitor {
 public:
  Expected<void, SnapshotRefusal> begin(const SnapshotHeader& header) override {
    EXPECT_TRUE(frames.empty()) << "what came before was not forgotten";
    if (header.sequence != refused_sequence) return {};
    return Unexpected<SnapshotRefusal>({Reason::kForeign, "of other rules"});
  }
  Expected<void, SnapshotRefusal> frame(std::string_view bytes) override {
    frames.emplace_back(bytes);
    if (bytes != refused_frame) return {};
    return Unexpected<SnapshotRefusal>({Reason::kDamaged, "no window"});
  }
  Expected<void, SnapshotRefusal> end() override {
    if (frames.size() != refused_frame_count) return {};
    return Unexpected<SnapshotRefusal>({Reason::kDamaged, "it ends too soon"});
  }
  void forget() override { frames.clear(); }

  std::vector<std::string> frames;
  int64_t refused_sequence = -1;
  std::string refused_frame = "never";
  size_t refused_frame_count = SIZE_MAX;
};

class SnapshotDirectoryTest : public ::testing::Test {
 protected:
  SnapshotDirectoryTest() : path_(directory_.path("state")) { open(); }

  void open() {
    opened_.reset();
    auto opened = SnapshotDirectory::open(path_);
    ASSERT_TRUE(opened) << opened.error().message;
    opened_ = std::move(*opened);
  }
  void publish(const std::vector<std::string>& frames, int32_t partition = 0) {
    auto writer = opened_->create(test_header(partition), nullptr);
    ASSERT_TRUE(writer) << writer.error().message;
    for (const std::string& frame : frames) ASSERT_TRUE((*writer)->append(frame));
    ASSERT_TRUE(opened_->publish(**writer));
  }
  SnapshotLoad load(const SnapshotExpectation& expected = test_expectation()) {
    visitor_.frames.clear();
    return opened_->load_newest(expected, {}, visitor_);
  }
  std::string path_of(int32_t partition, int64_t sequence) const {
    return path_ + "/" + to_file_name({partition, sequence});
  }
  void change_last_byte(int64_t sequence) const {
    std::fstream file(path_of(0, sequence), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(-1, std::ios::end);
    const int last = file.get();
    file.seekp(-1, std::ios::end);
    file.put(static_cast<char>(last ^ 1));
  }
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      found.push_back(entry.path().filename().string());
    }
    return found;
  }

  const TemporaryDirectory directory_;
  const std::string path_;
  std::unique_ptr<SnapshotDirectory> opened_;
  Frames visitor_;
};

TEST_F(SnapshotDirectoryTest, GivesBackTheNewest) {
  EXPECT_FALSE(load().header);
  publish({"old"});
  publish({"new", "more"});
  publish({"other"}, 1);
  const SnapshotLoad loaded = load();
  ASSERT_TRUE(loaded.header);
  EXPECT_EQ(loaded.header->sequence, 2);
  EXPECT_THAT(loaded.refused, ElementsAre());
  EXPECT_THAT(visitor_.frames, ElementsAre("new", "more"));
  EXPECT_TRUE(load(test_expectation(1)).header);
  EXPECT_THAT(visitor_.frames, ElementsAre("other"));
  EXPECT_FALSE(load(test_expectation(2)).header);
}

TEST_F(SnapshotDirectoryTest, KeepsTheLastTwoOfEachFactsPartition) {
  for (int i = 0; i < 12; ++i) publish({"frame"});
  publish({"frame"}, 1);
  EXPECT_THAT(names(), UnorderedElementsAre("lock", "state-0.11.snapshot", "state-0.12.snapshot",
                                            "state-1.1.snapshot"));
  EXPECT_THAT(opened_->list(0), ElementsAre(SnapshotName{0, 12}, SnapshotName{0, 11}));
}

TEST_F(SnapshotDirectoryTest, FallsBackAndSaysWhy) {
  publish({"old"});
  publish({"new"});
  change_last_byte(2);
  const SnapshotLoad loaded = load();
  ASSERT_TRUE(loaded.header);
  EXPECT_EQ(loaded.header->sequence, 1);
  EXPECT_THAT(visitor_.frames, ElementsAre("old"));
  ASSERT_EQ(loaded.refused.size(), 1U);
  EXPECT_EQ(loaded.refused[0].reason, Reason::kDamaged);
  EXPECT_EQ(loaded.refused[0].path, path_of(0, 2));
}

TEST_F(SnapshotDirectoryTest, WhatWasRefusedDoesNotPushOutWhatIsSound) {
  publish({"old"});
  publish({"new"});
  change_last_byte(2);
  load();
  publish({"newer"});
  EXPECT_THAT(opened_->list(0),
              ElementsAre(SnapshotName{0, 3}, SnapshotName{0, 2}, SnapshotName{0, 1}));
  publish({"newest"});
  EXPECT_THAT(opened_->list(0), ElementsAre(SnapshotName{0, 4}, SnapshotName{0, 3}));
}

TEST_F(SnapshotDirectoryTest, HasNothingWhenAllAreRefused) {
  publish({"old"});
  publish({"new"});
  change_last_byte(1);
  std::filesystem::resize_file(path_of(0, 2), 100);
  const SnapshotLoad loaded = load();
  EXPECT_FALSE(loaded.header);
  ASSERT_EQ(loaded.refused.size(), 2U);
  EXPECT_EQ(loaded.refused[0].reason, Reason::kTruncated);
  EXPECT_EQ(loaded.refused[1].reason, Reason::kDamaged);
  EXPECT_THAT(visitor_.frames, ElementsAre());
}

TEST_F(SnapshotDirectoryTest, RefusesWhatIsOfSomethingElse) {
  publish({"frame"});
  const auto refusal = [&](auto change) {
    SnapshotExpectation expected = test_expectation();
    change(expected);
    const SnapshotLoad loaded = load(expected);
    EXPECT_FALSE(loaded.header);
    EXPECT_THAT(visitor_.frames, ElementsAre());
    return loaded.refused.empty() ? SnapshotFault{} : loaded.refused[0];
  };
  const SnapshotFault exchange = refusal([](auto& e) { e.exchange = "memory"; });
  EXPECT_EQ(exchange.reason, Reason::kForeign);
  EXPECT_EQ(exchange.detail, "its exchange is `kafka`, not `memory`");
  EXPECT_EQ(refusal([](auto& e) { e.pipeline = "other"; }).reason, Reason::kForeign);
  EXPECT_EQ(refusal([](auto& e) { e.facts_partition_count = 8; }).detail,
            "it is of 4 facts partitions, not 8");
  EXPECT_EQ(refusal([](auto& e) { e.content_version = 4; }).reason, Reason::kUnknownFormat);
  EXPECT_TRUE(load().header);
}

TEST_F(SnapshotDirectoryTest, RefusesAFileUnderAnotherName) {
  publish({"frame"});
  std::filesystem::rename(path_of(0, 1), path_of(0, 5));
  const SnapshotLoad loaded = load();
  ASSERT_EQ(loaded.refused.size(), 1U);
  EXPECT_EQ(loaded.refused[0].detail, "it was written as state-0.1.snapshot");
}

TEST_F(SnapshotDirectoryTest, TheVisitorMayRefuse) {
  publish({"old"});
  publish({"new", "bad"});
  publish({"newest"});
  visitor_.refused_sequence = 3;
  visitor_.refused_frame = "bad";
  const SnapshotLoad loaded = load();
  ASSERT_EQ(loaded.refused.size(), 2U);
  EXPECT_EQ(loaded.refused[0].detail, "of other rules");
  EXPECT_EQ(loaded.refused[1].detail, "no window");
  EXPECT_GT(loaded.refused[1].offset, 0U);
}

TEST_F(SnapshotDirectoryTest, TheVisitorMayRefuseWhatEndsTooSoon) {
  publish({"old"});
  publish({"one", "two"});
  visitor_.refused_frame_count = 2;
  const SnapshotLoad loaded = load();
  ASSERT_EQ(loaded.refused.size(), 1U);
  EXPECT_EQ(loaded.refused[0].detail, "it ends too soon");
  ASSERT_TRUE(loaded.header);
  EXPECT_EQ(loaded.header->sequence, 1);
  EXPECT_EQ(visitor_.frames, std::vector<std::string>{"old"});
}

TEST_F(SnapshotDirectoryTest, RefusesWhatOthersCouldHaveWritten) {
  publish({"frame"});
  std::filesystem::permissions(path_of(0, 1), std::filesystem::perms(0622));
  const SnapshotLoad loaded = load();
  ASSERT_EQ(loaded.refused.size(), 1U);
  EXPECT_EQ(loaded.refused[0].reason, Reason::kUnreadable);
  EXPECT_EQ(loaded.refused[0].detail, "it can be written by others");

  opened_.reset();
  std::filesystem::permissions(path_, std::filesystem::perms(0777));
  const auto refused = SnapshotDirectory::open(path_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, SnapshotErrorReason::kDirectoryUnusable);
  EXPECT_THAT(refused.error().message, HasSubstr("can be written by others"));
}

TEST_F(SnapshotDirectoryTest, DoesNotFollowLinks) {
  publish({"frame"});
  std::filesystem::rename(path_of(0, 1), directory_.path("elsewhere"));
  std::filesystem::create_symlink(directory_.path("elsewhere"), path_of(0, 1));
  const SnapshotLoad loaded = load();
  ASSERT_EQ(loaded.refused.size(), 1U);
  EXPECT_EQ(loaded.refused[0].reason, Reason::kUnreadable);
}

TEST_F(SnapshotDirectoryTest, IsMadeForThisUserAloneOrSaysWhyNot) {
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0700U);
  const auto refused = SnapshotDirectory::open(directory_.write("file", "x"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, SnapshotErrorReason::kDirectoryUnusable);
  EXPECT_THAT(refused.error().message, HasSubstr("Not a directory"));
}

TEST_F(SnapshotDirectoryTest, RemovesWhatWasLeftUnfinishedAndNothingElse) {
  opened_.reset();
  directory_.write("state/state-0.3.snapshot.tmp", "x");
  directory_.write("state/notes", "x");
  open();
  EXPECT_THAT(names(), UnorderedElementsAre("lock", "notes"));
}

// A child that does `steps` in the directory, says so and waits to be killed.
class KilledChild {
 public:
  template <class Steps>
  explicit KilledChild(Steps steps) {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    child_ = ::fork();
    if (child_ == 0) {
      const bool done = steps();
      if (done) write_all(ends[1], "x");
      while (done) ::pause();
      ::_exit(1);
    }
    ::close(ends[1]);
    char said = 0;
    EXPECT_EQ(::read(ends[0], &said, 1), 1) << "the child failed";
    ::close(ends[0]);
  }
  ~KilledChild() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  pid_t id() const { return child_; }

 private:
  pid_t child_ = -1;
};

TEST_F(SnapshotDirectoryTest, IsUsedByOneProcessAtATime) {
  opened_.reset();
  {
    std::unique_ptr<SnapshotDirectory> theirs;
    const KilledChild child([&] {
      auto opened = SnapshotDirectory::open(path_);
      if (opened) theirs = std::move(*opened);
      return theirs != nullptr;
    });
    const auto refused = SnapshotDirectory::open(path_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, SnapshotErrorReason::kDirectoryInUse);
    EXPECT_THAT(refused.error().message, HasSubstr(fmt::format("process {}:", child.id())));
  }
  open();  // The lock went with the process.
}

TEST_F(SnapshotDirectoryTest, AKillAtAnyStepLeavesTheOneBeforeOrTheNewOne) {
  publish({"before"});
  for (int steps = 1; steps <= 4; ++steps) {
    opened_.reset();
    {
      std::unique_ptr<SnapshotDirectory> theirs;
      std::unique_ptr<SnapshotFileWriter> writer;
      const KilledChild child([&] {
        theirs = std::move(*SnapshotDirectory::open(path_));
        writer = std::move(*theirs->create(test_header(), nullptr));
        bool done = true;
        if (steps >= 2) done = writer->append("after").has_value();
        if (steps >= 3) done = done && writer->finish().has_value();
        if (steps >= 4) done = done && writer->publish().has_value();
        return done;
      });
    }
    open();
    const SnapshotLoad loaded = load();
    ASSERT_TRUE(loaded.header) << steps;
    EXPECT_THAT(loaded.refused, ElementsAre()) << steps;
    EXPECT_THAT(visitor_.frames, ElementsAre(steps < 4 ? "before" : "after")) << steps;
    EXPECT_EQ(names().size(), steps < 4 ? 2U : 3U) << steps;
  }
}

TEST(SnapshotNames, AreThoseThatAreWritten) {
  EXPECT_EQ(to_file_name({3, 41}), "state-3.41.snapshot");
  EXPECT_EQ(parse_snapshot_name("state-3.41.snapshot"), (SnapshotName{3, 41}));
  for (const char* other :
       {"", "state-.snapshot", "state-3.snapshot", "state-3.041.snapshot", "state--3.1.snapshot",
        "state-3.1.snapshot.tmp", "state-3.1.2.snapshot", "state-+3.1.snapshot", "state-.snapsho",
        "state-3.99999999999999999999.snapshot", "state-3.9223372036854775807.snapshot"}) {
    EXPECT_FALSE(parse_snapshot_name(other)) << other;
  }
}

TEST(SnapshotNames, AreListedByFactsPartitionNewestFirst) {
  const TemporaryDirectory directory;
  for (const char* name : {"state-1.2.snapshot", "state-0.9.snapshot", "state-0.10.snapshot",
                           "state-0.11.snapshot.tmp", "other"}) {
    directory.write(name, "");
  }
  EXPECT_THAT(list_snapshots(directory.path(".")).value(),
              ElementsAre(SnapshotName{0, 10}, SnapshotName{0, 9}, SnapshotName{1, 2}));
  EXPECT_THAT(list_snapshots(directory.path("none")).error(), HasSubstr("cannot list "));
}

}  // namespace
}  // namespace sieve
