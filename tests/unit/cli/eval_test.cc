// `eval`: what people and programs see of it (golden/cli/eval.txt, eval.json).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_reader.h"
#include "golden/golden.h"
#include "unit/cli/cli_fixture.h"
#include "unit/cli/labelled_files.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;

class EvalTest : public CliTest {
 protected:
  Result eval(std::vector<std::string> options) const {
    const std::vector<std::string> fixed = {"eval", "--rules", labelled_rules(),
                                            labelled_rows("north"), labelled_rows("south")};
    options.insert(options.begin(), fixed.begin(), fixed.end());
    return run(std::move(options));
  }
};

TEST_F(EvalTest, PrintsTables) {
  const Result result = eval({});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  testing::expect_golden(testing::golden_directory("cli") + "/eval.txt", result.out);
}

TEST_F(EvalTest, JsonHasTheSame) {
  const Result result = eval({"--json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  testing::expect_golden(testing::golden_directory("cli") + "/eval.json", result.out);
  const auto json = parse_json(result.out);
  ASSERT_TRUE(json) << json.error().message;
  EXPECT_EQ(json->at("rules").at("demo/loan").at("alert_hits").number, 0);
}

TEST_F(EvalTest, ABudgetThatIsAskedForDecides) {
  EXPECT_EQ(eval({"--fp-budget", "31"}).exit_code, 1);
  const Result within = eval({"--fp-budget", "32"});
  EXPECT_EQ(within.exit_code, 0);
  EXPECT_THAT(within.out, HasSubstr("budget: 32% of clean rows (--fp-budget), which is 14 of 44"));
  EXPECT_EQ(eval({"--fp-budget", "101"}).exit_code, 2);
}

TEST_F(EvalTest, TheThresholdsFileHasABudget) {
  directory_.write("thresholds.yaml", "false_positive_budget: 40\n");
  const Result result = run({"eval", "--rules", directory_.path(""), labelled_rows("north")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("budget: 40% of clean rows (thresholds file)"));
}

TEST_F(EvalTest, NamesTheRowThatIsNone) {
  const std::string rows =
      directory_.write("rows.jsonl", "{\"text\":\"a\",\"expect\":\"clean\"}\n7\n");
  const Result result = run({"eval", "--rules", labelled_rules(), rows});
  EXPECT_EQ(result.exit_code, 74);
  EXPECT_THAT(result.err, HasSubstr("rows.jsonl:2: no string `text`"));
}

}  // namespace
}  // namespace sieve
