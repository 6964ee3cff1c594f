// `rules fit`: what people and programs see of it (golden/cli/rules_fit.txt, rules_fit.json).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_reader.h"
#include "golden/golden.h"
#include "unit/cli/cli_fixture.h"
#include "unit/cli/labelled_files.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class RulesFitTest : public CliTest {
 protected:
  Result fit(std::vector<std::string> options) const {
    const std::vector<std::string> fixed = {
        "rules", "fit", labelled_rules(), "--rows", labelled_rows("north"), labelled_rows("south")};
    options.insert(options.begin(), fixed.begin(), fixed.end());
    return run(std::move(options));
  }
};

TEST_F(RulesFitTest, ProposesScores) {
  const Result result = fit({"--fp-budget", "5"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  testing::expect_golden(testing::golden_directory("cli") + "/rules_fit.txt", result.out);
  EXPECT_EQ(result.out, fit({"--fp-budget", "5"}).out);
}

TEST_F(RulesFitTest, JsonHasTheSame) {
  const Result result = fit({"--fp-budget", "5", "--json", "--samples", "1"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  testing::expect_golden(testing::golden_directory("cli") + "/rules_fit.json", result.out);
  EXPECT_TRUE(parse_json(result.out));
}

TEST_F(RulesFitTest, ThePatchIsAllThatStandardOutputHas) {
  const Result result = fit({"--fp-budget", "5", "--patch"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, StartsWith("--- " + labelled_rules()));
  EXPECT_THAT(result.out, HasSubstr("\n-    score: 2\n+    score: 3"));
  EXPECT_THAT(result.err, HasSubstr("demo/parcel"));
}

TEST_F(RulesFitTest, ShadowRulesWaitToBeAskedFor) {
  EXPECT_THAT(fit({}).out, HasSubstr("stays: in shadow it adds nothing"));
  EXPECT_THAT(fit({"--with-shadow"}).out, ::testing::Not(HasSubstr("in shadow")));
}

TEST_F(RulesFitTest, SaysWhatIsWrong) {
  const Result one = run({"rules", "fit", labelled_rules(), "--rows", labelled_rows("north")});
  EXPECT_EQ(one.exit_code, 1);
  EXPECT_THAT(one.err, HasSubstr("one corpus"));
  const Result none = fit({"--hits-min", "1000"});
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.err, HasSubstr("no rule whose score may move has enough hits"));
  const Result unknown = fit({"--hold", "demo/prise"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("there is no rule `demo/prise`"));
  EXPECT_EQ(run({"rules", "fit", labelled_rules()}).exit_code, 2);
  EXPECT_EQ(run({"rules", "fit", labelled_rules(), "--rows", labelled_rules()}).exit_code, 74);
}

}  // namespace
}  // namespace sieve
