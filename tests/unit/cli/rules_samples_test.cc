// `rules samples`: what people and programs see of it (golden/cli/rules_samples.txt,
// rules_samples_alerts.txt).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_reader.h"
#include "golden/golden.h"
#include "unit/cli/cli_fixture.h"
#include "unit/cli/labelled_files.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class RulesSamplesTest : public CliTest {
 protected:
  RulesSamplesTest() {
    constexpr int64_t kStartMs = 1'767'600'000'000;
    std::string lines;
    int n = 0;
    for (const char* text :
         {"free credit, call 0812345678", "lunch at noon", "Free credit and lunch", "hello"}) {
      ++n;
      lines += message_json(n, kStartMs + n, text) + "\n";
    }
    messages_ = directory_.write("messages.jsonl", lines + "{}\n");
    alerts_ = directory_.path("alerts.jsonl");
  }
  Result samples(std::vector<std::string> options) const {
    options.insert(options.begin(), {"rules", "samples"});
    return run(std::move(options));
  }
  std::string without_directory(std::string text) const {
    const std::string directory = directory_.path("");
    for (size_t at = text.find(directory); at != std::string::npos; at = text.find(directory, at)) {
      text.erase(at, directory.size());
    }
    return text;
  }

  std::string messages_;
  std::string alerts_;
};

TEST_F(RulesSamplesTest, ShowsHitsOfMessages) {
  const Result result = samples({rules_, "--messages", messages_});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "1 lines hold no message\n");
  testing::expect_golden(testing::golden_directory("cli") + "/rules_samples.txt",
                         without_directory(result.out));
}

TEST_F(RulesSamplesTest, ShowsHitsOfRowsWithTheirTexts) {
  const Result result = samples({labelled_rules(), "--rows", labelled_rows("north"), "--samples",
                                 "1", "--whole-texts", "--rule", "demo/spins"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("demo/spins: 0 live, 5 in shadow, 1 of them here\n"));
  EXPECT_THAT(result.out, HasSubstr("for new players, ask ********11 on LINE"));
}

TEST_F(RulesSamplesTest, ShowsHitsOfAlerts) {
  const Result scanned = run({"scan", "--messages", messages_, "--rules", rules_, "--alerts",
                              alerts_, "--privacy", "clear", "--quiet"});
  ASSERT_EQ(scanned.exit_code, 0) << scanned.err;
  const Result result = samples({"--alerts", alerts_});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("test/lure: 2 live, 0 in shadow\n"));
  EXPECT_THAT(result.out, HasSubstr("+6681****001"));
  EXPECT_THAT(result.out, Not(HasSubstr("0812345678")));
}

TEST_F(RulesSamplesTest, TakesOnlyWhatIsAskedFor) {
  const Result shadow = samples({rules_, "--messages", messages_, "--status", "shadow"});
  EXPECT_THAT(shadow.out, HasSubstr("test/shade: 0 live, 2 in shadow"));
  EXPECT_THAT(shadow.out, Not(HasSubstr("test/lure")));
  const Result json = samples({rules_, "--messages", messages_, "--rule", "test/lure", "--json"});
  const auto parsed = parse_json(json.out);
  ASSERT_TRUE(parsed) << json.out;
  ASSERT_EQ(parsed->items.size(), 1U);
  EXPECT_EQ(parsed->items[0].at("live").number, 2);
  EXPECT_EQ(parsed->items[0].at("samples").items.size(), 2U);
}

TEST_F(RulesSamplesTest, SaysWhatIsWrong) {
  EXPECT_EQ(samples({rules_}).exit_code, 2);
  const Result unknown = samples({rules_, "--messages", messages_, "--rule", "test/none"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("there is no rule `test/none`"));
  EXPECT_EQ(samples({rules_, "--messages", directory_.path("none")}).exit_code, 74);
  const Result no_alerts = samples({"--alerts", messages_});
  EXPECT_EQ(no_alerts.exit_code, 74);
  EXPECT_THAT(no_alerts.err, HasSubstr("messages.jsonl:1: not an alert"));
}

}  // namespace
}  // namespace sieve
