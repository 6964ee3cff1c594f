// `rules profile`: what people and programs see of it (golden/cli/rules_profile.txt, with `#` for
// times and shares, which differ from run to run).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "base/json_reader.h"
#include "golden/golden.h"
#include "unit/cli/cli_fixture.h"
#include "unit/cli/labelled_files.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;

class RulesProfileTest : public CliTest {
 protected:
  Result profile(std::vector<std::string> options) const {
    const std::vector<std::string> fixed = {"rules",
                                            "profile",
                                            labelled_rules(),
                                            "--rows",
                                            labelled_rows("north"),
                                            labelled_rows("south")};
    options.insert(options.begin(), fixed.begin(), fixed.end());
    return run(std::move(options));
  }
};

std::string without_times(const std::string& text) {
  const std::string shares =
      std::regex_replace(text, std::regex(" +([0-9]+ +[0-9.]+%|- +-)"), "  #  #%");
  const std::string means = std::regex_replace(shares, std::regex("[0-9]+ ns each"), "# ns each");
  return std::regex_replace(means, std::regex("[0-9]+ of them timed"), "# of them timed");
}

TEST_F(RulesProfileTest, ShowsWhatRulesCost) {
  const Result result = profile({"--sort", "rule"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  testing::expect_golden(testing::golden_directory("cli") + "/rules_profile.txt",
                         without_times(result.out));
}

TEST_F(RulesProfileTest, TheDearestComeFirst) {
  const Result result = profile({"--every", "1", "--json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto json = parse_json(result.out);
  ASSERT_TRUE(json) << result.out;
  EXPECT_EQ(json->at("messages").number, 87);
  EXPECT_GT(json->at("messages_timed").number, 40);  // But for interruptions, all.
  const auto& rules = json->at("rules").items;
  ASSERT_GE(rules.size(), 3U);
  double share = json->at("scan_share_percent").number + json->at("rest_share_percent").number;
  for (size_t i = 0; i < rules.size(); ++i) {
    share += rules[i].at("share_percent").number;
    EXPECT_LE(rules[i].at("timed").number, rules[i].at("tried").number);
    if (i > 0) {
      EXPECT_GE(rules[i - 1].at("share_percent").number, rules[i].at("share_percent").number);
    }
  }
  EXPECT_NEAR(share, 100, 60);  // Of estimates, and on a machine that does other things, too.
}

TEST_F(RulesProfileTest, SumsUpWhatItDoesNotShow) {
  const Result result = profile({"--sort", "hits", "--rows-max", "1"});
  EXPECT_THAT(result.out, HasSubstr("more rules"));
  EXPECT_EQ(result.out.find("demo/parcel"), std::string::npos) << result.out;
}

TEST_F(RulesProfileTest, ReadsMessages) {
  const std::string messages =
      directory_.write("m.jsonl", message_json(1, 1'767'600'000'000, "free credit") + "\n{}\n");
  const Result result = run({"rules", "profile", rules_, "--messages", messages});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("1 messages, "));
  EXPECT_THAT(result.out, HasSubstr("1 are inactive, or not on messages one by one"));
  EXPECT_EQ(result.err, "1 lines hold no message\n");
}

TEST_F(RulesProfileTest, SaysWhatIsWrong) {
  EXPECT_EQ(run({"rules", "profile", rules_}).exit_code, 2);
  EXPECT_EQ(profile({"--messages", "m"}).exit_code, 2);
  EXPECT_EQ(profile({"--every", "0"}).exit_code, 2);
  EXPECT_EQ(profile({"--sort", "name"}).exit_code, 2);
  EXPECT_THAT(profile({"--timezone", "Nowhere"}).err, HasSubstr("unknown time zone `Nowhere`"));
}

}  // namespace
}  // namespace sieve
