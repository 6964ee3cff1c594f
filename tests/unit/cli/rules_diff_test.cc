// `rules diff`: what an author sees of a change (golden/cli/rules_diff.txt).
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_reader.h"
#include "golden/golden.h"
#include "unit/cli/cli_fixture.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;

constexpr int64_t kStartMs = 1'767'600'000'000;

std::string rule(std::string_view id, std::string_view words, double score) {
  return fmt::format(
      "  - {{ id: {}, title: About {}, class: demo, tier: 1, score: {}, patterns: {{ w: {{ words: "
      "[{}] }} }}, condition: w }}\n",
      id, id, score, words);
}

class RulesDiffTest : public CliTest {
 protected:
  RulesDiffTest() {
    const std::string head = "format: 1\nnamespace: demo\nrules:\n";
    old_ = directory_.write("old.rules.yaml", head + rule("credit", "free credit", 4) +
                                                  rule("loan", "quick loan, easy loan", 4));
    new_ = directory_.write("new.rules.yaml", head + rule("credit", "free credit, free spins", 4) +
                                                  rule("loan", "quick loan", 7));
    std::string lines;
    int n = 0;
    for (const char* text : {"free credit", "free spins", "quick loan", "easy loan", "hello"}) {
      ++n;
      lines += message_json(n, kStartMs + n, text) + "\n";
    }
    messages_ = directory_.write("messages.jsonl", lines);
  }
  Result diff(std::vector<std::string> options) {
    options.insert(options.begin(), {"rules", "diff"});
    return run(std::move(options));
  }

  std::string old_;
  std::string new_;
  std::string messages_;
};

std::string without(std::string text, const std::string& what, const std::string& instead) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
    text.replace(at, what.size(), instead);
  }
  return text;
}

// Ids of alerts hash the path of the file, which differs from run to run.
std::string without_ids(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    if (line.find("  alert    ") == std::string::npos) out += line + "\n";
  }
  return out;
}

TEST_F(RulesDiffTest, ShowsWhatAppearsVanishesAndChanges) {
  const Result result = diff({old_, new_, "--messages", messages_});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  testing::expect_golden(testing::golden_directory("cli") + "/rules_diff.txt",
                         without_ids(without(result.out, directory_.path(""), "")));
}

TEST_F(RulesDiffTest, OfTheSameRulesThereIsNone) {
  const Result result = diff({old_, old_, messages_});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("0 alerts appear, 0 vanish, 0 change their verdict, 0 their "
                                    "rules, 3 stay the same"));
}

TEST_F(RulesDiffTest, JsonHasCountsAndMaskedSamples) {
  const Result result = diff({old_, new_, messages_, "--json", "--samples", "1"});
  const auto json = parse_json(result.out);
  ASSERT_TRUE(json) << result.out << result.err;
  EXPECT_EQ(json->at("records").number, 5);
  EXPECT_TRUE(json->at("dead_letters").members.empty());
  EXPECT_EQ(json->at("appear").at("count").number, 1);
  EXPECT_EQ(json->at("vanish").at("count").number, 1);
  EXPECT_EQ(json->at("changed_verdict").at("count").number, 1);
  EXPECT_EQ(json->at("same").number, 1);
  const JsonValue& sample = json->at("appear").at("samples").items.at(0);
  EXPECT_THAT(std::string(sample.at("subject").at("value").as_string()), HasSubstr("***"));
}

TEST_F(RulesDiffTest, TellsOfRecordsThatItCannotRead) {
  const std::string file = directory_.write("broken.jsonl", "{\n");
  const Result result = diff({old_, new_, "--messages", file});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("1 records\n  1 dead letters: malformed_json ("));
}

TEST_F(RulesDiffTest, SaysWhatIsWrong) {
  EXPECT_EQ(diff({old_, new_}).exit_code, 2);
  EXPECT_EQ(diff({old_, directory_.path("none.rules.yaml"), messages_}).exit_code, 78);
  EXPECT_EQ(diff({old_, new_, directory_.path("none.jsonl")}).exit_code, 74);
  EXPECT_THAT(diff({old_, new_, messages_, "--default-country", "XX"}).err,
              HasSubstr("no numbering plan for country `XX`"));
}

}  // namespace
}  // namespace sieve
