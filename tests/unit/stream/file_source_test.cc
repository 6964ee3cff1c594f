#include "stream/file_source.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "unit/stream/temporary_directory.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr LaneId kLane(0);

std::unique_ptr<FileSource> open_or_fail(std::vector<FileSpec> files) {
  auto source = FileSource::open(std::move(files));
  EXPECT_TRUE(source.has_value()) << source.error().message;
  return source ? std::move(*source) : nullptr;
}

// All lines of `lane`, checking what every batch promises.
std::vector<std::string> read_all(FileSource& source, LaneId lane) {
  std::vector<std::string> lines;
  RecordBatch batch;
  uint64_t sequence = 0;
  PollStatus status = PollStatus::kRecords;
  while ((status = source.poll(lane, batch)) == PollStatus::kRecords) {
    EXPECT_EQ(batch.lane, lane);
    EXPECT_EQ(batch.sequence, sequence++);
    EXPECT_LE(batch.records.size(), limits::kBatchRecordsMax);
    EXPECT_TRUE(batch.bytes.ends_with(std::string(limits::kPaddingBytes, '\0')));
    for (const RawRecord& record : batch.records) {
      EXPECT_EQ(record.offset, static_cast<int64_t>(lines.size()) + 1);
      EXPECT_EQ(record.size_full, static_cast<int64_t>(record.size));
      EXPECT_LE(record.begin + record.size + limits::kPaddingBytes, batch.bytes.size());
      lines.emplace_back(batch.value(record));
    }
    EXPECT_EQ(batch.next_offset, static_cast<int64_t>(lines.size()) + 1);
  }
  EXPECT_EQ(status, PollStatus::kEnd);
  return lines;
}

struct LinesCase {
  std::string name;
  std::string input;
  std::vector<std::string> want;
};

class FileSourceLinesTest : public ::testing::TestWithParam<LinesCase> {};

TEST_P(FileSourceLinesTest, SplitsLines) {
  const TemporaryDirectory directory;
  const auto source = open_or_fail({{directory.write("in", GetParam().input), 0}});
  EXPECT_EQ(read_all(*source, kLane), GetParam().want);
}

std::vector<std::string> numbered(size_t count) {
  std::vector<std::string> lines;
  for (size_t i = 0; i < count; ++i) lines.push_back("line " + std::to_string(i));
  return lines;
}

std::string joined(const std::vector<std::string>& lines, std::string_view end) {
  std::string text;
  for (const std::string& line : lines) text.append(line).append(end);
  return text;
}

const std::string kBlock(size_t{256} << 10, 'x');

INSTANTIATE_TEST_SUITE_P(
    Tables, FileSourceLinesTest,
    ::testing::ValuesIn(std::vector<LinesCase>{
        {"empty_file", "", {}},
        {"one_line", "a\n", {"a"}},
        {"no_newline_at_the_end", "a\nb", {"a", "b"}},
        {"empty_lines", "\na\n\n\nb\n\n", {"", "a", "", "", "b", ""}},
        {"only_a_newline", "\n", {""}},
        {"carriage_returns", "a\r\nb\r\n\r\nc\r", {"a", "b", "", "c"}},
        {"carriage_return_within", "a\rb\n\r\r\n", {"a\rb", "\r"}},
        {"zero_bytes",
         std::string("a\0b\n\0\n", 6),
         {std::string("a\0b", 3), std::string(1, '\0')}},
        {"invalid_utf8", "\xFF\xFE\n\xC3\n", {"\xFF\xFE", "\xC3"}},
        {"byte_order_mark", "\xEF\xBB\xBF{}\n\xEF\xBB\xBF\n", {"{}", "\xEF\xBB\xBF"}},
        {"byte_order_mark_alone", "\xEF\xBB\xBF", {""}},
        {"maximum_records_of_a_batch", joined(numbered(512), "\n"), numbered(512)},
        {"more_records_than_a_batch", joined(numbered(513), "\r\n"), numbered(513)},
        {"many_blocks", joined(numbered(100'000), "\n"), numbered(100'000)},
        {"line_of_one_block", kBlock + "\nb\n", {kBlock, "b"}},
        {"line_just_over_a_block", kBlock + "y\nb", {kBlock + "y", "b"}},
    }),
    [](const ::testing::TestParamInfo<LinesCase>& test_case) { return test_case.param.name; });

struct LongLineCase {
  std::string name;
  size_t size;
  std::string line_end;
};

class FileSourceLongLineTest : public ::testing::TestWithParam<LongLineCase> {};

TEST_P(FileSourceLongLineTest, CutsOnlyLinesBeyondTheMaximum) {
  const TemporaryDirectory directory;
  std::string line(GetParam().size, 'x');
  line.front() = '{';
  line.back() = '}';
  const auto source =
      open_or_fail({{directory.write("in", "first\n" + line + GetParam().line_end + "last\n"), 0}});
  std::vector<RawRecord> records;
  std::vector<std::string> values;
  RecordBatch batch;
  while (source->poll(kLane, batch) == PollStatus::kRecords) {
    for (const RawRecord& record : batch.records) {
      records.push_back(record);
      values.emplace_back(batch.value(record));
    }
  }
  const bool fits = line.size() <= limits::kLineBytesMax;
  ASSERT_EQ(values.size(), 3u);
  EXPECT_EQ(values[0], "first");
  EXPECT_TRUE(values[1] == (fits ? line : line.substr(0, limits::kRecordBytesMax)))
      << "of size " << values[1].size();
  EXPECT_EQ(records[1].size_full, static_cast<int64_t>(line.size()));
  EXPECT_EQ(records[1].offset, 2);
  EXPECT_EQ(values[2], "last");
  EXPECT_EQ(records[2].offset, 3);
}

INSTANTIATE_TEST_SUITE_P(
    Tables, FileSourceLongLineTest,
    ::testing::ValuesIn(std::vector<LongLineCase>{
        {"of_10_MB", size_t{10} << 20, "\n"},
        {"of_the_maximum", limits::kLineBytesMax, "\n"},
        {"of_the_maximum_with_carriage_return", limits::kLineBytesMax, "\r\n"},
        {"of_one_more", limits::kLineBytesMax + 1, "\n"},
        {"of_one_more_with_carriage_return", limits::kLineBytesMax + 1, "\r\n"},
        {"of_20_MB", size_t{20} << 20, "\n"},
        {"of_40_MB_with_carriage_return", size_t{40} << 20, "\r\n"},
    }),
    [](const ::testing::TestParamInfo<LongLineCase>& test_case) { return test_case.param.name; });

TEST(FileSourceTest, CutsALongLineThatEndsWithTheFile) {
  const TemporaryDirectory directory;
  const auto source =
      open_or_fail({{directory.write("in", std::string(size_t{20} << 20, 'x')), 0}});
  RecordBatch batch;
  ASSERT_EQ(source->poll(kLane, batch), PollStatus::kRecords);
  ASSERT_EQ(batch.records.size(), 1u);
  EXPECT_EQ(batch.records[0].size, limits::kRecordBytesMax);
  EXPECT_EQ(batch.records[0].size_full, int64_t{20} << 20);
  EXPECT_EQ(source->poll(kLane, batch), PollStatus::kEnd);
  EXPECT_EQ(source->poll(kLane, batch), PollStatus::kEnd);
}

TEST(FileSourceTest, EndsABatchNearItsTargetInBytes) {
  const TemporaryDirectory directory;
  const std::string line(1'000, 'x');
  const auto source =
      open_or_fail({{directory.write("in", joined(std::vector(500, line), "\n")), 0}});
  RecordBatch batch;
  ASSERT_EQ(source->poll(kLane, batch), PollStatus::kRecords);
  EXPECT_EQ(batch.records.size(), limits::kBatchBytesTarget / 1'001 + 1);
}

TEST(FileSourceTest, GivesEachFileALane) {
  const TemporaryDirectory directory;
  const auto source =
      open_or_fail({{directory.write("a", "a1\na2\n"), 3}, {directory.write("b", "b1\n"), 4}});
  const std::vector<LaneInfo> lanes = source->lanes();
  ASSERT_EQ(lanes.size(), 2u);
  EXPECT_EQ(lanes[1].id, LaneId(1));
  EXPECT_EQ(lanes[1].source, 4u);
  EXPECT_EQ(lanes[1].origin, directory.path("b"));
  EXPECT_THAT(read_all(*source, LaneId(1)), ElementsAre("b1"));
  EXPECT_THAT(read_all(*source, LaneId(0)), ElementsAre("a1", "a2"));
}

TEST(FileSourceTest, NeverWaitsForAPipeWithoutData) {
  const TemporaryDirectory directory;
  const std::string pipe = directory.path("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const auto source = open_or_fail({{pipe, 0}, {directory.write("b", "b1\n"), 1}});
  RecordBatch batch;
  EXPECT_EQ(source->poll(kLane, batch), PollStatus::kIdle) << "no writer yet";
  EXPECT_THAT(read_all(*source, LaneId(1)), ElementsAre("b1"));

  const int writer = ::open(pipe.c_str(), O_WRONLY);
  ASSERT_GE(writer, 0);
  EXPECT_EQ(source->poll(kLane, batch), PollStatus::kIdle) << "a writer without data";
  ASSERT_EQ(::write(writer, "one\ntw", 6), 6);
  source->wait(std::chrono::seconds(10));
  ASSERT_EQ(source->poll(kLane, batch), PollStatus::kRecords);
  EXPECT_EQ(batch.value(batch.records.at(0)), "one");
  EXPECT_EQ(source->poll(kLane, batch), PollStatus::kIdle) << "an unfinished line";
  std::thread late([&] {
    EXPECT_EQ(::write(writer, "o", 1), 1);
    ::close(writer);
  });
  PollStatus status = PollStatus::kIdle;
  while ((status = source->poll(kLane, batch)) == PollStatus::kIdle) {
    source->wait(std::chrono::seconds(10));
  }
  late.join();
  ASSERT_EQ(status, PollStatus::kRecords);
  EXPECT_EQ(batch.value(batch.records.at(0)), "two");
  EXPECT_EQ(batch.records.at(0).offset, 2);
  EXPECT_EQ(source->poll(kLane, batch), PollStatus::kEnd);
}

TEST(FileSourceTest, RefusesAMissingFile) {
  const TemporaryDirectory directory;
  const auto source = FileSource::open({{directory.path("missing"), 0}});
  ASSERT_FALSE(source.has_value());
  EXPECT_EQ(source.error().code, "file_unreadable");
  EXPECT_EQ(source.error().message,
            "cannot read " + directory.path("missing") + ": No such file or directory");
}

TEST(FileSourceTest, RefusesADirectory) {
  const TemporaryDirectory directory;
  const auto source = FileSource::open({{directory.write("a", ""), 0}, {directory.path("."), 1}});
  ASSERT_FALSE(source.has_value());
  EXPECT_THAT(source.error().message, HasSubstr("Is a directory"));
}

TEST(FileSourceTest, RefusesAFileWithoutPermission) {
  const TemporaryDirectory directory;
  const std::string path = directory.write("a", "a\n");
  ASSERT_EQ(chmod(path.c_str(), 0), 0);
  // The superuser may read everything, so be somebody else for a moment.
  constexpr uid_t kNobody = 65'534;
  const bool was_superuser = geteuid() == 0;
  if (was_superuser) {
    ASSERT_EQ(seteuid(kNobody), 0);
  }
  const auto source = FileSource::open({{path, 0}});
  if (was_superuser) {
    ASSERT_EQ(seteuid(0), 0);
  }
  ASSERT_FALSE(source.has_value());
  EXPECT_THAT(source.error().message, HasSubstr("Permission denied"));
}

TEST(FileSourceTest, RefusesStandardInputTwice) {
  const auto source = FileSource::open({{"-", 0}, {"-", 1}});
  ASSERT_FALSE(source.has_value());
  EXPECT_THAT(source.error().message, HasSubstr("named twice"));
}

TEST(FileSourceTest, ReportsAFailureInTheMiddle) {
  // Reading the memory of a process at address 0 fails only when it is tried.
  const auto source = open_or_fail({{"/proc/self/mem", 0}});
  RecordBatch batch;
  EXPECT_EQ(source->poll(kLane, batch), PollStatus::kFailed);
  EXPECT_EQ(source->last_error().code, "file_unreadable");
  EXPECT_EQ(source->last_error().message,
            "cannot read /proc/self/mem: Input/output error (in line 1)");
}

}  // namespace
}  // namespace sieve
