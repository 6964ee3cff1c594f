// What an author sees of a file with a rule of each kind, those included that do not run yet.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_reader.h"
#include "golden/golden.h"
#include "unit/cli/cli_fixture.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class EveryKindTest : public CliTest {
 protected:
  EveryKindTest() : file_(testing::golden_directory("cli") + "/every_kind.rules.yaml") {}

  std::string file_;
};

// Paths differ from machine to machine.
std::string without(std::string text, const std::string& part) {
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at)) {
    text.erase(at, part.size());
  }
  return text;
}

TEST_F(EveryKindTest, CheckListAndTestSayWhatDoesNotRun) {
  const std::string report = directory_.path("report.xml");
  const std::vector<std::vector<std::string>> verbs = {
      {"check", "--strict"}, {"list"}, {"list", "--inactive"}, {"test", "--junit", report}};
  std::string seen;
  for (std::vector<std::string> verb : verbs) {
    seen += "$ scamsieve rules";
    for (const std::string& word : verb) seen += " " + without(word, directory_.path(""));
    seen += "\n";
    verb.insert(verb.begin(), "rules");
    verb.push_back(file_);
    const Result result = run(verb);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    seen += result.out + "\n";
  }
  seen += without(directory_.read("report.xml"), testing::golden_directory("cli") + "/");
  testing::expect_golden(testing::golden_directory("cli") + "/every_kind.txt", seen);
}

TEST_F(EveryKindTest, ProgramsAreToldBesideTheirOutput) {
  const Result check = run({"rules", "check", "--json", file_});
  EXPECT_TRUE(parse_json(check.out));
  EXPECT_THAT(check.err, HasSubstr("inactive: demo/code-during-call: "));
  const auto list = parse_json(run({"rules", "list", "--json", file_}).out);
  ASSERT_TRUE(list);
  const JsonValue& first = list->at("rules").items[0];
  EXPECT_EQ(first.at("rule").as_string(), "demo/code-during-call");
  EXPECT_EQ(first.at("kind").as_string(), "sequence");
  EXPECT_FALSE(first.at("active").boolean);
  EXPECT_THAT(first.at("why_inactive").as_string(), HasSubstr("sequences"));
  const auto tests = parse_json(run({"rules", "test", "--json", file_}).out);
  ASSERT_TRUE(tests);
  size_t skipped = 0;
  for (const JsonValue& test : tests->items) {
    EXPECT_NE(test.at("passed").boolean, test.at("skipped").boolean);
    skipped += test.at("skipped").boolean ? 1 : 0;
  }
  EXPECT_EQ(skipped, 4U);
}

TEST_F(EveryKindTest, TestsOfOneRuleSayOnlyWhyThatOneIsSkipped) {
  const Result result = run({"rules", "test", "--rule", "demo/same-text", file_});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("0 passed, 0 failed, 2 skipped\ninactive: demo/same-text: "));
  EXPECT_THAT(result.out, Not(HasSubstr("code-during-call")));
}

TEST_F(EveryKindTest, FmtLeavesItAsItIs) {
  EXPECT_EQ(run({"rules", "fmt", "--check", file_}).exit_code, 0);
}

TEST_F(EveryKindTest, ScanSaysOnceWhatDoesNotRun) {
  const std::string messages = directory_.write(
      "messages.jsonl",
      R"({"schema":"message.v1","id":"1","ts":1767600000000,"channel":"sms",)"
      R"("from":{"addr":"DEMOBANK","type":"alpha"},"to":{"addr":"+66812000001","type":"msisdn"},)"
      R"("text":"123456 is your code"})"
      "\n");
  const Result result = run({"scan", "--messages", messages, "--rules", file_, "--alerts", "-"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, Not(HasSubstr("code-during-call")));
  const std::string said = "rule=demo/code-during-call reason=";
  const size_t at = result.err.find(said);
  ASSERT_NE(at, std::string::npos) << result.err;
  EXPECT_EQ(result.err.find(said, at + 1), std::string::npos) << result.err;
}

}  // namespace
}  // namespace sieve
