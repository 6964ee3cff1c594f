#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <map>

#include "correlate/snapshot_inspection.h"
#include "unit/correlate/snapshot_files.h"

namespace sieve {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Reason = SnapshotFaultReason;

const std::vector<std::string> kFrames = {"first frame", "", std::string("\0\n\xFF", 3), "fourth"};
constexpr size_t kHeadAndSeal = kSnapshotFrameHeadBytes + kSnapshotSealBytes;

// Each test runs in clear and encrypted.
class SnapshotFileTest : public ::testing::TestWithParam<bool> {
 protected:
  const SnapshotKey* key() const { return GetParam() ? &key_ : nullptr; }
  SnapshotKeys keys() const {
    return GetParam() ? SnapshotKeys{test_key(9), key_} : SnapshotKeys();
  }
  std::string bytes_of(const std::vector<std::string>& frames) const {
    return snapshot_bytes(frames, key());
  }

  const SnapshotKey key_ = test_key();
};
INSTANTIATE_TEST_SUITE_P(, SnapshotFileTest, ::testing::Bool(),
                         [](const auto& test) { return test.param ? "Encrypted" : "Clear"; });

TEST_P(SnapshotFileTest, GivesBackWhatWasWritten) {
  const std::string large(kSnapshotFrameBytesMax, 'x');
  std::vector<std::string> frames = kFrames;
  frames.push_back(large);
  const auto read = read_snapshot(bytes_of(frames), keys());
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->frames, frames);
  const SnapshotHeader wanted = test_header();
  const SnapshotHeader& got = read->header;
  EXPECT_EQ(got.format, kSnapshotFormat);
  EXPECT_EQ(got.engine_version, wanted.engine_version);
  EXPECT_EQ(got.exchange, wanted.exchange);
  EXPECT_EQ(got.pipeline, wanted.pipeline);
  EXPECT_EQ(got.bundle, wanted.bundle);
  EXPECT_EQ(got.facts_partition, wanted.facts_partition);
  EXPECT_EQ(got.facts_partition_count, wanted.facts_partition_count);
  EXPECT_EQ(got.content_version, wanted.content_version);
  EXPECT_EQ(got.sequence, wanted.sequence);
  EXPECT_EQ(got.taken_at, wanted.taken_at);
  EXPECT_EQ(got.clock, wanted.clock);
  EXPECT_EQ(got.key_id, GetParam() ? key_.id : 0);
}

TEST_P(SnapshotFileTest, MayHaveNoFrames) {
  const auto read = read_snapshot(bytes_of({}), keys());
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_THAT(read->frames, ElementsAre());
}

TEST_P(SnapshotFileTest, RefusesEveryPartOfAFile) {
  const std::string bytes = bytes_of(kFrames);
  for (size_t size = 0; size < bytes.size(); ++size) {
    const auto read = read_snapshot(std::string_view(bytes).substr(0, size), keys());
    ASSERT_FALSE(read) << size;
    EXPECT_EQ(read.error().reason, Reason::kTruncated) << size << describe(read.error());
    EXPECT_LE(read.error().offset, size);
  }
}

TEST_P(SnapshotFileTest, RefusesEveryChangedBit) {
  const std::string bytes = bytes_of(kFrames);
  std::map<Reason, int> reasons;
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string changed = bytes;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    const auto read = read_snapshot(changed, keys());
    ASSERT_FALSE(read) << "bit " << bit;
    ++reasons[read.error().reason];
  }
  EXPECT_EQ(reasons[Reason::kNotASnapshot], 64);
  EXPECT_EQ(reasons[Reason::kUnknownFormat], 32);
  EXPECT_EQ(reasons[Reason::kForeign] + reasons[Reason::kUnreadable], 0);
  EXPECT_GT(reasons[Reason::kDamaged], 1'000);
}

TEST_P(SnapshotFileTest, RefusesFramesThatAreMoved) {
  // Frames of one size, so that nothing but their numbers and seals tells them apart.
  const std::string bytes = bytes_of({"aaaa", "bbbb", "cccc"});
  const size_t frame = kHeadAndSeal + 4;
  const size_t end = bytes.size() - kHeadAndSeal;
  const size_t first = end - 3 * frame;
  const auto part = [&](size_t index) { return bytes.substr(first + index * frame, frame); };
  const std::string head = bytes.substr(0, first);
  const std::string tail = bytes.substr(end);
  const std::vector<std::string> moved = {head + part(1) + part(0) + part(2) + tail,
                                          head + part(0) + part(2) + tail,
                                          head + part(0) + part(0) + part(1) + part(2) + tail,
                                          head + part(0) + part(1) + tail, head + tail};
  for (const std::string& file : moved) {
    const auto read = read_snapshot(file, keys());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().reason, Reason::kDamaged) << describe(read.error());
    EXPECT_GE(read.error().offset, first);
  }
  EXPECT_EQ(read_snapshot(moved[0], keys()).error().detail, "frame 2 stands where frame 1 should");
  // With numbers that look right.
  std::string renumbered = head + part(1) + part(0) + part(2) + tail;
  renumbered[first + 8] = 1;
  renumbered[first + frame + 8] = 2;
  const auto read = read_snapshot(renumbered, keys());
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().detail, HasSubstr("frame 1 does not fit its seal"));
}

TEST_P(SnapshotFileTest, RefusesFramesOfAnotherFile) {
  const std::string one = bytes_of({"aaaa"});
  const std::string other = bytes_of({"aaaa"});
  ASSERT_EQ(one.size(), other.size());
  const size_t first = one.size() - 2 * kHeadAndSeal - 4;
  const auto read = read_snapshot(one.substr(0, first) + other.substr(first), keys());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().reason, Reason::kDamaged);
}

TEST_P(SnapshotFileTest, RefusesBytesBehindTheEnd) {
  const std::string bytes = bytes_of(kFrames);
  const auto read = read_snapshot(bytes + "x", keys());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().reason, Reason::kDamaged);
  EXPECT_EQ(read.error().offset, bytes.size());
}

TEST_P(SnapshotFileTest, AFaultStays) {
  std::string bytes = bytes_of({"aaaa", "bbbb"});
  bytes[bytes.size() - 2 * kHeadAndSeal - 6] ^= 1;
  auto reader = SnapshotFileReader::adopt(file_of(bytes), "a", keys());
  ASSERT_TRUE(reader);
  std::string frame;
  auto more = reader->next(frame);
  while (more && *more) more = reader->next(frame);
  ASSERT_FALSE(more);
  const SnapshotFault first = more.error();
  more = reader->next(frame);
  ASSERT_FALSE(more);
  EXPECT_EQ(describe(more.error()), describe(first));
}

TEST_P(SnapshotFileTest, IsForThisUserAloneAndNotThereUntilItIsWhole) {
  const TemporaryDirectory directory;
  const std::string path = directory.path(".");
  const Descriptor opened = open_directory(path);
  auto writer = SnapshotFileWriter::create({opened.get(), path, "a"}, test_header(), key());
  ASSERT_TRUE(writer);
  ASSERT_TRUE((*writer)->append("frame"));
  ASSERT_TRUE((*writer)->finish());
  struct stat status {};
  ASSERT_EQ(::stat(directory.path("a.tmp").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600U);
  EXPECT_FALSE(std::filesystem::exists(directory.path("a")));
  // Two writers of one name do not disturb each other: the second gets none.
  const auto second = SnapshotFileWriter::create({opened.get(), path, "a"}, test_header(), key());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, SnapshotErrorReason::kFileUnwritable);
  EXPECT_THAT(second.error().message, HasSubstr("File exists"));
  ASSERT_TRUE((*writer)->publish());
  EXPECT_FALSE(std::filesystem::exists(directory.path("a.tmp")));
  EXPECT_TRUE(verify_snapshot(directory.path("a"), keys()));
  writer->reset();
  EXPECT_TRUE(std::filesystem::exists(directory.path("a")));
}

TEST_P(SnapshotFileTest, LeavesNothingWhenItIsGivenUp) {
  const TemporaryDirectory directory;
  const std::string path = directory.path(".");
  const Descriptor opened = open_directory(path);
  auto writer = SnapshotFileWriter::create({opened.get(), path, "a"}, test_header(), key());
  ASSERT_TRUE((*writer)->append("frame"));
  writer->reset();
  EXPECT_TRUE(std::filesystem::is_empty(path));
}

// The soft limit of a file's size, until the end of the scope.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limited{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limited);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_P(SnapshotFileTest, SaysThatThereIsNoRoom) {
  const TemporaryDirectory directory;
  const std::string path = directory.path(".");
  const Descriptor opened = open_directory(path);
  auto writer = SnapshotFileWriter::create({opened.get(), path, "a"}, test_header(), key());
  ASSERT_TRUE(writer);
  {
    const FileSizeLimit limit(4'096);
    const auto appended = (*writer)->append(std::string(8'192, 'x'));
    ASSERT_FALSE(appended);
    EXPECT_EQ(appended.error().reason, SnapshotErrorReason::kDiskFull);
    EXPECT_THAT(appended.error().message, HasSubstr("/a: File too large"));
  }
  EXPECT_TRUE(std::filesystem::is_empty(path));  // The room is free at once.
  for (const auto& later : {(*writer)->append("x"), (*writer)->finish(), (*writer)->publish()}) {
    ASSERT_FALSE(later);
    EXPECT_EQ(later.error().reason, SnapshotErrorReason::kDiskFull);
  }
}

TEST_P(SnapshotFileTest, IsInspectedWithoutItsKey) {
  const TemporaryDirectory directory;
  write_snapshot(directory, "a", kFrames, key());
  const auto summary = inspect_snapshot(directory.path("a"));
  ASSERT_TRUE(summary) << describe(summary.error());
  EXPECT_EQ(summary->frame_count, kFrames.size());
  EXPECT_EQ(summary->content_bytes, 11U + 0 + 3 + 6);
  EXPECT_EQ(summary->file_bytes, directory.read("a").size());
  EXPECT_EQ(summary->header.pipeline, "sieve");
  const std::string bytes = directory.read("a");
  for (size_t size = 0; size < bytes.size(); ++size) {
    const Descriptor file = file_of(std::string_view(bytes).substr(0, size));
    const auto cut = inspect_snapshot("/proc/self/fd/" + std::to_string(file.get()));
    ASSERT_FALSE(cut) << size;
    EXPECT_EQ(cut.error().reason, Reason::kTruncated) << size;
  }
  directory.write("long", bytes + "x");
  EXPECT_EQ(inspect_snapshot(directory.path("long")).error().reason, Reason::kDamaged);
}

TEST(SnapshotEncryption, HidesWhatFramesHoldButNotTheHeader) {
  const SnapshotKey key = test_key();
  const std::string secret = "+66812345678";
  const std::string bytes = snapshot_bytes({secret + secret}, &key);
  EXPECT_THAT(bytes, Not(HasSubstr(secret)));
  EXPECT_THAT(bytes, HasSubstr("sieve"));
  EXPECT_THAT(snapshot_bytes({secret}, nullptr), HasSubstr(secret));
  // The same twice is never the same again, in one file or in two.
  const std::string other = snapshot_bytes({secret + secret}, &key);
  const size_t content = bytes.size() - kHeadAndSeal - kSnapshotSealBytes - 2 * secret.size();
  EXPECT_NE(bytes.substr(content, secret.size()), other.substr(content, secret.size()));
}

TEST(SnapshotEncryption, IsReadWithAnyOfTheKeysAndNoOther) {
  const SnapshotKey old_key = test_key(1);
  const SnapshotKey new_key = test_key(2);
  const std::string bytes = snapshot_bytes(kFrames, &old_key);
  EXPECT_TRUE(read_snapshot(bytes, {new_key, old_key}));
  for (const SnapshotKeys& keys : {SnapshotKeys{}, SnapshotKeys{new_key}}) {
    const auto read = read_snapshot(bytes, keys);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().reason, Reason::kUnknownKey);
    EXPECT_THAT(read.error().detail, HasSubstr(snapshot_key_name(old_key.id)));
  }
  // Another key of the same id opens nothing.
  SnapshotKey forged = new_key;
  forged.id = old_key.id;
  EXPECT_EQ(read_snapshot(bytes, {forged}).error().reason, Reason::kDamaged);
}

TEST(SnapshotEncryption, AFileInClearIsReadWithKeys) {
  EXPECT_TRUE(read_snapshot(snapshot_bytes(kFrames, nullptr), {test_key()}));
}

TEST(SnapshotFault, NamesOtherFiles) {
  EXPECT_EQ(read_snapshot("SIEVEDB1, and more than a preamble", {}).error().reason,
            Reason::kNotASnapshot);
  EXPECT_EQ(read_snapshot("x", {}).error().reason, Reason::kNotASnapshot);
  const TemporaryDirectory directory;
  EXPECT_EQ(SnapshotFileReader::open(directory.path("none"), {}).error().reason,
            Reason::kUnreadable);
  EXPECT_EQ(SnapshotFileReader::open(directory.path("."), {}).error().reason, Reason::kUnreadable);
  ASSERT_EQ(::mkfifo(directory.path("pipe").c_str(), 0600), 0);
  EXPECT_THAT(SnapshotFileReader::open(directory.path("pipe"), {}).error().detail,
              HasSubstr("no file"));
}

TEST(SnapshotFault, SaysWhatWhereAndWhatToDo) {
  EXPECT_EQ(
      describe({Reason::kTruncated, "a.snapshot", 12, "it ends within frame 1"}),
      "a.snapshot: truncated at byte 12: it ends within frame 1; it was not copied or written "
      "to its end: copy it again, or use the one before it");
  for (const Reason reason : kSnapshotFaultReasons) {
    EXPECT_THAT(std::string(snapshot_fault_name(reason)), ::testing::MatchesRegex("[a-z_]+"));
    EXPECT_FALSE(snapshot_fault_advice(reason).empty());
  }
}

// Files of format 1 that earlier versions wrote (the fuzzer's corpus has them).
TEST(SnapshotFormat, StaysReadable) {
  const std::string corpus = std::string(SIEVE_TEST_DIR) + "/fuzz/corpus/snapshot/";
  for (const char* name : {"clear", "encrypted"}) {
    const auto summary = verify_snapshot(corpus + name, {test_key()});
    ASSERT_TRUE(summary) << describe(summary.error());
    EXPECT_EQ(summary->frame_count, 3U);
    EXPECT_EQ(summary->header.pipeline, "sieve");
  }
}

TEST(SnapshotKeyFile, HasOneKeyALine) {
  const std::string one(64, 'a');
  const std::string two(64, 'B');
  const auto keys = parse_snapshot_keys("# newest first\n" + one + "\r\n\n  " + two);
  ASSERT_TRUE(keys) << keys.error();
  ASSERT_EQ(keys->size(), 2U);
  EXPECT_EQ((*keys)[0].bytes[31], 0xAA);
  EXPECT_EQ((*keys)[1].bytes[0], 0xBB);
  EXPECT_NE((*keys)[0].id, (*keys)[1].id);
  EXPECT_EQ(parse_snapshot_keys("").error(),
            "there is no key; make one with `openssl rand -hex 32`");
  for (const std::string& bad : {one + "0", one.substr(2), one.substr(1) + "x"}) {
    const auto none = parse_snapshot_keys(one + "\n" + bad);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error(), "line 2 is no key of 64 hexadecimal digits");
  }
}

}  // namespace
}  // namespace sieve
