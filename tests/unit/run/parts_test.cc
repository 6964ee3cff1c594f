// Messages that come in parts, through the whole engine: joined in any order, given up in time,
// counted once, and the same whatever the threads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <regex>

#include "engine_fixture.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int64_t kStartMs = 1'767'600'000'000;

struct PartLine {
  int64_t ref = 0;
  int64_t total = 0;
  int64_t seq = 0;
  int64_t at_ms = 0;
  std::string text;
  int64_t sender = 1;
};

std::string json_of(const PartLine& part) {
  static int64_t number = 0;
  return fmt::format(
      R"({{"schema":"message.v1","id":"p{}","ts":{},"channel":"sms","from":{{"addr":"+66812{:06}"}},)"
      R"("to":{{"addr":"+66898000001"}},"text":"{}","part":{{"ref":{},"total":{},"seq":{}}}}})"
      "\n",
      ++number, kStartMs + part.at_ms, part.sender, part.text, part.ref, part.total, part.seq);
}

std::string without_clock(const std::string& alerts) {
  return std::regex_replace(alerts, std::regex(R"("detected_at":"[^"]*")"), "\"detected_at\":\"\"");
}

// Runs the engine over these messages, with no calls.
EngineOutcome run_messages(const TemporaryDirectory& directory, const std::string& lines,
                           int64_t threads = 1) {
  directory.write("calls.jsonl", "");
  directory.write("messages.jsonl", lines);
  return run_to_end(file_config(directory, threads));
}

uint64_t outcome_of(const EngineOutcome& outcome, Outcome which) {
  return outcome.totals.all_sources().outcomes[static_cast<size_t>(which)];
}

uint64_t messages_of(const EngineOutcome& outcome, JoinReason reason) {
  return outcome.totals.all_sources().parts.messages[static_cast<size_t>(reason)];
}

void expect_parts_add_up(const Totals& totals) {
  const SourceCounts counts = totals.all_sources();
  const PartCounts& parts = counts.parts;
  EXPECT_EQ(parts.read,
            parts.joined + parts.alone + parts.duplicate + parts.dropped + totals.parts_waiting);
  uint64_t outcomes = 0;
  for (const uint64_t count : counts.outcomes) outcomes += count;
  EXPECT_EQ(outcomes, counts.records);
}

TEST(PartsTest, APhraseCutBetweenPartsIsFoundInAnyOrder) {
  const PartLine first{7, 3, 1, 0, "You have fr"};
  const PartLine second{7, 3, 2, 100, "ee cre"};
  const PartLine third{7, 3, 3, 200, "dit today"};
  for (const auto& order : {std::array{first, second, third}, std::array{third, first, second},
                            std::array{second, third, first}}) {
    const TemporaryDirectory directory;
    std::string lines;
    for (const PartLine& part : order) lines += json_of(part);
    const EngineOutcome outcome = run_messages(directory, lines);
    const std::string alerts = directory.read("alerts.jsonl");
    ASSERT_EQ(lines_of(alerts).size(), 1U) << alerts;
    EXPECT_THAT(alerts, HasSubstr(R"("parts":{"total":3,"received":3})"));
    EXPECT_THAT(alerts, HasSubstr(R"("offset":3})"));
    EXPECT_EQ(outcome_of(outcome, Outcome::kPart), 2U);
    EXPECT_EQ(outcome_of(outcome, Outcome::kAct), 1U);
    EXPECT_EQ(messages_of(outcome, JoinReason::kComplete), 1U);
    expect_parts_add_up(outcome.totals);
  }
}

TEST(PartsTest, APartThatIsMissingDoesNotHideTheOthers) {
  const TemporaryDirectory directory;
  // The call of another sender, later than the timeout, ends the wait.
  const EngineOutcome outcome =
      run_messages(directory, json_of({7, 3, 1, 0, "free credit"}) + json_of({7, 3, 3, 10, "now"}) +
                                  message_json(9, kStartMs + 300'000, "at the edge") + "\n" +
                                  message_json(9, kStartMs + 300'001, "beyond it") + "\n");
  const std::string alerts = directory.read("alerts.jsonl");
  ASSERT_EQ(lines_of(alerts).size(), 1U) << alerts;
  EXPECT_THAT(alerts, HasSubstr(R"("parts":{"total":3,"received":2})"));
  EXPECT_THAT(alerts, HasSubstr(R"("offset":2})"));
  EXPECT_THAT(alerts, HasSubstr(R"("ts":"2026-01-05T08:00:00.000Z")"));
  EXPECT_EQ(messages_of(outcome, JoinReason::kTimeout), 1U);
  EXPECT_EQ(outcome_of(outcome, Outcome::kClean), 2U);
  expect_parts_add_up(outcome.totals);
}

TEST(PartsTest, WhatWaitsAtTheEndOfAFileIsSearched) {
  const TemporaryDirectory directory;
  const EngineOutcome outcome = run_messages(
      directory, json_of({1, 2, 2, 0, "free credit", 1}) + json_of({1, 2, 2, 5, "free credit", 2}));
  const std::vector<std::string> alerts = lines_of(directory.read("alerts.jsonl"));
  ASSERT_EQ(alerts.size(), 2U);
  EXPECT_THAT(alerts[0], HasSubstr(R"("offset":1})"));
  EXPECT_THAT(alerts[1], HasSubstr(R"("offset":2})"));
  EXPECT_NE(alerts[0].substr(0, 64), alerts[1].substr(0, 64)) << "two alerts have one id";
  EXPECT_EQ(messages_of(outcome, JoinReason::kEndOfInput), 2U);
  EXPECT_EQ(outcome_of(outcome, Outcome::kPart), 2U);
  expect_parts_add_up(outcome.totals);
}

TEST(PartsTest, DuplicatesAndConflictsAreToldApart) {
  const TemporaryDirectory directory;
  const EngineOutcome outcome = run_messages(
      directory, json_of({3, 2, 1, 0, "free "}) + json_of({3, 2, 1, 1, "free "}) +  // Sent twice.
                     json_of({3, 2, 1, 2, "lunch "}) +  // The reference again.
                     json_of({3, 2, 2, 3, "hour"}) +    // The latest to begin.
                     json_of({3, 2, 2, 4, "credit"}) +  // The one that is left.
                     json_of({3, 2, 2, 5, "credit"}));  // After it was complete.
  const std::string alerts = directory.read("alerts.jsonl");
  EXPECT_EQ(lines_of(alerts).size(), 1U) << alerts;
  EXPECT_EQ(outcome.totals.all_sources().parts.duplicate, 2U);
  EXPECT_EQ(messages_of(outcome, JoinReason::kComplete), 2U);
  expect_parts_add_up(outcome.totals);
}

TEST(PartsTest, PartsOfOneAreNoParts) {
  const TemporaryDirectory directory;
  const EngineOutcome outcome = run_messages(directory, json_of({3, 1, 1, 0, "free credit"}));
  EXPECT_EQ(lines_of(directory.read("alerts.jsonl")).size(), 1U);
  EXPECT_EQ(outcome.totals.all_sources().parts.read, 0U);
}

TEST(PartsTest, AMessageCountsOnceForWindows) {
  const TemporaryDirectory directory;
  directory.write("calls.jsonl", "");
  std::string lines;
  for (int64_t seq = 1; seq <= 5; ++seq) lines += json_of({1, 5, seq, seq, "a part"});
  // This one's record also ends the wait of another: their facts share a block.
  lines += json_of({2, 2, 1, 10, "incomplete", 1});
  lines += message_json(1, kStartMs + 300'020, "hello") + "\n";
  directory.write("messages.jsonl", lines);
  Config config = file_config(directory, 1);
  config.rules.paths.push_back(directory.write("count.rules.yaml", R"(format: 1
namespace: count
rules:
  - id: messages
    title: Messages of a sender
    class: other
    score: 4
    on: message
    window: { by: [msg.from], over: 1h, late: 1h }
    measure: { messages: count() }
    condition: messages >= 3
    alert: { summary: "{messages} messages", suppress: 1h }
    tests:
      - name: three
        timeline: [{ at: 0s, repeat: 3, every: 1s, message: { text: a } }]
        expect: [{ at: 2s, messages: 3 }]
      - name: two
        timeline: [{ at: 0s, repeat: 2, every: 1s, message: { text: a } }]
        expect: []
)"));
  const EngineOutcome outcome = run_to_end(config);
  EXPECT_THAT(directory.read("alerts.jsonl"), HasSubstr("\"messages\":3"));
  EXPECT_THAT(directory.read("alerts.jsonl"), Not(HasSubstr("\"messages\":4")));
  const CorrelatorStats& facts = outcome.totals.correlation;
  EXPECT_EQ(facts.facts, 3U);
  EXPECT_EQ(facts.duplicate, 0U);
}

// Messages in parts of several senders, shuffled within a minute, some parts lost, some sent twice,
// between ordinary ones.
std::string shuffled_parts(uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto pick = [&](uint64_t below) { return static_cast<int64_t>(random() % below); };
  std::vector<std::pair<int64_t, std::string>> lines;
  for (int64_t i = 0; i < 4'000; ++i) {
    const int64_t at = i * 200;
    if (pick(2) == 0) {
      lines.emplace_back(at, message_json(i, kStartMs + at, "hello") + "\n");
      continue;
    }
    const int64_t total = 2 + pick(4);
    const int64_t sender = pick(20);
    const std::string text =
        pick(5) == 0 ? "now free credit and more of the same" : std::string(40, 'a');
    const size_t size = text.size() / static_cast<size_t>(total) + 1;
    for (int64_t seq = 1; seq <= total; ++seq) {
      if (pick(25) == 0) continue;
      const int64_t time = at + pick(60'000);
      const size_t begin = std::min(text.size(), static_cast<size_t>(seq - 1) * size);
      const std::string line =
          json_of({i % 16, total, seq, time, text.substr(begin, size), sender});
      lines.emplace_back(time, line);
      if (pick(30) == 0) lines.emplace_back(time + pick(90'000), line);
    }
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string all;
  for (const auto& [time, line] : lines) all += line;
  return all;
}

TEST(PartsTest, GivesTheSameAlertsWithAnyNumberOfThreads) {
  const TemporaryDirectory directory;
  const std::string lines = shuffled_parts(20'260'105);
  std::string first;
  for (const int64_t threads : {1, 2, 4}) {
    const EngineOutcome outcome = run_messages(directory, lines, threads);
    const std::string alerts = without_clock(directory.read("alerts.jsonl"));
    if (threads == 1) first = alerts;
    ASSERT_GT(lines_of(alerts).size(), 20U);
    EXPECT_EQ(alerts, first) << threads << " threads";
    EXPECT_GT(messages_of(outcome, JoinReason::kTimeout), 50U);
    EXPECT_GT(outcome.totals.all_sources().parts.duplicate, 50U);
    expect_parts_add_up(outcome.totals);
  }
}

}  // namespace
}  // namespace sieve
