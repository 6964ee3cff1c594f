// The messages of files, whole.
#include "run/message_files.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/run/engine_fixture.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;

std::string part_json(int64_t number, int64_t ts_ms, int64_t seq, const std::string& text) {
  std::string json = message_json(1, ts_ms, text);
  json.insert(json.size() - 1, fmt::format(R"(,"part":{{"ref":7,"total":2,"seq":{}}})", seq));
  json.replace(json.find("\"m1\""), 4, fmt::format("\"m{}\"", number));
  return json;
}

struct Read {
  MessageFileCounts counts;
  std::vector<std::string> messages;  // `file:line text`.
};

Read read(const std::vector<std::string>& files, const TemporaryDirectory& directory) {
  Read out;
  MessageFilesOptions options;
  options.files = files;
  options.default_country = "TH";
  const auto counts = for_each_message(options, [&](const FileMessage& message) {
    const std::string file(message.file.substr(directory.path("").size()));
    out.messages.push_back(
        fmt::format("{}:{} {}", file, message.line, message.record.message.text));
  });
  SIEVE_CHECK(counts.has_value(), "{}", counts.error().text);
  out.counts = *counts;
  return out;
}

TEST(MessageFilesTest, GivesMessagesOneAfterAnother) {
  const TemporaryDirectory directory;
  const Read got = read(
      {directory.write("b.jsonl", message_json(1, 1'767'600'000'000, "one") + "\nno message\n" +
                                      message_json(2, 1'767'600'000'001, "two")),
       directory.write("a.jsonl", call_json(1, 1'767'600'000'000, 2) + "\n" +
                                      message_json(3, 1'767'600'000'000, "three") + "\n")},
      directory);
  EXPECT_THAT(got.messages, ElementsAre("b.jsonl:1 one", "b.jsonl:3 two", "a.jsonl:2 three"));
  EXPECT_EQ(got.counts.messages, 3U);
  EXPECT_EQ(got.counts.undecoded, 2U);
  ASSERT_TRUE(got.counts.first_undecoded);
  EXPECT_EQ(got.counts.first_undecoded->file, directory.path("b.jsonl"));
  EXPECT_EQ(got.counts.first_undecoded->line, 2);
  EXPECT_THAT(got.counts.first_undecoded->reason, ::testing::HasSubstr("(malformed_json)"));
}

TEST(MessageFilesTest, JoinsParts) {
  const TemporaryDirectory directory;
  const int64_t start = 1'767'600'000'000;
  const std::string lines =
      part_json(1, start, 2, "credit") + "\n" + message_json(2, start + 1, "between") + "\n" +
      part_json(3, start + 2, 1, "free ") + "\n" + part_json(4, start + 400'000, 1, "alone") + "\n";
  const Read got = read({directory.write("m.jsonl", lines)}, directory);
  EXPECT_THAT(got.messages,
              ElementsAre("m.jsonl:2 between", "m.jsonl:3 free credit", "m.jsonl:4 alone ... "));
  EXPECT_EQ(got.counts.parts, 3U);
  EXPECT_EQ(got.counts.messages, 3U);
}

TEST(MessageFilesTest, SaysWhichFileCannotBeRead) {
  MessageFilesOptions options;
  options.files = {"/nowhere/m.jsonl"};
  const auto counts = for_each_message(options, [](const FileMessage&) {});
  ASSERT_FALSE(counts);
  EXPECT_EQ(counts.error().exit_code, ExitCode::kInputOutput);
  EXPECT_THAT(counts.error().text, ::testing::HasSubstr("/nowhere/m.jsonl"));
}

}  // namespace
}  // namespace sieve
