// `fold`: one message through every step, as authors and engineers see it (golden/fold_trace).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_reader.h"
#include "base/limits.h"
#include "golden/golden.h"
#include "unit/cli/cli_fixture.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;

class FoldVerbTest : public CliTest {
 protected:
  Result fold(const std::string& text, std::vector<std::string> options = {}) {
    options.insert(options.begin(), {"fold", "-"});
    return run(std::move(options), directory_.write("message.txt", text + "\n"));
  }
};

TEST_F(FoldVerbTest, ShowsEveryStepOfAMessage) {
  const auto inputs = testing::golden_inputs("fold_trace", "", ".json");
  EXPECT_EQ(inputs.size(), 4U);
  for (const std::string& path : inputs) {
    const auto json = parse_json(testing::golden_read(path));
    ASSERT_TRUE(json) << path;
    const Result result = fold(std::string(json->at("text").as_string()));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    testing::expect_golden(path.substr(0, path.size() - 5) + ".out", result.out);
  }
}

TEST_F(FoldVerbTest, TheTextMayBeAnArgument) {
  const Result result = run({"fold", "ＷＩＮ"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("full_width  win"));
  EXPECT_THAT(result.out, HasSubstr("words       ` win `"));
}

TEST_F(FoldVerbTest, JsonHasStepsViewsFeaturesAndEntities) {
  const Result result = fold("Ab\u200Bc at https://win.example/x", {"--json"});
  const auto json = parse_json(result.out);
  ASSERT_TRUE(json) << result.out;
  const JsonValue& steps = json->at("steps");
  ASSERT_EQ(steps.items.size(), 2U);
  EXPECT_EQ(steps.items[0].at("step").as_string(), "invisible");
  EXPECT_EQ(steps.items[0].at("changes").items[0].at("span").items[0].number, 2);
  EXPECT_EQ(steps.items[1].at("text").as_string(), "abc at https://win.example/x");
  EXPECT_EQ(json->at("views").at("words").as_string(), " abc at https win example x ");
  EXPECT_EQ(json->at("features").at("invisible").number, 1);
  EXPECT_EQ(json->at("entities").items[0].at("value").as_string(), "win.example");
}

TEST_F(FoldVerbTest, FaultyBytesAndEmptyAndLongTextsAreShown) {
  EXPECT_THAT(fold("a\xFFz").out, HasSubstr("\\x{FF} -> \uFFFD"));
  EXPECT_THAT(fold("").out, HasSubstr("text        ``"));
  const Result cut = fold(std::string(limits::kTextBytesMax + 1, 'a'));
  EXPECT_EQ(cut.exit_code, 0);
  EXPECT_THAT(cut.err, HasSubstr("the text is cut after 16384 bytes"));
}

}  // namespace
}  // namespace sieve
