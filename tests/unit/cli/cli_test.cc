// The verbs from outside: what a person types, what is printed, the exit code.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/cli_fixture.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;

constexpr int64_t kStartMs = 1'767'600'000'000;

TEST_F(CliTest, VersionAndHelp) {
  EXPECT_EQ(run({"version"}).exit_code, 0);
  EXPECT_THAT(run({"version"}).out, HasSubstr("scamsieve "));
  const Result help = run({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const char* verb :
       {"run", "scan", "eval", "rules", "config", "state", "alerts", "version"}) {
    EXPECT_THAT(help.out, HasSubstr(verb));
  }
  EXPECT_THAT(help.out, HasSubstr("Exit codes"));
}

TEST_F(CliTest, AnUnknownVerbOrOptionIsAUsageError) {
  EXPECT_EQ(run({"frobnicate"}).exit_code, 2);
  EXPECT_EQ(run({"scan", "--no-such-option"}).exit_code, 2);
  EXPECT_EQ(run({}).exit_code, 2);
}

TEST_F(CliTest, ScanReadsStandardInputAndWritesAlertsToStandardOutput) {
  const std::string input =
      directory_.write("in.jsonl", message_json(1, kStartMs, "free credit") + "\n" +
                                       message_json(2, kStartMs, "hi") + "\n");
  const Result result = run({"scan", "-", "--rules", rules_, "--alerts", "-"}, input);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(lines_of(result.out).size(), 1U);
  EXPECT_THAT(result.out, HasSubstr("\"rule\":\"test/lure\""));
  EXPECT_THAT(result.err, HasSubstr("2 records read = 1 clean + 1 act"));
}

TEST_F(CliTest, ScanCountsWhatIsExcepted) {
  std::string text = kTestRules;
  const std::string condition = "    condition: credit\n";
  text.replace(text.find(condition), condition.size(),
               condition +
                   "    exceptions:\n      - { name: first, reason: the first is ours, "
                   "expires: never, when: \"msg.id == 'm1'\" }\n");
  const std::string rules = directory_.write("excepted.rules.yaml", text);
  const std::string input =
      directory_.write("in.jsonl", message_json(1, kStartMs, "free credit") + "\n" +
                                       message_json(2, kStartMs, "free credit") + "\n");
  const Result result = run({"scan", input, "--rules", rules, "--alerts", "-"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(lines_of(result.out).size(), 1U);
  EXPECT_THAT(result.err, HasSubstr("2 records read = 1 clean + 1 act"));
  EXPECT_THAT(result.err,
              HasSubstr("1 times exception:first kept test/lure from hitting: the first is ours"));
  EXPECT_THAT(run({"scan", input, "--rules", rules, "--json"}).out,
              HasSubstr(R"("excepted":[{"rule":"test/lure","by":"exception:first","times":1}])"));
}

TEST_F(CliTest, ScanMasksNumbersUnlessAsked) {
  const std::string input =
      directory_.write("in.jsonl", message_json(123'456, kStartMs, "free credit") + "\n");
  EXPECT_THAT(run({"scan", input, "--rules", rules_, "--alerts", "-"}).out,
              ::testing::Not(HasSubstr("66812123456")));
  EXPECT_THAT(run({"scan", input, "--rules", rules_, "--alerts", "-", "--privacy", "clear"}).out,
              HasSubstr("66812123456"));
}

TEST_F(CliTest, ScanCountsEveryBadLineByReason) {
  std::string no_text = message_json(1, kStartMs, "x");
  no_text.replace(no_text.find("\"text\":\"x\""), 10, "\"note\":\"x\"");
  std::string twice = message_json(1, kStartMs, "x");
  twice.insert(1, "\"id\":\"other\",");
  const std::string input =
      directory_.write("in.jsonl", "{oops\n\xC3\x28\n" + no_text + "\n" + twice + "\n\n");
  const Result result = run({"scan", input, "--rules", rules_, "--json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const char* reason : {"\"malformed_json\":1", "\"invalid_utf8\":1", "\"missing_field\":1",
                             "\"duplicate_key\":1", "\"empty\":1"}) {
    EXPECT_THAT(result.out, HasSubstr(reason));
  }
  EXPECT_THAT(result.out, HasSubstr("\"records\":5"));
}

TEST_F(CliTest, FilesThatCannotBeReadOrWrittenAreNamed) {
  const std::string input = directory_.write("in.jsonl", "");
  const Result missing = run({"scan", "/nonexistent/in.jsonl", "--rules", rules_});
  EXPECT_EQ(missing.exit_code, 74);
  EXPECT_THAT(missing.err, HasSubstr("/nonexistent/in.jsonl"));
  const Result unwritable =
      run({"scan", input, "--rules", rules_, "--alerts", "/nonexistent/alerts.jsonl"});
  EXPECT_EQ(unwritable.exit_code, 74);
  EXPECT_THAT(unwritable.err, HasSubstr("/nonexistent/alerts.jsonl"));
}

TEST_F(CliTest, BrokenRulesAreExplainedAtTheirPlace) {
  std::string text = kTestRules;
  text.replace(text.find("condition: credit"), 17, "condition: credyt");
  const std::string broken = directory_.write("broken.rules.yaml", text);
  const Result check = run({"rules", "check", broken});
  EXPECT_EQ(check.exit_code, 1);
  EXPECT_THAT(check.out, HasSubstr("broken.rules.yaml:12:"));
  EXPECT_THAT(check.out, HasSubstr("did you mean `credit`"));
  const Result scan = run({"scan", directory_.write("in.jsonl", ""), "--rules", broken});
  EXPECT_EQ(scan.exit_code, 78);
  EXPECT_THAT(scan.err, HasSubstr("credyt"));
}

TEST_F(CliTest, RulesCheckTellsWhatPatternsCost) {
  std::string text = kTestRules;
  text.replace(text.find("words: [lunch]"), 14, "re: '[0-9]{4,6}'");
  const std::string slow = directory_.write("slow.rules.yaml", text);
  const Result check = run({"rules", "check", slow});
  EXPECT_EQ(check.exit_code, 0) << check.out;
  EXPECT_THAT(check.out, HasSubstr("warning[R111]"));
  EXPECT_THAT(check.out, HasSubstr("measured here: "));
  EXPECT_EQ(run({"rules", "check", "--strict", slow}).exit_code, 1);
  const Result cost = run({"rules", "check", "--cost", rules_});
  EXPECT_EQ(cost.exit_code, 0) << cost.out;
  EXPECT_THAT(cost.out, HasSubstr("compile, ms"));
  EXPECT_THAT(cost.out, testing::ContainsRegex("free credit +words words "));
  EXPECT_THAT(cost.out, HasSubstr(" patterns were measured"));
  EXPECT_EQ(run({"rules", "check", "--cost", "--json", rules_}).exit_code, 2);
}

TEST_F(CliTest, RulesTestFailsWithTheReason) {
  EXPECT_EQ(run({"rules", "test", rules_}).exit_code, 0);
  std::string text = kTestRules;
  text.replace(text.find("free lunch"), 10, "free credit");
  const Result result = run({"rules", "test", directory_.write("f.rules.yaml", text)});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("FAIL test/lure: miss"));
  EXPECT_THAT(result.out, HasSubstr("1 failed"));
  EXPECT_EQ(run({"rules", "test", rules_, "--rule", "test/none"}).exit_code, 1);
}

TEST_F(CliTest, ConfigCheckShowsWhatSampleLinesBecome) {
  directory_.write("c.yaml", R"(
sources:
  - name: calls
    stream: call
    file: calls.csv
    mapping:
      format: csv
      time: { format: epoch_s }
      default_country: TH
      fields:
        id: rec
        ts: started
        from: a
        to: b
        duration: { path: secs, unit: s }
        kind: { path: type, values: { "0": mo }, otherwise: mt }
rules: { paths: [test.rules.yaml] }
)");
  const std::string sample = directory_.write(
      "calls.csv",
      "rec,started,a,b,secs,type\nr1,1767600000,0812345678,+6621234567,7,0\nr2,soon,1,2,3,0\n");
  const Result result = run({"config", "check", directory_.path("c.yaml"), "--sample", sample});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_THAT(result.out, HasSubstr("+66812345678"));
  EXPECT_THAT(result.out, HasSubstr("2026-01-05T08:00:00.000Z"));
  EXPECT_THAT(result.out, HasSubstr("line 3: bad_time at"));
  EXPECT_THAT(result.out, HasSubstr("1 records decoded, 1 failed"));
  const Result bad = run({"config", "check", directory_.path("c.yaml"), "--set", "htpp.listen=x"});
  EXPECT_EQ(bad.exit_code, 78);
  EXPECT_THAT(bad.err, HasSubstr("htpp"));
}

TEST_F(CliTest, RunWithoutABrokerSaysSoAndMayBeTriedAgain) {
  directory_.write("k.yaml",
                   "sources: [{ name: m, topic: t }]\n"
                   "kafka: { brokers: '127.0.0.1:1' }\n"
                   "rules: { paths: [test.rules.yaml] }\n"
                   "http: { listen: 'off' }\n");
  const Result result = run({"run", "--config", directory_.path("k.yaml")});
  EXPECT_EQ(result.exit_code, 75) << result.err;
  EXPECT_THAT(result.err, HasSubstr("broker_unreachable"));
  EXPECT_THAT(result.err, HasSubstr("127.0.0.1:1"));
}

TEST_F(CliTest, RunOverFilesEndsByItselfAndServesMetricsMeanwhile) {
  directory_.write("messages.jsonl", message_json(1, kStartMs, "free credit") + "\n");
  directory_.write("f.yaml",
                   "sources: [{ name: m, file: messages.jsonl }]\n"
                   "rules: { paths: [test.rules.yaml] }\n"
                   "output: { alerts: { file: alerts.jsonl } }\n"
                   "http: { listen: '127.0.0.1:0' }\n");
  const Result result = run({"run", "--config", directory_.path("f.yaml")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("event=started"));
  EXPECT_EQ(lines_of(directory_.read("alerts.jsonl")).size(), 1U);
}

// Each verb that loads rules compiles them in a child: here with a pattern of some seconds.
TEST_F(CliTest, RunRefusesPatternsThatTakeTooLongToCompile) {
  std::string text = kTestRules;
  text.replace(text.find("words: [\"free credit\"]"), 22,
               "re: '(?:a[a-z]{0,20}b|c[a-z]{0,20}d|b[a-z]{0,20}a){20,50}q'");
  directory_.write("slow.rules.yaml", text);
  directory_.write("messages.jsonl", "");
  directory_.write("s.yaml",
                   "sources: [{ name: m, file: messages.jsonl }]\n"
                   "rules: { paths: [slow.rules.yaml], compile_timeout: 1s }\n"
                   "http: { listen: 'off' }\n");
  const Result result = run({"run", "--config", directory_.path("s.yaml")});
  EXPECT_EQ(result.exit_code, 78) << result.err;
  EXPECT_THAT(result.err, HasSubstr("error[R108]"));
  EXPECT_THAT(result.err, HasSubstr("slow.rules.yaml:11:"));
  EXPECT_THAT(result.err, HasSubstr("compiling takes more than 1s"));
}

TEST_F(CliTest, RunSaysWhyCompiledPatternsAreNotKept) {
  directory_.write("messages.jsonl", "");
  directory_.write("f.yaml",
                   "sources: [{ name: m, file: messages.jsonl }]\n"
                   "rules: { paths: [test.rules.yaml], cache: cache }\n"
                   "http: { listen: 'off' }\n");
  const std::vector<std::string> verb = {"run", "--config", directory_.path("f.yaml")};
  EXPECT_THAT(run(verb).err, ::testing::Not(HasSubstr("cache_fault")));
  std::filesystem::permissions(directory_.path("cache"), std::filesystem::perms::all);
  const Result result = run(verb);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("event=cache_fault"));
  EXPECT_THAT(result.err, HasSubstr("can be written by others"));
}

TEST_F(CliTest, EvalPrintsRecallAndWritesVerdicts) {
  const std::string rows =
      directory_.write("set.jsonl",
                       "{\"id\":\"1\",\"text\":\"free credit\",\"expect\":\"alert\"}\n"
                       "{\"id\":\"2\",\"text\":\"hello\",\"expect\":\"clean\"}\n");
  const std::string verdicts = directory_.path("verdicts.jsonl");
  const Result result = run({"eval", "--rules", rules_, rows, "--verdicts", verdicts});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("recall 100.0% (1 of 1)"));
  EXPECT_EQ(lines_of(directory_.read("verdicts.jsonl")).size(), 2U);
  const Result bad = run({"eval", directory_.write("bad.jsonl", "[]\n"), "--rules", rules_});
  EXPECT_EQ(bad.exit_code, 74);
  EXPECT_THAT(bad.err, HasSubstr("bad.jsonl:1"));
}

TEST_F(CliTest, AlertsShowsAlertsToPeople) {
  const std::string input =
      directory_.write("in.jsonl", message_json(1, kStartMs, "free credit") + "\n");
  const std::string alerts = directory_.path("alerts.jsonl");
  ASSERT_EQ(run({"scan", input, "--rules", rules_, "--alerts", alerts, "--quiet"}).exit_code, 0);
  const Result shown = run({"alerts", alerts});
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_THAT(shown.out, HasSubstr("Free credit"));
  EXPECT_THAT(shown.out, HasSubstr("\"free credit\""));
}

}  // namespace
}  // namespace sieve
