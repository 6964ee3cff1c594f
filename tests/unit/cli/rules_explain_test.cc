// `rules explain`: what an author sees of one message (golden/cli/rules_explain_*).
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_reader.h"
#include "golden/golden.h"
#include "unit/cli/cli_fixture.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kRules = R"(format: 1
namespace: demo
lists: { partners: { type: domain, items: [partner.example], match: subdomain } }
rules:
  - id: parcel-fee
    rev: 3
    title: A fee for a parcel
    class: parcel
    score: 4
    patterns:
      parcel: { words: [parcel, package] }
      fee: { words: [customs fee, delivery fee] }
      receipt: { words: [was delivered] }
    exceptions:
      - { name: courier, when: msg.from == "DEMOPOST", reason: asks for duties, expires: never }
    condition: |
      parcel and fee and not receipt
      and any url where (url.host not in partners and url.tld != "gov")
    tests:
      - { name: a fee, event: { text: "parcel: customs fee, see https://x.example" }, expect: { match: true } }
  - id: hurry
    title: A last chance
    class: parcel
    mode: shadow
    score: 1
    patterns: { hurry: { words: [today only, final notice] } }
    condition: hurry and (msg.lang == "en" or msg.from == "POST")
  - id: calls
    title: Many calls
    class: calls
    score: 1
    on: call
    where: call.duration < 20s
    window: { by: [call.from], over: 10m }
    measure: { calls: count(), callees: distinct(call.to) }
    exceptions:
      - { name: centre, when: call.from == "+10005550111", reason: calls all day, expires: never }
    condition: calls >= 5 or callees >= 4 and calls >= 4
    tests:
      - name: five make it true
        timeline: [{ at: 0s, repeat: 6, every: 10s, call: { duration: 3s } }]
        expect: [{ at: 40s }]
      - name: four are too few
        timeline: [{ at: 0s, repeat: 4, every: 10s, call: { duration: 3s } }]
        expect: []
      - name: long ones
        timeline: [{ at: 0s, repeat: 9, every: 10s, call: { duration: 30s } }]
        expect: []
      - name: a call centre
        timeline: [{ at: 0s, repeat: 9, every: 10s, call: { from: "+10005550111", duration: 3s } }]
        expect: []
)";

class RulesExplainTest : public CliTest {
 protected:
  Result explain(std::vector<std::string> options) {
    options.insert(options.begin(),
                   {"rules", "explain", directory_.write("demo.rules.yaml", kRules)});
    return run(std::move(options));
  }
  void expect_golden(const Result& result, const std::string& name) {
    EXPECT_EQ(result.exit_code, 0) << result.err;
    testing::expect_golden(testing::golden_directory("cli") + "/rules_explain_" + name + ".txt",
                           result.out);
  }
};

TEST_F(RulesExplainTest, OfWhatHoldsDespiteEvasion) {
  expect_golden(explain({"--text",
                         "FINAL NOTICE: your p\u0430rcel waits. Pay the c\u200Bustoms fee at "
                         "hxxps://parcel-fix[.]example/a",
                         "--field", "from=POST"}),
                "holds");
}

TEST_F(RulesExplainTest, OfWhatNearlyHolds) {
  expect_golden(explain({"--text",
                         "Your package was delivered. Customs fee paid: a.partner.example/x and "
                         "tax.gov"}),
                "near");
}

TEST_F(RulesExplainTest, OfOneRuleThatIsFarFromIt) {
  expect_golden(explain({"--rule", "demo/parcel-fee", "--text", "see you at eight"}), "one_rule");
}

TEST_F(RulesExplainTest, OfWhatIsExcepted) {
  expect_golden(explain({"--text", "package held, customs fee: https://demopost.example/d",
                         "--field", "from=DEMOPOST"}),
                "excepted");
}

TEST_F(RulesExplainTest, OfNothing) { expect_golden(explain({"--text", "see you"}), "nothing"); }

TEST_F(RulesExplainTest, TheMessageMayBeARecord) {
  const std::string file = directory_.write(
      "message.json",
      message_json(1, 1'767'600'000'000, "package: delivery fee, see https://x.example"));
  const Result result = explain({"--message", file, "--json", "--cost"});
  const auto json = parse_json(result.out);
  ASSERT_TRUE(json) << result.err;
  EXPECT_EQ(json->at("verdict").as_string(), "review");
  EXPECT_GT(json->at("evaluate_ns").number, 0);
  const JsonValue& rule = json->at("rules").items.at(0);
  EXPECT_EQ(rule.at("rule").as_string(), "demo/parcel-fee");
  EXPECT_TRUE(rule.at("holds").boolean);
  EXPECT_TRUE(rule.at("tried").boolean);
  EXPECT_GT(rule.at("cost_ns").number, 0);
  const JsonValue& fee = rule.at("condition").items.at(2);
  EXPECT_EQ(fee.at("text").as_string(), "fee");
  EXPECT_EQ(fee.at("spans").items.at(0).items.at(0).number, 9);
  EXPECT_EQ(fee.at("spans").items.at(0).items.at(1).number, 21);
}

TEST_F(RulesExplainTest, OfWhatAScoreIsMadeOfAndWhomALinkImitates) {
  const Result result = run({"rules", "explain", directory_.write("brand.rules.yaml", R"(format: 1
namespace: demo
brands: { demobank: { official: [demobank.example] } }
rules:
  - id: stranger
    title: A link that looks like a bank
    class: bank
    score: 3
    score_if:
      - { when: msg.sender.registered == false, add: 2, why: an unknown sender }
      - { when: hurry, add: 1, why: it presses }
    patterns: { hurry: { words: [today only] } }
    condition: any url where url.lookalike(any)
)"),
                             "--text", "log in: https://demobamk.example/a and demobank.example",
                             "--field", "sender.registered=false"});
  expect_golden(result, "score_parts");
}

TEST_F(RulesExplainTest, OfATestThatIsATimeline) {
  expect_golden(explain({"--rule", "demo/calls", "--test", "five make it true"}), "fires");
}

TEST_F(RulesExplainTest, OfAWindowThatNearlyIsTrue) {
  expect_golden(explain({"--rule", "demo/calls", "--test", "four are too few"}), "window_near");
}

TEST_F(RulesExplainTest, OfCallsThatDoNotCount) {
  expect_golden(explain({"--rule", "demo/calls", "--test", "long ones"}), "uncounted");
  expect_golden(explain({"--rule", "demo/calls", "--test", "a call centre"}), "window_excepted");
}

TEST_F(RulesExplainTest, OfATestThatIsAMessage) {
  const Result result = explain({"--rule", "demo/parcel-fee", "--test", "a fee"});
  EXPECT_THAT(result.out, HasSubstr("demo/parcel-fee@3 holds, score 4"));
}

std::string call_line(int64_t id, int64_t ts, std::string_view from) {
  return fmt::format(
      R"({{"schema":"call.v1","id":"c{}","ts":{},"from":{{"addr":"{}"}},"to":{{"addr":"+10005550199"}},)"
      R"("kind":"mo","duration":3}})"
      "\n",
      id, ts, from);
}

// Files are put in order of event time; the JSON names the record of each finding.
TEST_F(RulesExplainTest, OfFilesOfRecords) {
  std::string calls;
  for (int64_t i = 6; i >= 1; --i) {
    calls += call_line(i, 1'767'600'000'000 + i * 5'000, "+10005550100");
  }
  const std::string file = directory_.write("calls.jsonl", calls);
  const std::string messages =
      directory_.write("messages.jsonl", message_json(1, 1'767'600'000'000, "hello") + "\n");
  const Result result = explain({"--calls", file, "--messages", messages, "--json", "--cost"});
  const auto json = parse_json(result.out);
  ASSERT_TRUE(json) << result.out << result.err;
  EXPECT_EQ(json->at("records").number, 7);
  EXPECT_GT(json->at("ns_each").number, 0);
  ASSERT_EQ(json->at("rules").items.size(), 1U);
  const JsonValue& rule = json->at("rules").items[0];
  EXPECT_EQ(rule.at("rule").as_string(), "demo/calls");
  EXPECT_EQ(rule.at("counted").number, 6);
  ASSERT_EQ(rule.at("findings").items.size(), 1U);
  const JsonValue& finding = rule.at("findings").items[0];
  EXPECT_EQ(finding.at("record").as_string(), file + ":2");
  EXPECT_EQ(finding.at("subject").as_string(), "+10005550100");
  EXPECT_EQ(finding.at("measures").at("calls").number, 5);
  EXPECT_TRUE(rule.at("window").at("condition").items.at(0).at("holds").boolean);
}

std::string part_line(int64_t id, int seq, const std::string& text) {
  std::string line = message_json(1, 1'767'600'000'000, text);
  line.replace(line.find("\"m1\""), 4, fmt::format("\"p{}\"", id));
  line.insert(line.size() - 1, fmt::format(R"(,"part":{{"ref":7,"total":2,"seq":{}}})", seq));
  return line + "\n";
}

constexpr std::string_view kLinks = R"(format: 1
namespace: demo
rules:
  - id: links
    title: Links by sender
    class: links
    score: 1
    on: message
    where: msg.url.count >= 1
    window: { by: [msg.from, msg.sim.imei], over: 10m }
    measure: { links: count() }
    condition: links >= 1
)";

// As the engine does it: what is a link only in the whole text counts, and once.
TEST_F(RulesExplainTest, OfMessagesInParts) {
  std::string rules(kLinks);
  rules.replace(rules.find(", msg.sim.imei"), 14, "");
  const std::string messages = directory_.write(
      "messages.jsonl", part_line(1, 1, "see https://pay-") + part_line(2, 2, "22.example/a"));
  const Result result = run(
      {"rules", "explain", directory_.write("links.rules.yaml", rules), "--messages", messages});
  EXPECT_THAT(result.out, HasSubstr("1 of 1 messages count"));
  EXPECT_THAT(result.out, HasSubstr("links=1 (" + messages + ":2)"));
}

TEST_F(RulesExplainTest, OfRecordsThatLackWhatAWindowIsBy) {
  const std::string messages = directory_.write(
      "messages.jsonl", message_json(1, 1'767'600'000'000, "see https://pay.example") + "\n");
  const Result result = run({"rules", "explain", directory_.write("links.rules.yaml", kLinks),
                             "--rule", "demo/links", "--messages", messages});
  EXPECT_THAT(result.out, HasSubstr("0 of 1 messages count"));
  EXPECT_THAT(result.out, HasSubstr(messages + ":1): it lacks msg.sim.imei"));
}

TEST_F(RulesExplainTest, OfRecordsThatNoRuleCounts) {
  const std::string file =
      directory_.write("messages.jsonl", message_json(1, 1'767'600'000'000, "hello") + "\n");
  const Result result = explain({"--messages", file});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("no rule counts any of them"));
}

TEST_F(RulesExplainTest, SaysWhatCannotBeExplained) {
  struct Row {
    std::vector<std::string> options;
    std::string error;
  };
  const std::string broken = directory_.write("broken.json", "{\"schema\":\"message.v1\"}\n");
  const std::string empty = directory_.write("none.jsonl", "");
  const std::string blank =
      directory_.write("blank.jsonl", message_json(1, 1'767'600'000'000, "x") + "\n\n");
  const Row rows[] = {
      {{"--rule", "demo/parcel-fees", "--text", "x"},
       "no rule is called `demo/parcel-fees`; is it `demo/parcel-fee`?"},
      {{"--rule", "demo/calls", "--text", "x"},
       "`demo/calls` is about many records: ask with --calls"},
      {{"--text", "x", "--field", "from"}, "`from` is not NAME=VALUE"},
      {{"--text", "x", "--field", "wind=3"}, "no message has a field `wind`"},
      {{"--message", broken}, "the message cannot be read"},
      {{"--message", directory_.path("none.json")}, "none.json"},
      {{"--calls", broken}, "broken.json:1: the call cannot be read"},
      {{"--rule", "demo/hurry", "--calls", empty}, "`demo/hurry` is about one message"},
      {{"--rule", "demo/call", "--test", "long ones"},
       "no rule is called `demo/call`; is it `demo/calls`?"},
      {{"--messages", blank}, "blank.jsonl:2: the message cannot be read"},
      {{"--rule", "demo/calls", "--test", "five make it tru"},
       "`demo/calls` has no test `five make it tru`; is it `five make it true`?"},
      {{"--text", "x", "--timezone", "Mars/Base"}, "unknown time zone `Mars/Base`"},
  };
  for (const Row& row : rows) {
    const Result result = explain(row.options);
    EXPECT_EQ(result.exit_code, 2) << row.error;
    EXPECT_THAT(result.err, HasSubstr(row.error));
    EXPECT_EQ(result.out, "");
  }
  EXPECT_EQ(
      run({"rules", "explain", directory_.write("bad.rules.yaml", "format: 1\n"), "--text", "x"})
          .exit_code,
      1);
}

}  // namespace
}  // namespace sieve
