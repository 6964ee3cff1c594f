// Alerts of message rules with `suppress`, through the whole engine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "engine_fixture.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int64_t kHourMs = 3'600'000;
constexpr int64_t kFirstHourMs = 1'767'600'000'000 / kHourMs * kHourMs;

std::string rules_with(const std::string& alert) {
  return R"(format: 1
namespace: wave
rules:
  - id: prize
    title: A prize
    class: prize
    score: 4
    patterns: { prize: { words: [your prize] } }
    condition: prize or any url where url.tld == "top"
    alert: { summary: "From {msg.from}", )" +
         alert + R"( }
    tests:
      - { name: hit, event: { text: "your prize" }, expect: { match: true } }
      - { name: miss, event: { text: "lunch" }, expect: { match: false } }
)";
}

class SuppressionTest : public ::testing::Test {
 protected:
  // Messages as (sender, ms after the hour, text).
  struct Sent {
    int64_t sender;
    int64_t at;
    std::string text = "your prize";
  };

  EngineOutcome run(const std::string& alert, const std::vector<Sent>& messages,
                    int64_t threads = 1) {
    std::string lines;
    for (const Sent& sent : messages) {
      lines += message_json(sent.sender, kFirstHourMs + sent.at, sent.text) + "\n";
    }
    directory_.write("messages.jsonl", lines);
    directory_.write("calls.jsonl", "");
    Config config = file_config(directory_, threads);
    config.rules.paths = {directory_.write("wave.rules.yaml", rules_with(alert))};
    EngineOutcome outcome = run_to_end(config);
    alerts_ = lines_of(directory_.read("alerts.jsonl"));
    return outcome;
  }

  TemporaryDirectory directory_;
  std::vector<std::string> alerts_;
};

TEST_F(SuppressionTest, OneAlertLeavesAndOneSaysHowManyMoreThereWere) {
  const EngineOutcome outcome =
      run("suppress: 1h", {{1, 0}, {1, 1'000}, {2, 2'000}, {1, 3'000}, {2, kHourMs}});
  ASSERT_EQ(alerts_.size(), 4U);
  EXPECT_THAT(alerts_[0], HasSubstr(R"("record_id":"m1")"));
  EXPECT_THAT(alerts_[1], HasSubstr(R"("record_id":"m2")"));
  EXPECT_THAT(alerts_[2], HasSubstr(R"("record_id":"m2")"));
  for (size_t i = 0; i < 3; ++i) EXPECT_THAT(alerts_[i], HasSubstr(R"("state":"live")"));
  EXPECT_THAT(alerts_[3], HasSubstr(R"("state":"rollup","rollup":{"alerts":2,)"));
  EXPECT_THAT(alerts_[3], HasSubstr(R"("offset":2)"));
  const RuleCounts& counts = outcome.totals.rules[0];
  EXPECT_EQ(counts.hits, 5U);
  EXPECT_EQ(counts.alerts, 3U);
  EXPECT_EQ(counts.suppressed, 2U);
  EXPECT_EQ(counts.hits, counts.alerts + counts.suppressed);
  EXPECT_EQ(outcome.totals.roll_ups, 1U);
  EXPECT_EQ(outcome.totals.roll_ups_waiting, 0U);
  EXPECT_EQ(outcome.totals.alerts_published, 4U);
  EXPECT_EQ(outcome.totals.outputs_delivered, 4U);
}

TEST_F(SuppressionTest, TheRollUpLeavesWhenItsSlotIsOverForAMinute) {
  run("suppress: 10m, rollup: 30m",
      {{1, 0}, {1, 1'000}, {1, 1'859'999}, {3, 1'860'000}, {4, 1'870'000}});
  ASSERT_EQ(alerts_.size(), 5U);
  EXPECT_THAT(alerts_[2], HasSubstr(R"("state":"rollup","rollup":{"alerts":1,)"));
  EXPECT_THAT(alerts_[3], HasSubstr(R"("record_id":"m3")"));
}

TEST_F(SuppressionTest, TheKeySaysWhichAlertsAreAlike) {
  run("suppress: 1h, key: [rule]", {{1, 0}, {2, 1'000}});
  EXPECT_EQ(alerts_.size(), 2U);
  EXPECT_THAT(alerts_[1], HasSubstr(R"("alerts":1)"));
  run("suppress: 1h, key: [url.domain]", {{1, 0, "see https://a.b.top/1"},
                                          {2, 1'000, "see https://c.b.top/2"},
                                          {3, 2'000, "see https://b2.top/3"},
                                          {4, 3'000, "your prize"}});
  ASSERT_EQ(alerts_.size(), 4U);
  EXPECT_THAT(alerts_[1], HasSubstr(R"("record_id":"m3")"));
  EXPECT_THAT(alerts_[2], HasSubstr(R"("record_id":"m4")"));
  EXPECT_THAT(alerts_[3], HasSubstr(R"("state":"rollup")"));
}

TEST_F(SuppressionTest, WithoutItEveryAlertLeaves) {
  const EngineOutcome outcome = run("redact: prize", {{1, 0}, {1, 1'000}, {1, 2'000}});
  EXPECT_EQ(alerts_.size(), 3U);
  EXPECT_EQ(outcome.totals.rules[0].alerts, 3U);
  EXPECT_EQ(outcome.totals.rules[0].suppressed, 0U);
}

TEST_F(SuppressionTest, AnyNumberOfThreadsGivesTheSameAlerts) {
  std::vector<Sent> messages;
  for (int64_t i = 0; i < 20'000; ++i) {
    messages.push_back({i * 7 % 11, i * 450, i % 3 == 0 ? "your prize" : "lunch"});
  }
  std::string first;
  for (const int64_t threads : {1, 2, 4}) {
    run("suppress: 10m, rollup: 30m", messages, threads);
    const std::string alerts = std::regex_replace(directory_.read("alerts.jsonl"),
                                                  std::regex(R"("detected_at":"[^"]*")"), "");
    if (threads == 1) first = alerts;
    EXPECT_THAT(alerts, HasSubstr(R"("state":"rollup")"));
    EXPECT_EQ(alerts, first) << threads << " threads";
  }
  EXPECT_GT(alerts_.size(), 100U);
  EXPECT_LT(alerts_.size(), 1'000U);
}

}  // namespace
}  // namespace sieve
