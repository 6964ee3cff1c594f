// A rule that costs too much while records flow: it is suspended, seen to be, and returns.
#include "run/rule_cost_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reload_fixture.h"
#include "run/engine_metrics.h"
#include "run/rules_api.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int64_t kSentFromMs = 1'767'600'000'000;

// `dear` looks through the whole text five times for what is not there: more than a hundred
// microseconds, where `cheap` takes one, or a few under sanitizers.
constexpr char kRules[] = R"(format: 1
namespace: demo
rules:
  - id: dear
    title: t
    class: c
    score: 4
    patterns:
      pay: { words: pay }
      s1: { re: '[a-z]+ [a-z]+ [0-9]+1' }
      s2: { re: '[a-z]+ [a-z]+ [0-9]+2' }
      s3: { re: '[a-z]+ [a-z]+ [0-9]+3' }
      s4: { re: '[a-z]+ [a-z]+ [0-9]+4' }
      s5: { re: '[a-z]+ [a-z]+ [0-9]+5' }
    condition: pay and any of (s1, s2, s3, s4, s5)
  - { id: cheap, title: t, class: c, score: 4, patterns: { p: { words: pay } }, condition: p }
)";

class RuleCostWatchTest : public ::testing::Test {
 protected:
  RuleCostWatchTest() {
    config_ = file_config(directory_, 2);
    config_.rules.paths = {directory_.write("cost.rules.yaml", kRules)};
    config_.rules.cost_every = 1;
    config_.rules.cost_max_us = 30;
    config_.rules.judge_every = Duration{1};
    config_.rules.suspend_for = Duration{1'000};
    directory_.write("calls.jsonl", "");
    text_ = "pay";
    for (int i = 0; i < 4'000; ++i) text_ += " word";
  }
  void send(Pipe& pipe) {
    ++sent_;
    pipe.write(message_json(sent_, kSentFromMs + sent_, text_) + "\n");
  }
  // Sends messages until `done`; false when it takes too long.
  template <typename Done>
  bool send_until(Pipe& pipe, const Done& done) {
    const auto deadline = steady_clock::now() + std::chrono::seconds(120);
    while (!done() && steady_clock::now() < deadline) {
      send(pipe);
      std::this_thread::sleep_for(milliseconds(1));
    }
    return done();
  }
  static uint64_t tried(const Engine& engine, const std::string& rule) {
    return engine.rule_costs().costs()[rule].tried;
  }

  TemporaryDirectory directory_;
  Config config_;
  std::string text_;
  int64_t sent_ = 0;
};

TEST_F(RuleCostWatchTest, SuspendsWhatCostsTooMuchAndTakesItBack) {
  Pipe pipe(directory_.path("messages.jsonl"));
  RunningEngine running(config_, {Duration{0}});
  EngineMetrics metrics(running.engine(), running.reloader(), "1");
  const Engine& engine = running.engine();
  pipe.open();
  ASSERT_TRUE(send_until(pipe, [&] { return !engine.rule_costs().suspensions().empty(); }));
  const std::vector<Suspension> suspensions = engine.rule_costs().suspensions();
  ASSERT_FALSE(suspensions.empty());
  EXPECT_EQ(suspensions[0].rule, "demo/dear");
  EXPECT_GT(suspensions[0].ns_per_message, 30'000);
  EXPECT_EQ(suspensions[0].until - suspensions[0].since, Duration{1'000});
  EXPECT_THAT(metrics.expose(), HasSubstr("scamsieve_rule_suspended{rule=\"demo/dear\"} 1"));
  const std::string page =
      rules_page(*engine.rules(), running.reloader().status(), engine.rule_costs()).body;
  EXPECT_THAT(page, HasSubstr("\"suspended\":{\"since\":"));

  ASSERT_TRUE(send_until(pipe, [&] { return engine.rule_costs().suspensions().empty(); }));
  EXPECT_THAT(metrics.expose(), Not(HasSubstr("scamsieve_rule_suspended{")));
  const uint64_t tried_before = tried(engine, "demo/dear");
  ASSERT_TRUE(send_until(pipe, [&] { return tried(engine, "demo/dear") > tried_before; }));
  pipe.close();
  const EngineOutcome outcome = running.finish();

  // Every message is one for which it was tried, or one for which it was not.
  RuleCostWatch::Costs costs = engine.rule_costs().costs();
  EXPECT_GT(costs["demo/dear"].untried, 0U);
  EXPECT_EQ(costs["demo/dear"].tried + costs["demo/dear"].untried, static_cast<uint64_t>(sent_));
  EXPECT_EQ(costs["demo/cheap"].tried, static_cast<uint64_t>(sent_));
  EXPECT_EQ(outcome.totals.alerts_published, static_cast<uint64_t>(sent_));
  EXPECT_THAT(
      metrics.expose(),
      HasSubstr(fmt::format("scamsieve_rule_tried_total{{rule=\"demo/cheap\"}} {}\n", sent_)));
}

TEST_F(RuleCostWatchTest, GoesOnCountingUnderNewRulesAndEndsSuspensions) {
  Pipe pipe(directory_.path("messages.jsonl"));
  config_.rules.suspend_for = Duration{3'600'000};
  RunningEngine running(config_, {Duration{0}});
  const Engine& engine = running.engine();
  pipe.open();
  ASSERT_TRUE(send_until(pipe, [&] { return !engine.rule_costs().suspensions().empty(); }));
  directory_.write("cost.rules.yaml", std::string(kRules) + "# changed\n");
  ASSERT_EQ(running.reload().outcome, ReloadOutcome::kAccepted);
  ASSERT_TRUE(send_until(pipe, [&] { return !engine.rule_costs().suspensions().empty(); }));
  pipe.close();
  running.finish();
  RuleCostWatch::Costs costs = engine.rule_costs().costs();
  EXPECT_EQ(costs["demo/cheap"].tried, static_cast<uint64_t>(sent_));
  EXPECT_EQ(costs["demo/dear"].tried + costs["demo/dear"].untried, static_cast<uint64_t>(sent_));
}

TEST_F(RuleCostWatchTest, WithoutSamplesNothingIsMeasured) {
  config_.rules.cost_every = 0;
  directory_.write("messages.jsonl", message_json(1, kSentFromMs, text_) + "\n");
  RunningEngine running(config_, {Duration{0}});
  running.finish();
  EXPECT_TRUE(running.engine().rule_costs().costs().empty());
}

}  // namespace
}  // namespace sieve
