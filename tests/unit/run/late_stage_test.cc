// Records that come too late for windows: what becomes of their outputs, batch by batch and through
// the whole engine.
#include "run/late_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <regex>

#include "base/json_reader.h"
#include "engine_fixture.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int64_t kBeginMs = 1'767'600'000'000;
constexpr int64_t kDayMs = 86'400'000;
constexpr uint32_t kAgree = LaneClock::kRecordsToAgree;
constexpr EventTimeBounds kBounds{Duration{10'000}, Duration{100'000}};

// An inspected batch of records of these times (in ms from kBeginMs), each with an alert and a fact
// block.
InspectedBatch batch_of(const std::vector<int64_t>& times, uint32_t lane = 0) {
  InspectedBatch batch;
  batch.lane.id = LaneId(lane);
  for (uint32_t i = 0; i < times.size(); ++i) {
    const Timestamp time{kBeginMs + times[i]};
    batch.times.push_back(time);
    batch.time_min = std::min(batch.time_min, time);
    batch.time_max = std::max(batch.time_max, time);
    for (const OutputKind kind : {OutputKind::kAlert, OutputKind::kFacts}) {
      InspectedOutput& output = batch.outputs.emplace_back();
      output.kind = kind;
      output.record = i;
      output.time = time;
    }
  }
  return batch;
}

// Lets the clock of `lane` begin at kBeginMs.
void begin_clock(LateStage& stage, uint32_t lane = 0) {
  InspectedBatch batch = batch_of(std::vector<int64_t>(kAgree), lane);
  stage.screen(batch);
  ASSERT_THAT(batch.late, IsEmpty());
}

// `a` alert, `f` facts, `l` late, each with its record: `a0 f0 l1`.
std::string shape_of(const InspectedBatch& batch) {
  std::string shape;
  for (const InspectedOutput& output : batch.outputs) {
    const char kind = output.kind == OutputKind::kAlert   ? 'a'
                      : output.kind == OutputKind::kFacts ? 'f'
                      : output.kind == OutputKind::kLate  ? 'l'
                                                          : 'd';
    shape += fmt::format("{}{} ", kind, output.record);
  }
  return shape;
}

TEST(LateStageTest, ALateRecordLosesItsFactsAndKeepsItsAlert) {
  LateStage stage({kBounds});
  begin_clock(stage);
  InspectedBatch batch = batch_of({1, -110'000, 2, -109'998, -200'000});
  stage.screen(batch);
  EXPECT_EQ(shape_of(batch), "a0 f0 a1 l1 a2 f2 a3 f3 a4 l4 ");
  EXPECT_EQ(batch.counts.source.late, 2U);
  EXPECT_EQ(batch.find_late(1)->behind, Duration{100'001});
  EXPECT_EQ(batch.find_late(4)->behind, Duration{190'002});
  EXPECT_EQ(batch.find_late(3), nullptr);
  EXPECT_EQ(batch.outputs[3].time, batch.times[1]);
}

TEST(LateStageTest, LateRecordsWithoutOutputsComeOutInTheirPlaces) {
  LateStage stage({kBounds});
  begin_clock(stage);
  InspectedBatch batch = batch_of({-200'000, 0, -200'000, -200'000});
  std::erase_if(batch.outputs, [](const InspectedOutput& output) { return output.record != 1; });
  stage.screen(batch);
  EXPECT_EQ(shape_of(batch), "l0 a1 f1 l2 l3 ");
}

TEST(LateStageTest, RecordsThatWereNotDecodedHaveNoTime) {
  LateStage stage({kBounds});
  begin_clock(stage);
  InspectedBatch batch = batch_of({-200'000, 0});
  batch.times[0] = kTimestampMin;
  batch.outputs.erase(batch.outputs.begin(), batch.outputs.begin() + 2);
  stage.screen(batch);
  EXPECT_EQ(shape_of(batch), "a1 f1 ");
  InspectedBatch nothing;
  nothing.times = {kTimestampMin};
  stage.screen(nothing);
  EXPECT_THAT(nothing.late, IsEmpty());
}

TEST(LateStageTest, EachLaneHasItsOwnClockAndBeginsAnewWhenItWasDropped) {
  LateStage stage({kBounds});
  begin_clock(stage, 0);
  InspectedBatch other = batch_of({-200'000}, 1);
  stage.screen(other);
  EXPECT_EQ(shape_of(other), "a0 f0 ");
  stage.drop(LaneId(0));
  InspectedBatch again = batch_of({-200'000}, 0);
  stage.screen(again);
  EXPECT_EQ(shape_of(again), "a0 f0 ");
}

// The same records, however they are cut into batches.
TEST(LateStageTest, BatchesMakeNoDifference) {
  std::mt19937_64 random(11);
  std::vector<int64_t> times;
  for (int64_t i = 0; i < 5'000; ++i) {
    const auto back = static_cast<int64_t>(random() % 20'000);
    times.push_back(i * 100 - (random() % 40 == 0 ? 10 * back : back));
  }
  const auto late_records = [&](size_t batch_max) {
    LateStage stage({kBounds});
    std::vector<std::pair<size_t, int64_t>> late;
    for (size_t begin = 0; begin < times.size();) {
      const size_t end = std::min(times.size(), begin + 1 + random() % batch_max);
      InspectedBatch batch = batch_of({times.begin() + static_cast<std::ptrdiff_t>(begin),
                                       times.begin() + static_cast<std::ptrdiff_t>(end)});
      stage.screen(batch);
      for (const LateRecord& record : batch.late) {
        late.emplace_back(begin + record.record, record.behind.ms);
      }
      begin = end;
    }
    return late;
  };
  const auto one_by_one = late_records(1);
  EXPECT_GT(one_by_one.size(), 20U);
  EXPECT_LT(one_by_one.size(), 200U);
  for (const size_t batch_max : {2U, 7U, 100U, 2'000U}) {
    EXPECT_EQ(late_records(batch_max), one_by_one) << "batches of up to " << batch_max;
  }
}

// Calls as time goes by, so that clocks begin; then whatever the test is about.
std::string calls_until(int64_t at_ms) {
  std::string lines;
  for (int64_t i = 0; i < kAgree; ++i) lines += call_json(1'000 + i, at_ms, 1'000 + i) + "\n";
  return lines;
}

// Three calls by one caller, for which the window of kTestRules alerts.
std::string fan_of(int64_t caller, int64_t at_ms) {
  std::string lines;
  for (int64_t i = 0; i < 3; ++i) lines += call_json(10 * caller + i, at_ms + i, caller) + "\n";
  return lines;
}

std::vector<std::string> callers_of(const std::string& alerts) {
  std::vector<std::string> callers;
  for (const std::string& line : lines_of(alerts)) {
    const auto alert = parse_json(line);
    callers.push_back(alert ? std::string(alert->at("subject").at("value").as_string()) : line);
  }
  return callers;
}

TEST(LateRecordsTest, WindowsDoNotSeeThemAndTheLateOutputHasTheirBytes) {
  const TemporaryDirectory directory;
  Config config = file_config(directory, 1);
  config.late.file = directory.path("late.jsonl");
  config.privacy.numbers = NumberPrivacy::kClear;
  const std::string late = fan_of(7, kBeginMs - kDayMs - 30'001);
  directory.write("calls.jsonl", calls_until(kBeginMs) + late + fan_of(8, kBeginMs - kDayMs));
  directory.write("messages.jsonl", "");
  const EngineOutcome outcome = run_to_end(config);
  EXPECT_THAT(callers_of(directory.read("alerts.jsonl")), ElementsAre("+66813000008"));
  const SourceCounts& calls = outcome.totals.sources[1];
  EXPECT_EQ(calls.late, 1U) << "one of three is before the limit";
  EXPECT_EQ(calls.outcomes[static_cast<size_t>(Outcome::kCounted)], kAgree + 6);
  EXPECT_EQ(outcome.totals.late_published, 1U);
  EXPECT_EQ(outcome.totals.outputs_delivered, 2U);
  const auto letter = parse_json(directory.read("late.jsonl"));
  ASSERT_TRUE(letter.has_value());
  EXPECT_EQ(letter->at("reason").as_string(), "late");
  EXPECT_EQ(letter->at("late_ms").number, kDayMs + 1);
  EXPECT_EQ(letter->at("source").at("offset").number, kAgree + 1);
  EXPECT_EQ(letter->at("value").as_string(), lines_of(late)[0]);
}

TEST(LateRecordsTest, WhatTheySayIsStillFound) {
  const TemporaryDirectory directory;
  std::string messages;
  for (int64_t i = 0; i < kAgree; ++i) messages += message_json(i, kBeginMs, "hello") + "\n";
  messages += message_json(99, kBeginMs - 2 * kDayMs, "free credit") + "\n";
  directory.write("messages.jsonl", messages);
  directory.write("calls.jsonl", "");
  const EngineOutcome outcome = run_to_end(file_config(directory, 1));
  EXPECT_EQ(lines_of(directory.read("alerts.jsonl")).size(), 1U);
  EXPECT_EQ(outcome.totals.sources[0].late, 1U);
  EXPECT_EQ(outcome.totals.sources[0].outcomes[static_cast<size_t>(Outcome::kAct)], 1U);
  EXPECT_EQ(outcome.totals.late_published, 0U) << "there is no output for them";
}

// Messages of two parts, of which the given ones are late, and a window over messages.
constexpr char kMessageWindow[] = R"(format: 1
namespace: test
rules:
  - id: flood
    title: Many messages
    class: other
    severity: medium
    score: 4
    on: message
    window: { by: [msg.from], over: 10m, late: 2m, max_keys: 1000 }
    measure:
      messages: count()
    condition: messages >= 1
    alert: { summary: "{messages}", suppress: 1h }
    tests:
      - name: one
        timeline:
          - { at: 0s, message: { from: "+66812000001", text: "a" } }
        expect: [{ at: 0s, messages: 1 }]
)";

std::string part_json(int64_t sender, int64_t seq, int64_t at_ms) {
  return fmt::format(
      R"({{"schema":"message.v1","id":"p{0}-{1}","ts":{2},"channel":"sms","from":{{"addr":"+66812{0:06}"}},)"
      R"("to":{{"addr":"+66898000001"}},"text":"part","part":{{"ref":{0},"total":2,"seq":{1}}}}})"
      "\n",
      sender, seq, at_ms);
}

TEST(LateRecordsTest, AMessageIsAsLateAsTheRecordThatItCountsAs) {
  const TemporaryDirectory directory;
  Config config = file_config(directory, 1);
  config.rules.paths = {directory.write("window.rules.yaml", kMessageWindow)};
  config.privacy.numbers = NumberPrivacy::kClear;
  config.sources[0].event_time = {Duration{0}, Duration{60'000}};
  config.engine.reassembly_timeout = Duration{120'000};
  std::string messages;
  for (int64_t i = 0; i < kAgree; ++i) messages += message_json(1, kBeginMs, "hello") + "\n";
  messages += part_json(2, 1, kBeginMs - 90'000) + part_json(2, 2, kBeginMs);  // The last is not.
  messages += part_json(3, 1, kBeginMs) + part_json(3, 2, kBeginMs - 90'000);  // The last is.
  messages += part_json(4, 1, kBeginMs - 90'000);                              // Alone, and late.
  messages += part_json(5, 1, kBeginMs);                                       // Alone, and not.
  directory.write("messages.jsonl", messages);
  directory.write("calls.jsonl", "");
  const EngineOutcome outcome = run_to_end(config);
  EXPECT_THAT(callers_of(directory.read("alerts.jsonl")),
              ElementsAre("+66812000001", "+66812000002", "+66812000005"));
  EXPECT_EQ(outcome.totals.sources[0].late, 3U);
  EXPECT_EQ(outcome.totals.correlation.facts, kAgree + 2);
}

std::string without_detected_at(const std::string& alerts) {
  static const std::regex kClock(R"re("(detected_at|late_ms)":("[^"]*"|-?[0-9]+))re");
  return std::regex_replace(alerts, kClock, "");
}

TEST(LateRecordsTest, ThreadsMakeNoDifference) {
  const TemporaryDirectory directory;
  std::mt19937_64 random(3);
  std::string calls;
  std::string messages;
  for (int64_t i = 0; i < 6'000; ++i) {
    const int64_t back = random() % 50 == 0 ? static_cast<int64_t>(random() % (3 * kDayMs)) : 0;
    const int64_t at_ms = kBeginMs + i * 20'000 - back;
    calls += call_json(i, at_ms, static_cast<int64_t>(random() % 200)) + "\n";
    messages += message_json(i, at_ms, i % 7 == 0 ? "free credit" : "hello") + "\n";
  }
  directory.write("calls.jsonl", calls);
  directory.write("messages.jsonl", messages);
  std::vector<std::string> runs;
  for (const int64_t threads : {1, 2, 4}) {
    Config config = file_config(directory, threads);
    config.late.file = directory.path("late.jsonl");
    const EngineOutcome outcome = run_to_end(config);
    EXPECT_GT(outcome.totals.all_sources().late, 50U);
    EXPECT_EQ(outcome.totals.late_published, outcome.totals.all_sources().late);
    EXPECT_EQ(lines_of(directory.read("late.jsonl")).size(), outcome.totals.late_published);
    runs.push_back(without_detected_at(directory.read("alerts.jsonl")) +
                   directory.read("late.jsonl"));
  }
  EXPECT_EQ(runs[1], runs[0]);
  EXPECT_EQ(runs[2], runs[0]);
}

}  // namespace
}  // namespace sieve
