// `rules explain`: what an author sees of one message (golden/cli/rules_explain_*).
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
    window: { by: [call.from], over: 10m }
    measure: { calls: count() }
    condition: calls >= 5
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
  const JsonValue& fee = rule.at("condition").items.at(2);
  EXPECT_EQ(fee.at("text").as_string(), "fee");
  EXPECT_EQ(fee.at("spans").items.at(0).items.at(0).number, 9);
  EXPECT_EQ(fee.at("spans").items.at(0).items.at(1).number, 21);
}

TEST_F(RulesExplainTest, SaysWhatCannotBeExplained) {
  struct Row {
    std::vector<std::string> options;
    std::string error;
  };
  const std::string broken = directory_.write("broken.json", "{\"schema\":\"message.v1\"}\n");
  const Row rows[] = {
      {{"--rule", "demo/parcel-fees", "--text", "x"},
       "no rule is called `demo/parcel-fees`; is it `demo/parcel-fee`?"},
      {{"--rule", "demo/calls", "--text", "x"},
       "`demo/calls` is about many records; one message does not explain it"},
      {{"--text", "x", "--field", "from"}, "`from` is not NAME=VALUE"},
      {{"--text", "x", "--field", "wind=3"}, "no message has a field `wind`"},
      {{"--message", broken}, "the message cannot be read"},
      {{"--message", directory_.path("none.json")}, "none.json"},
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
