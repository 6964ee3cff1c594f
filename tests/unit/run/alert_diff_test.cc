// Alerts of two rule sets over the same records, compared.
#include "run/alert_diff.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string hits_json(const std::vector<std::string>& rules) {
  std::string out;
  for (const std::string& rule : rules) {
    out += fmt::format(R"({}{{"rule":"{}","rev":1,"title":"t","score":1,"tier":1,"signals":[]}})",
                       out.empty() ? "" : ",", rule);
  }
  return out;
}

std::string content(const std::string& id, const std::string& verdict,
                    const std::vector<std::string>& rules) {
  return fmt::format(
      R"({{"schema":"alert.v1","id":"{}","kind":"content","ts":"2026-01-05T08:00:00.000Z",)"
      R"("verdict":"{}","score":4,"hits":[{}]}})"
      "\n",
      id, verdict, hits_json(rules));
}

std::string window(const std::string& id, const std::string& subject, int second) {
  return fmt::format(
      R"({{"schema":"alert.v1","id":"{}","kind":"window","ts":"2026-01-05T08:00:{:02}.000Z",)"
      R"("verdict":"review","score":4,"subject":{{"type":"msisdn","value":"{}"}},"hits":[{}]}})"
      "\n",
      id, second, subject, hits_json({"n/w"}));
}

GivenAlerts alerts_of(const std::string& lines) {
  auto alerts = read_given_alerts(lines);
  EXPECT_TRUE(alerts) << alerts.error();
  return alerts ? *alerts : GivenAlerts();
}

TEST(AlertDiffTest, TellsWhatAppearsVanishesAndChanges) {
  const GivenAlerts before =
      alerts_of(content("a", "review", {"n/x"}) + content("b", "review", {"n/x", "n/y"}) +
                content("c", "review", {"n/x"}) + content("d", "act", {"n/x"}));
  const GivenAlerts after =
      alerts_of(content("d", "act", {"n/x"}) + content("c", "review", {"n/y", "n/x"}) +
                content("b", "act", {"n/x"}) + content("e", "review", {"n/z"}));
  const AlertDiff diff = diff_alerts(before, after);
  ASSERT_EQ(diff.vanished.size(), 1U);
  EXPECT_THAT(diff.vanished[0]->json, HasSubstr("\"id\":\"a\""));
  ASSERT_EQ(diff.appeared.size(), 1U);
  EXPECT_EQ(diff.appeared[0]->primary, "n/z");
  ASSERT_EQ(diff.changed_verdict.size(), 1U);
  EXPECT_EQ(diff.changed_verdict[0].before->verdict, Verdict::kReview);
  EXPECT_EQ(diff.changed_verdict[0].after->verdict, Verdict::kAct);
  ASSERT_EQ(diff.changed_rules.size(), 1U);
  EXPECT_THAT(diff.changed_rules[0].after->rules, ElementsAre("n/x", "n/y"));
  EXPECT_EQ(diff.same, 1U);
  EXPECT_EQ(diff.rules.at("n/x").before, 4U);
  EXPECT_EQ(diff.rules.at("n/x").after, 3U);
  EXPECT_EQ(diff.rules.at("n/x").vanished, 1U);
  EXPECT_EQ(diff.rules.at("n/y").appeared, 1U);
  EXPECT_EQ(diff.rules.at("n/y").vanished, 1U);
}

// A finding's id changes with the rule's revision.
TEST(AlertDiffTest, FindingsAreTheSameByRuleSubjectAndTime) {
  const GivenAlerts before = alerts_of(window("1", "A", 1) + window("2", "B", 1));
  const GivenAlerts after = alerts_of(window("3", "A", 1) + window("4", "B", 2));
  const AlertDiff diff = diff_alerts(before, after);
  EXPECT_EQ(diff.same, 1U);
  EXPECT_EQ(diff.appeared.size(), 1U);
  EXPECT_EQ(diff.vanished.size(), 1U);
}

TEST(AlertDiffTest, NamesALineThatIsNoAlert) {
  const auto alerts = read_given_alerts(content("a", "act", {"n/x"}) + "{}\n");
  ASSERT_FALSE(alerts);
  EXPECT_THAT(alerts.error(), HasSubstr("line 2 is no alert"));
  EXPECT_TRUE(alerts_of("").empty());
}

TEST(AlertDiffTest, CountsAddUp) {
  std::mt19937 random(20'260'105);
  const auto below = [&](unsigned count) { return random() % count; };
  const auto some = [&] {
    std::string lines;
    for (int id = 0; id < 20; ++id) {
      if (below(3) == 0) continue;
      const std::string rule = below(2) == 0 ? "n/x" : "n/y";
      lines += content(std::to_string(id), below(2) == 0 ? "review" : "act", {rule});
      lines += window(std::to_string(id), "A", static_cast<int>(below(4)));
    }
    return alerts_of(lines);
  };
  for (int round = 0; round < 200; ++round) {
    const GivenAlerts before = some();
    const GivenAlerts after = some();
    const AlertDiff diff = diff_alerts(before, after);
    const size_t both = diff.same + diff.changed_rules.size() + diff.changed_verdict.size();
    ASSERT_EQ(before.size(), diff.vanished.size() + both);
    ASSERT_EQ(after.size(), diff.appeared.size() + both);
    for (const auto& [rule, change] : diff.rules) {
      ASSERT_EQ(change.before + change.appeared, change.after + change.vanished) << rule;
    }
    ASSERT_TRUE(diff_alerts(before, before).empty());
  }
}

}  // namespace
}  // namespace sieve
