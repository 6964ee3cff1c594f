#include "run/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <regex>

#include "engine_fixture.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;

constexpr int64_t kStartMs = 1'767'600'000'000;

// Mixed traffic: some messages and callers are suspicious, some lines are damaged, times jump a
// little.
void write_traffic(const TemporaryDirectory& directory, int64_t count) {
  std::string messages, calls;
  for (int64_t i = 0; i < count; ++i) {
    const int64_t jitter = (i * 7'919) % 1'000;
    const bool lure = i % 37 == 0;
    if (i % 101 == 0) {
      messages += "{\"schema\":\"message.v1\",\n";
    } else {
      messages +=
          message_json(i, kStartMs + i * 50 + jitter, lure ? "FREE credit!" : "hello") + "\n";
    }
    calls += call_json(i, kStartMs + i * 40 + jitter, i % 59) + "\n";
  }
  directory.write("messages.jsonl", messages);
  directory.write("calls.jsonl", calls);
}

std::string without_clock(const std::string& alerts) {
  return std::regex_replace(alerts, std::regex(R"("detected_at":"[^"]*")"), "\"detected_at\":\"\"");
}

TEST(EngineTest, GivesTheSameAlertsWithAnyNumberOfThreads) {
  const TemporaryDirectory directory;
  write_traffic(directory, 20'000);
  std::string first_alerts, first_letters;
  for (const int64_t threads : {1, 2, 4}) {
    const EngineOutcome outcome = run_to_end(file_config(directory, threads));
    ASSERT_FALSE(outcome.end.error.has_value());
    const std::string alerts = without_clock(directory.read("alerts.jsonl"));
    const std::string letters = directory.read("dead_letters.jsonl");
    if (threads == 1) {
      first_alerts = alerts;
      first_letters = letters;
      ASSERT_GT(lines_of(alerts).size(), 100U);
      EXPECT_THAT(alerts, HasSubstr("\"kind\":\"window\""));
      EXPECT_THAT(alerts, HasSubstr("\"kind\":\"content\""));
    }
    EXPECT_EQ(alerts, first_alerts) << threads << " threads";
    EXPECT_EQ(letters, first_letters) << threads << " threads";
  }
}

// Whoever finds something to merge must see to it even when the control thread is at the plans.
TEST(EngineTest, ComesToAnEndHoweverOftenTheControlThreadLooks) {
  using Clock = std::chrono::steady_clock;
  const TemporaryDirectory directory;
  write_traffic(directory, 300);
  for (int round = 0; round < 300; ++round) {
    auto engine = Engine::create(file_config(directory, 2), {});
    ASSERT_TRUE(engine.has_value()) << engine.error().text;
    (*engine)->start();
    const auto deadline = Clock::now() + std::chrono::seconds(60);
    while (!(*engine)->finished() && Clock::now() < deadline) {
      (*engine)->service(std::chrono::milliseconds(0));
    }
    ASSERT_TRUE((*engine)->finished()) << "round " << round;
    EXPECT_TRUE((*engine)->stop().drained);
  }
}

TEST(EngineTest, EveryRecordHasExactlyOneOutcome) {
  const TemporaryDirectory directory;
  write_traffic(directory, 5'000);
  const EngineOutcome outcome = run_to_end(file_config(directory, 2));
  const size_t lines = lines_of(directory.read("messages.jsonl")).size() +
                       lines_of(directory.read("calls.jsonl")).size();
  const SourceCounts counts = outcome.totals.all_sources();
  EXPECT_EQ(counts.records, lines);
  EXPECT_EQ(std::accumulate(counts.outcomes.begin(), counts.outcomes.end(), uint64_t{0}),
            counts.records);
  const uint64_t dead = counts.outcomes[static_cast<size_t>(Outcome::kDeadLetter)];
  EXPECT_EQ(std::accumulate(counts.dead_letters.begin(), counts.dead_letters.end(), uint64_t{0}),
            dead);
  EXPECT_EQ(lines_of(directory.read("dead_letters.jsonl")).size(), dead);
  EXPECT_GT(dead, 0U);
  const CorrelatorStats& facts = outcome.totals.correlation;
  EXPECT_EQ(facts.facts,
            facts.applied + facts.merged + facts.late + facts.duplicate + facts.unusable);
  EXPECT_EQ(facts.facts, 5'000U);
}

TEST(EngineTest, DeadLettersKeepTheBytesTheReasonAndThePlace) {
  const TemporaryDirectory directory;
  directory.write("calls.jsonl", "");
  directory.write("messages.jsonl", message_json(1, kStartMs, "hello") +
                                        "\n{\"id\":7\n\xFF\xFE\n\n" +
                                        message_json(2, kStartMs, "free credit") + "\n");
  const EngineOutcome outcome = run_to_end(file_config(directory, 1));
  const std::vector<std::string> letters = lines_of(directory.read("dead_letters.jsonl"));
  ASSERT_EQ(letters.size(), 3U);
  EXPECT_THAT(letters[0], HasSubstr("\"reason\":\"malformed_json\""));
  EXPECT_THAT(letters[0], HasSubstr("\"value\":\"{\\\"id\\\":7\""));
  EXPECT_THAT(letters[0], HasSubstr("\"offset\":2"));
  EXPECT_THAT(letters[1], HasSubstr("\"value_b64\":\"//4=\""));
  EXPECT_THAT(letters[2], HasSubstr("\"reason\":\"empty\""));
  EXPECT_EQ(lines_of(directory.read("alerts.jsonl")).size(), 1U);
  EXPECT_EQ(outcome.totals.all_sources().records, 5U);
}

TEST(EngineTest, AnOversizedRecordIsDeadLetteredAndLosesNothingElse) {
  const TemporaryDirectory directory;
  directory.write("calls.jsonl", "");
  const std::string big(10'000'000, 'x');
  directory.write("messages.jsonl", message_json(1, kStartMs, "free credit") + "\n" +
                                        message_json(2, kStartMs, big) + "\n" +
                                        message_json(3, kStartMs, "free credit") + "\n");
  const EngineOutcome outcome = run_to_end(file_config(directory, 1));
  const SourceCounts counts = outcome.totals.all_sources();
  EXPECT_EQ(counts.records, 3U);
  EXPECT_EQ(counts.dead_letters[static_cast<size_t>(DecodeError::kTooLarge)], 1U);
  EXPECT_EQ(lines_of(directory.read("alerts.jsonl")).size(), 2U);
  EXPECT_GT(directory.read("dead_letters.jsonl").size(), big.size());
}

TEST(EngineTest, WhatIsBeyondTheLimitOfAMessageIsCounted) {
  const TemporaryDirectory directory;
  directory.write("calls.jsonl", "");
  std::string text = "free credit";
  for (size_t i = 0; i < limits::kUrlsPerMessageMax + 5; ++i)
    text += fmt::format(" a{}.example", i);
  directory.write("messages.jsonl", message_json(1, kStartMs, text) + "\n" +
                                        message_json(2, kStartMs, "free credit") + "\n");
  const EngineOutcome outcome = run_to_end(file_config(directory, 1));
  EXPECT_EQ(lines_of(directory.read("alerts.jsonl")).size(), 2U);
  EXPECT_EQ(outcome.totals.all_sources().left_out.entities, 5U);
  EXPECT_EQ(outcome.totals.all_sources().left_out.hits, 0U);
}

TEST(EngineTest, NationalNumbersCountAsOfTheSourcesCountry) {
  const TemporaryDirectory directory;
  directory.write("calls.jsonl", "");
  directory.write("messages.jsonl", message_json(1, kStartMs, "call 081-234-5678 now") + "\n" +
                                        message_json(2, kStartMs, "call me now") + "\n");
  Config config = file_config(directory, 1);
  config.rules.paths.push_back(directory.write("phone.rules.yaml", R"(format: 1
namespace: phone
rules:
  - id: number
    title: A number to call
    class: other
    score: 4
    patterns: { call: { words: [call] } }
    condition: call and msg.phone.count == 1
    tests:
      - { name: hit, event: { text: "call +66812345678" }, expect: { match: true } }
      - { name: miss, event: { text: "call me" }, expect: { match: false } }
)"));
  run_to_end(config);
  const std::vector<std::string> alerts = lines_of(directory.read("alerts.jsonl"));
  ASSERT_EQ(alerts.size(), 1U);
  EXPECT_THAT(alerts[0], HasSubstr("\"offset\":1}"));
}

TEST(EngineTest, ShadowRulesAreCountedAndNeverPublished) {
  const TemporaryDirectory directory;
  directory.write("calls.jsonl", "");
  directory.write("messages.jsonl", message_json(1, kStartMs, "lunch?") + "\n");
  const EngineOutcome outcome = run_to_end(file_config(directory, 1));
  EXPECT_EQ(directory.read("alerts.jsonl"), "");
  EXPECT_EQ(outcome.totals.rules[1].shadow_hits, 1U);
  EXPECT_EQ(outcome.totals.rules[1].alerts, 0U);
}

TEST(EngineTest, WindowsCountAcrossFilesInEventTimeOrder) {
  const TemporaryDirectory directory;
  directory.write("messages.jsonl", "");
  directory.write("calls.jsonl",
                  call_json(1, kStartMs, 5) + "\n" + call_json(2, kStartMs + 100, 5) + "\n");
  directory.write("more.jsonl", call_json(3, kStartMs + 50, 5) + "\n");
  Config config = file_config(directory, 2);
  config.sources[1].files.push_back(directory.path("more.jsonl"));
  run_to_end(config);
  const std::string alerts = directory.read("alerts.jsonl");
  ASSERT_EQ(lines_of(alerts).size(), 1U);
  EXPECT_THAT(alerts, HasSubstr("\"callees\":3"));
  EXPECT_THAT(alerts, HasSubstr("\"ts\":\"2026-01-05T08:00:00.100Z\""));
}

// The configuration of a source as an operator writes it.
SourceConfig csv_source(const TemporaryDirectory& directory) {
  const auto config = parse_config("csv.yaml", R"(
sources:
  - name: calls
    stream: call
    file: calls.jsonl
    mapping:
      format: csv
      time: { format: epoch_s }
      default_country: TH
      fields:
        id: rec
        ts: started
        from: a
        to: b
        duration: secs
        kind: { constant: mo }
rules: { paths: [unused] }
)",
                                   directory.path(""), {});
  SIEVE_CHECK(config.has_value(), "{}", config.error().front().title);
  return config->sources[0];
}

TEST(EngineTest, ReadsCsvWithAHeaderAcrossManyBatches) {
  const TemporaryDirectory directory;
  directory.write("messages.jsonl", "");
  std::string csv = "rec,started,a,b,secs\n";
  for (int i = 0; i < 3'000; ++i) {
    csv +=
        fmt::format("r{},{},0812000{:03},08990{:05},4\n", i, kStartMs / 1'000 + i / 10, i % 500, i);
  }
  directory.write("calls.jsonl", csv);
  Config config = file_config(directory, 2);
  config.sources[1] = csv_source(directory);
  const EngineOutcome outcome = run_to_end(config);
  const SourceCounts& counts = outcome.totals.sources[1];
  EXPECT_EQ(counts.outcomes[static_cast<size_t>(Outcome::kHeader)], 1U);
  EXPECT_EQ(counts.outcomes[static_cast<size_t>(Outcome::kCounted)], 3'000U);
  EXPECT_EQ(outcome.totals.correlation.applied, 3'000U);
}

TEST(EngineTest, RulesWithoutTheirStreamAreInactive) {
  const TemporaryDirectory directory;
  write_traffic(directory, 10);
  Config config = file_config(directory, 1);
  config.sources.pop_back();  // No calls.
  const auto engine = Engine::create(config, {});
  ASSERT_TRUE(engine.has_value()) << engine.error().text;
  const auto inactive = (*engine)->rules()->inactive();
  ASSERT_EQ(inactive.size(), 1U);
  EXPECT_EQ((*engine)->rules()->rule(inactive[0].rule).full_id, "test/fan");
  EXPECT_EQ(inactive[0].reason, "no call.from");
}

TEST(EngineTest, AnOutputThatCannotBeOpenedIsAnError) {
  const TemporaryDirectory directory;
  write_traffic(directory, 1);
  Config config = file_config(directory, 1);
  config.alerts.file = "/nonexistent/alerts.jsonl";
  const auto engine = Engine::create(config, {});
  ASSERT_FALSE(engine.has_value());
  EXPECT_EQ(engine.error().exit_code, ExitCode::kInputOutput);
  EXPECT_THAT(engine.error().text, HasSubstr("/nonexistent/alerts.jsonl"));
}

TEST(EngineTest, AFullOutputStopsTheEngineWithTheReason) {
  const TemporaryDirectory directory;
  write_traffic(directory, 20'000);
  Config config = file_config(directory, 2);
  config.alerts.file = "/dev/full";
  const EngineOutcome outcome = run_to_end(config);
  ASSERT_TRUE(outcome.end.error.has_value());
  EXPECT_EQ(exit_code_of(*outcome.end.error), ExitCode::kInputOutput);
  EXPECT_THAT(outcome.end.error->message, HasSubstr("/dev/full"));
}

TEST(EngineTest, AMissingInputIsAnError) {
  const TemporaryDirectory directory;
  const auto engine = Engine::create(file_config(directory, 1), {});
  ASSERT_FALSE(engine.has_value());
  EXPECT_EQ(engine.error().exit_code, ExitCode::kInputOutput);
  EXPECT_THAT(engine.error().text, HasSubstr("messages.jsonl"));
}

}  // namespace
}  // namespace sieve
