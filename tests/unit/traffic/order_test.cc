#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "traffic/arrivals.h"
#include "unit/traffic/generated.h"

// In which order records come, and in how many a call does.
namespace sieve::traffic {
namespace {

Options small_run_with(std::initializer_list<const char*> dials) {
  Options options = small_run();
  for (const char* dial : dials) {
    const auto set = options.dials.set(dial);
    EXPECT_TRUE(set) << dial;
  }
  return options;
}

std::vector<std::string> sorted_lines(const std::string& bytes) {
  std::vector<std::string> lines;
  std::istringstream stream(bytes);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  std::ranges::sort(lines);
  return lines;
}

TEST(ArrivalsTest, AreWrittenInTheOrderInWhichTheyCome) {
  StringSink sink;
  Arrivals arrivals(sink);
  arrivals.add({30}, "", "third");
  arrivals.add({10}, "", "first");
  arrivals.add({20}, "", "second");
  arrivals.add({30}, "", "fourth");
  arrivals.release({9});
  EXPECT_EQ(sink.bytes(), "");
  arrivals.release({20});
  EXPECT_EQ(sink.bytes(), "first\nsecond\n");
  arrivals.release_all();
  EXPECT_EQ(sink.bytes(), "first\nsecond\nthird\nfourth\n");
}

class OrderTest : public ::testing::TestWithParam<std::vector<const char*>> {};

INSTANTIATE_TEST_SUITE_P(Dials, OrderTest,
                         ::testing::Values(std::vector<const char*>{"calls.at_end=1"},
                                           std::vector<const char*>{"records.late_share=0.5"},
                                           std::vector<const char*>{"calls.at_end=1",
                                                                    "records.late_share=1"}),
                         [](const auto& row) { return "Case" + std::to_string(row.index); });

TEST_P(OrderTest, IsAllThatItsDialsChange) {
  const Output usual = generated(small_run());
  Options options = small_run();
  for (const char* dial : GetParam()) ASSERT_TRUE(options.dials.set(dial));
  const Output output = generated(options);
  EXPECT_NE(output.calls, usual.calls);
  EXPECT_EQ(sorted_lines(output.calls), sorted_lines(usual.calls));
  EXPECT_EQ(sorted_lines(output.messages), sorted_lines(usual.messages));
}

TEST(LateTest, RecordsComeAsLateAsTheDialAllows) {
  constexpr int64_t kLatestMs = 10 * 60'000;
  const Output output =
      generated(small_run_with({"records.late_share=0.3", "records.late_minutes=10"}));
  int64_t newest = 0, latest = 0;
  size_t late = 0, all = 0;
  for (const JsonValue& message : parse_lines(output.messages)) {
    const int64_t time = time_of(message);
    newest = std::max(newest, time);
    latest = std::max(latest, newest - time);
    late += newest > time ? 1 : 0;
    ++all;
  }
  EXPECT_LE(latest, kLatestMs);
  EXPECT_GT(latest, kLatestMs / 2);
  EXPECT_NEAR(static_cast<double>(late) / static_cast<double>(all), 0.3, 0.05);
}

TEST(CallEndTest, OrdersCallsByTheirEnds) {
  const Output output = generated(small_run_with({"calls.at_end=1"}));
  std::string newest;
  for (const JsonValue& call : parse_lines(output.calls)) {
    const std::string& ended = call.at("ended_at").string;
    EXPECT_GE(ended, newest);
    newest = ended;
  }
}

TEST(CallLegsTest, ShareTheReferenceAndThePartiesOfTheCall) {
  const Output output = generated(small_run_with({"calls.legs_share=1"}));
  std::map<std::string, std::vector<JsonValue>> calls;
  size_t alone = 0;
  for (JsonValue& record : parse_lines(output.calls)) {
    const std::string call_ref = record.at("call_ref").string;
    alone += call_ref.empty() ? 1 : 0;
    if (!call_ref.empty()) calls[call_ref].push_back(std::move(record));
  }
  EXPECT_LE(alone, 1u);  // The last call, when no place is left.
  size_t legs = 0, parts = 0;
  for (const auto& [call_ref, records] : calls) {
    ASSERT_GE(records.size(), 2u) << call_ref;
    for (const JsonValue& record : records) {
      EXPECT_EQ(record.at("from").at("addr").string, records[0].at("from").at("addr").string);
      EXPECT_EQ(record.at("to").at("addr").string, records[0].at("to").at("addr").string);
      EXPECT_LE(time_of(record) - time_of(records[0]), 2'000) << call_ref;
      legs += record.at("kind").string != records[0].at("kind").string ? 1 : 0;
    }
    if (!records[0].at("partial").exists()) continue;
    ++parts;
    for (size_t i = 0; i < records.size(); ++i) {
      const JsonValue& part = records[i].at("partial");
      EXPECT_EQ(part.at("seq").number, static_cast<double>(i + 1)) << call_ref;
      EXPECT_EQ(part.at("last").boolean, i + 1 == records.size()) << call_ref;
      if (i == 0) continue;
      EXPECT_EQ(records[i].at("answered_at").string, records[i - 1].at("ended_at").string);
    }
  }
  EXPECT_GT(legs, 100u);
  EXPECT_GT(parts, 10u);
}

TEST(CallLegsTest, AreFewUnlessAskedFor) {
  const Output output = generated(small_run());
  size_t records = 0, several = 0;
  for (const JsonValue& record : parse_lines(output.calls)) {
    ++records;
    several += record.at("call_ref").exists() ? 1 : 0;
  }
  EXPECT_GT(several, 0u);
  EXPECT_LT(static_cast<double>(several), 0.04 * static_cast<double>(records));
}

}  // namespace
}  // namespace sieve::traffic
