// The verbs of `rules` that other programs and people use on files: check --format, fix, fmt, list,
// schema, test --junit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_reader.h"
#include "unit/cli/cli_fixture.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class RulesToolsTest : public CliTest {
 protected:
  // The rules of the fixture with a mistake that has a patch.
  std::string write_patchable() {
    std::string text = kTestRules;
    text.replace(text.find("condition: credit"), 17, "condition: credyt");
    return directory_.write("patch.rules.yaml", text);
  }
};

TEST_F(RulesToolsTest, CheckWritesJsonAndSarif) {
  const std::string file = write_patchable();
  const Result json = run({"rules", "check", "--format", "json", file});
  EXPECT_EQ(json.exit_code, 1);
  EXPECT_EQ(json.out, run({"rules", "check", "--json", file}).out);
  const auto list = parse_json(json.out);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->items[0].at("replacement").as_string(), "credit");
  const auto sarif = parse_json(run({"rules", "check", "--format", "sarif", file}).out);
  ASSERT_TRUE(sarif);
  const JsonValue& result = sarif->at("runs").items[0].at("results").items[0];
  EXPECT_EQ(result.at("ruleId").as_string(), "R012");
  const auto none = parse_json(run({"rules", "check", "--format", "sarif", rules_}).out);
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->at("runs").items[0].at("results").items.empty());
  EXPECT_EQ(run({"rules", "check", "--format", "xml", file}).exit_code, 2);
  EXPECT_EQ(run({"rules", "check", "--format", "json", "--cost", file}).exit_code, 2);
}

TEST_F(RulesToolsTest, FixMendsFilesAndSaysHow) {
  const std::string file = write_patchable();
  const std::string before = directory_.read("patch.rules.yaml");
  const Result check = run({"rules", "fix", "--check", file});
  EXPECT_EQ(check.exit_code, 1);
  EXPECT_THAT(check.out, HasSubstr("-    condition: credyt\n+    condition: credit\n"));
  EXPECT_EQ(directory_.read("patch.rules.yaml"), before);
  const Result fix = run({"rules", "fix", file});
  EXPECT_EQ(fix.exit_code, 0) << fix.err;
  EXPECT_THAT(fix.out, HasSubstr("1 patches in 1 files\n"));
  EXPECT_EQ(directory_.read("patch.rules.yaml"), kTestRules);
  const Result again = run({"rules", "fix", "--check", file});
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_EQ(again.out, "0 patches in 0 files to apply\n");
}

TEST_F(RulesToolsTest, FmtWritesFilesTheOneWay) {
  const std::string careless = "format:  1\nnamespace: a\nrules: []\n";
  const std::string file = directory_.write("fmt.rules.yaml", careless);
  const Result check = run({"rules", "fmt", "--check", file});
  EXPECT_EQ(check.exit_code, 1);
  EXPECT_THAT(check.out, HasSubstr("-format:  1\n+format: 1\n"));
  EXPECT_EQ(directory_.read("fmt.rules.yaml"), careless);
  EXPECT_EQ(run({"rules", "fmt", file}).exit_code, 0);
  EXPECT_EQ(directory_.read("fmt.rules.yaml"), "format: 1\nnamespace: a\nrules: []\n");
  EXPECT_EQ(run({"rules", "fmt", "--check", file}).exit_code, 0);
}

TEST_F(RulesToolsTest, FmtLeavesWhatItCannotRead) {
  const std::string file = directory_.write("bad.rules.yaml", "rules: [\n");
  const Result result = run({"rules", "fmt", file});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("error[Y001]"));
  EXPECT_EQ(directory_.read("bad.rules.yaml"), "rules: [\n");
  EXPECT_EQ(run({"rules", "fmt", "/nonexistent/a.rules.yaml"}).exit_code, 74);
}

TEST_F(RulesToolsTest, ListShowsRulesAndFiltersThem) {
  const Result all = run({"rules", "list", rules_});
  EXPECT_EQ(all.exit_code, 0) << all.err;
  EXPECT_THAT(all.out, HasSubstr("test/lure@"));
  const auto json = parse_json(run({"rules", "list", "--json", rules_}).out);
  ASSERT_TRUE(json);
  const JsonValue& rules = json->at("rules");
  ASSERT_GT(rules.items.size(), 1U);
  EXPECT_TRUE(rules.items[0].at("active").boolean);
  for (size_t i = 1; i < rules.items.size(); ++i) {
    EXPECT_LT(rules.items[i - 1].at("rule").as_string(), rules.items[i].at("rule").as_string());
  }
  EXPECT_THAT(run({"rules", "list", "--class", "none", rules_}).out, Not(HasSubstr("test/")));
  EXPECT_THAT(run({"rules", "list", "--inactive", rules_}).out, HasSubstr("\n0 of "));
  EXPECT_EQ(run({"rules", "list", "--status", "god", rules_}).exit_code, 2);
  EXPECT_EQ(run({"rules", "list", write_patchable()}).exit_code, 1);
}

TEST_F(RulesToolsTest, ListShowsListsAndBrands) {
  const std::string file = directory_.write(
      "d.rules.yaml",
      "format: 1\nnamespace: d\n"
      "lists: { shorteners: { type: domain, items: [short.example, tiny.example] } }\n"
      "brands: { demo: { official: [demobank.example] } }\nrules: []\n");
  const Result text = run({"rules", "list", file});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("shorteners  domain  2"));
  EXPECT_THAT(text.out, HasSubstr("demo   demobank.example"));
  const auto json = parse_json(run({"rules", "list", "--json", file}).out);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->at("lists").items[0].at("entries").number, 2);
}

TEST_F(RulesToolsTest, SchemaIsJson) {
  const Result result = run({"rules", "schema"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_TRUE(parse_json(result.out));
}

TEST_F(RulesToolsTest, JunitHasTheFailures) {
  std::string text = kTestRules;
  text.replace(text.find("free lunch"), 10, "free credit");
  const std::string file = directory_.write("f.rules.yaml", text);
  const std::string report = directory_.path("report.xml");
  const Result result = run({"rules", "test", "--junit", report, file});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(directory_.read("report.xml"), HasSubstr("failures=\"1\""));
  EXPECT_EQ(run({"rules", "test", "--junit", "/nonexistent/r.xml", file}).exit_code, 74);
  EXPECT_EQ(run({"rules", "test", "--evade", "--junit", report, file}).exit_code, 1);
}

TEST_F(RulesToolsTest, EveryVerbHelps) {
  for (const char* verb : {"check", "fix", "fmt", "list", "schema", "test"}) {
    const Result help = run({"rules", verb, "--help"});
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_THAT(run({"rules", "--help"}).out, HasSubstr(verb));
  }
}

// A rule that has expired stays in the list, with the day; its tests do not depend on it.
TEST_F(RulesToolsTest, ListAndCheckTellWhatExpires) {
  std::string text = kTestRules;
  text.replace(text.find("    tier: 1\n"), 12, "    tier: 1\n    expires: 2026-06-30\n");
  const std::string rules = directory_.write("expiring.rules.yaml", text);
  EXPECT_THAT(run({"rules", "list", "--today", "2026-06-30", rules}).out,
              Not(HasSubstr("expired on")));
  EXPECT_THAT(run({"rules", "list", "--today", "2026-07-01", rules}).out,
              HasSubstr("expired on 2026-06-30"));
  EXPECT_THAT(run({"rules", "check", "--today", "2026-05-30", rules}).out, Not(HasSubstr("R124")));
  EXPECT_THAT(run({"rules", "check", "--today", "2026-05-31", rules}).out,
              HasSubstr("warning[R124]: the rule `lure` expires on 2026-06-30"));
  EXPECT_THAT(run({"rules", "check", "--today", "2026-07-01", rules}).out, HasSubstr("R123"));
  EXPECT_EQ(run({"rules", "check", "--today", "soon", rules}).exit_code, 2);
  EXPECT_EQ(run({"rules", "test", rules}).exit_code, 0);
}

TEST_F(RulesToolsTest, ListTellsOverridesAndFilters) {
  std::string text = kTestRules;
  text.insert(text.find("rules:\n"),
              "overrides: [{ rule: test/lure, score: 5 }]\n"
              "filters: [{ name: desk, rules: [class:gambling], when: msg.hour < 1, "
              "reason: night tests, expires: never }]\n");
  const std::string rules = directory_.write("adjusted.rules.yaml", text);
  const std::string shown = run({"rules", "list", rules}).out;
  EXPECT_THAT(shown, HasSubstr("test/lure   score  "));
  EXPECT_THAT(shown, HasSubstr("adjusted.rules.yaml:3"));
  EXPECT_THAT(shown, HasSubstr("desk    1      never    night tests"));
  const std::string json = run({"rules", "list", "--json", rules}).out;
  EXPECT_THAT(json, HasSubstr(R"("exceptions":["filter:desk"])"));
  EXPECT_THAT(json, HasSubstr(R"("keys":["score"])"));
}

}  // namespace
}  // namespace sieve
