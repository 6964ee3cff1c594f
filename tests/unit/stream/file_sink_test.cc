#include "stream/file_sink.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit/stream/delivery_log.h"
#include "unit/stream/temporary_directory.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::chrono::milliseconds kNow(0);

std::unique_ptr<FileSink> open_or_fail(const std::string& path, FileMode mode,
                                       DeliveryListener& listener) {
  auto sink = FileSink::open(path, mode, listener);
  EXPECT_TRUE(sink.has_value()) << sink.error().message;
  return sink ? std::move(*sink) : nullptr;
}

TEST(FileSinkTest, WritesLinesAndThenReportsThem) {
  const TemporaryDirectory directory;
  DeliveryLog log;
  const auto sink = open_or_fail(directory.path("out"), FileMode::kReplace, log);
  EXPECT_TRUE(sink->publish({"key", "{\"a\":1}", {}}, ticket_of(0)));
  EXPECT_TRUE(sink->publish({"", "", {}}, ticket_of(1)));
  EXPECT_EQ(sink->pending(), 2u);
  EXPECT_THAT(log.delivered_sequences(), IsEmpty());
  sink->service(kNow);
  EXPECT_THAT(log.delivered_sequences(), ElementsAre(0, 1));
  EXPECT_EQ(sink->pending(), 0u);
  EXPECT_EQ(directory.read("out"), "{\"a\":1}\n\n");
  EXPECT_TRUE(sink->flush(kNow));
}

TEST(FileSinkTest, WritesByItselfWhenMuchHasGathered) {
  const TemporaryDirectory directory;
  DeliveryLog log;
  const auto sink = open_or_fail(directory.path("out"), FileMode::kReplace, log);
  const std::string value(size_t{64} << 10, 'x');
  EXPECT_TRUE(sink->publish({"", value, {}}, ticket_of(0)));
  EXPECT_THAT(log.delivered_sequences(), ElementsAre(0));
}

TEST(FileSinkTest, WritesWhatIsLeftAtTheEnd) {
  const TemporaryDirectory directory;
  DeliveryLog log;
  EXPECT_TRUE(open_or_fail(directory.path("out"), FileMode::kReplace, log)
                  ->publish({"", "a", {}}, ticket_of(0)));
  EXPECT_EQ(directory.read("out"), "a\n");
  EXPECT_THAT(log.delivered_sequences(), ElementsAre(0));
}

TEST(FileSinkTest, ReplacesOrAppends) {
  const TemporaryDirectory directory;
  DeliveryLog log;
  const std::string path = directory.write("out", "old\n");
  EXPECT_TRUE(open_or_fail(path, FileMode::kAppend, log)->publish({"", "a", {}}, ticket_of(0)));
  EXPECT_EQ(directory.read("out"), "old\na\n");
  EXPECT_TRUE(open_or_fail(path, FileMode::kReplace, log)->publish({"", "b", {}}, ticket_of(0)));
  EXPECT_EQ(directory.read("out"), "b\n");
}

TEST(FileSinkTest, ReportsAFullDisk) {
  DeliveryLog log;
  const auto sink = open_or_fail("/dev/full", FileMode::kAppend, log);
  EXPECT_TRUE(sink->publish({"", "a", {}}, ticket_of(0)));
  EXPECT_TRUE(sink->flush(kNow));
  EXPECT_THAT(log.delivered_sequences(), IsEmpty());
  EXPECT_THAT(log.failed_sequences(), ElementsAre(0));
  EXPECT_EQ(log.last_error().code, "file_unwritable");
  EXPECT_EQ(log.last_error().message, "cannot write /dev/full: No space left on device");
}

TEST(FileSinkTest, ReportsAClosedPipeForThisAndAllThatFollow) {
  signal(SIGPIPE, SIG_IGN);
  const TemporaryDirectory directory;
  const std::string pipe = directory.path("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  DeliveryLog log;
  const auto sink = open_or_fail(pipe, FileMode::kAppend, log);
  EXPECT_TRUE(sink->publish({"", "a", {}}, ticket_of(0)));
  sink->service(kNow);
  ::close(reader);
  EXPECT_TRUE(sink->publish({"", "b", {}}, ticket_of(1)));
  sink->service(kNow);
  EXPECT_TRUE(sink->publish({"", "c", {}}, ticket_of(2)));
  sink->service(kNow);
  EXPECT_THAT(log.delivered_sequences(), ElementsAre(0));
  EXPECT_THAT(log.failed_sequences(), ElementsAre(1, 2));
  EXPECT_THAT(log.last_error().message, HasSubstr("Broken pipe"));
}

TEST(FileSinkTest, RefusesAPathThatCannotBeWritten) {
  const TemporaryDirectory directory;
  DeliveryLog log;
  const auto missing = FileSink::open(directory.path("no/such"), FileMode::kReplace, log);
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, "file_unwritable");
  EXPECT_THAT(missing.error().message, HasSubstr("No such file or directory"));
  const auto is_directory = FileSink::open(directory.path("."), FileMode::kReplace, log);
  ASSERT_FALSE(is_directory.has_value());
  EXPECT_THAT(is_directory.error().message, HasSubstr("Is a directory"));
}

}  // namespace
}  // namespace sieve
