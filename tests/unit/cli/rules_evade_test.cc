// `rules test --evade`: what a rule author sees of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_reader.h"
#include "golden/golden.h"
#include "unit/cli/cli_fixture.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;

// Words of phrases are put right when they are cut; those of regular expressions are not known.
class RulesEvadeTest : public CliTest {
 protected:
  RulesEvadeTest() {
    std::string text = kTestRules;
    text.replace(text.find("words: [\"free credit\"]"), 22, "re: 'free credit', view: text");
    rules_ = directory_.write("test.rules.yaml", text);
  }
};

// Paths differ from run to run.
std::string without_directory(std::string text, const std::string& directory) {
  for (size_t at = text.find(directory); at != std::string::npos; at = text.find(directory, at)) {
    text.replace(at, directory.size(), "rules/");
  }
  return text;
}

TEST_F(RulesEvadeTest, PrintsATableAndWhatIsLost) {
  const Result result = run({"rules", "test", "--evade", "--show-lost", rules_});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  testing::expect_golden(testing::golden_directory("cli") + "/rules_evade.txt",
                         without_directory(result.out, directory_.path("")));
}

TEST_F(RulesEvadeTest, JsonHasTheSameCounts) {
  const Result result = run({"rules", "test", "--evade", "--json", rules_});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto json = parse_json(result.out);
  ASSERT_TRUE(json) << json.error().message;
  EXPECT_EQ(json->at("tests").number, 2);
  EXPECT_EQ(json->at("failing").number, 0);
  double lost = 0;
  for (const JsonValue& row : json->at("evasions").items) {
    EXPECT_FALSE(row.at("summary").as_string().empty());
    lost += row.at("full").at("lost").number + row.at("light").at("lost").number;
  }
  EXPECT_GT(lost, 0);
  EXPECT_EQ(static_cast<double>(json->at("lost").items.size()), lost);
}

TEST_F(RulesEvadeTest, StandsBehindWhatElseIsAskedFor) {
  const Result text = run({"rules", "test", "--mutate", "--coverage", "--evade", rules_});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_LT(text.out.find("0 failed"), text.out.find("pack "));
  EXPECT_LT(text.out.find("pack "), text.out.find("zero_width"));
  const Result result = run({"rules", "test", "--mutate", "--evade", "--json", rules_});
  const auto json = parse_json(result.out);
  ASSERT_TRUE(json) << json.error().message;
  EXPECT_EQ(json->at("tests").items.size(), 6U);
  EXPECT_FALSE(json->at("mutants").at("rules").items.empty());
  EXPECT_EQ(json->at("evasions").at("tests").number, 2);
}

TEST_F(RulesEvadeTest, TooMuchLossFails) {
  EXPECT_EQ(
      run({"rules", "test", "--mutate", "--evade", "--evade-loss-max", "0", rules_}).exit_code, 1);
  EXPECT_EQ(run({"rules", "test", "--evade", "--evade-loss-max", "100", rules_}).exit_code, 0);
  EXPECT_EQ(run({"rules", "test", "--evade", "--evade-loss-max", "0", rules_}).exit_code, 1);
  EXPECT_EQ(run({"rules", "test", "--evade", "--evade-loss-max", "101", rules_}).exit_code, 2);
  EXPECT_EQ(run({"rules", "test", "--evade-loss-max", "5", rules_}).exit_code, 2);
  EXPECT_EQ(run({"rules", "test", "--show-lost", rules_}).exit_code, 2);
}

TEST_F(RulesEvadeTest, TestsThatFailAsTheyAreAreLeftOut) {
  std::string text = kTestRules;
  text.replace(text.find("text: \"free credit\""), 19, "text: \"some credit\"");
  const Result result = run({"rules", "test", "--evade", directory_.write("f.rules.yaml", text)});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("texts of 1 tests"));
  EXPECT_THAT(result.out, HasSubstr("1 tests fail as they are"));
}

}  // namespace
}  // namespace sieve
