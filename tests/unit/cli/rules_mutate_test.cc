// `rules test --coverage` and `--mutate`: what a rule author sees of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_reader.h"
#include "golden/golden.h"
#include "unit/cli/cli_fixture.h"

namespace sieve {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kLackingTest =
    "      - name: a receipt\n"
    "        event: { text: \"Receipt: your unpaid toll, and a late fee, are paid\" }\n"
    "        expect: { match: false }\n";

class RulesMutateTest : public CliTest {
 protected:
  RulesMutateTest()
      : text_(testing::golden_read(testing::golden_directory("cli") + "/mutants.rules.yaml")),
        lacking_(directory_.write("lacking.rules.yaml", text_)) {}

  // Paths differ from run to run.
  std::string without_directory(std::string text) const {
    const std::string directory = directory_.path("");
    for (size_t at = text.find(directory); at != std::string::npos; at = text.find(directory, at)) {
      text.replace(at, directory.size(), "rules/");
    }
    return text;
  }

  // The mutants with this outcome, by `rule: name`.
  std::vector<std::string> mutants(const std::string& rules, std::string_view outcome) const {
    const Result result = run({"rules", "test", "--mutate", "--json", rules});
    const auto json = parse_json(result.out);
    EXPECT_TRUE(json) << result.out << result.err;
    std::vector<std::string> out;
    if (!json) return out;
    for (const JsonValue& rule : json->at("mutants").at("rules").items) {
      for (const JsonValue& mutant : rule.at("mutants").items) {
        if (mutant.at("outcome").as_string() != outcome) continue;
        out.push_back(std::string(rule.at("rule").as_string()) + ": " +
                      std::string(mutant.at("mutant").as_string()));
      }
    }
    return out;
  }

  std::string text_;
  std::string lacking_;
};

TEST_F(RulesMutateTest, ShowsWhatTestsNeverSaw) {
  const Result result = run({"rules", "test", "--coverage", lacking_});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  testing::expect_golden(testing::golden_directory("cli") + "/rules_coverage.txt",
                         without_directory(result.out));
}

TEST_F(RulesMutateTest, ShowsWhatNoTestNotices) {
  const Result result = run({"rules", "test", "--mutate", lacking_});
  EXPECT_EQ(result.exit_code, 1) << "a mutant that is declared is killed: " << result.err;
  testing::expect_golden(testing::golden_directory("cli") + "/rules_mutate.txt",
                         without_directory(result.out));
}

TEST_F(RulesMutateTest, IsTheSameWithAnyNumberOfThreads) {
  const Result one = run({"rules", "test", "--mutate", "--threads", "1", lacking_});
  const Result many = run({"rules", "test", "--mutate", "--threads", "4", lacking_});
  EXPECT_EQ(one.out, many.out);
}

TEST_F(RulesMutateTest, WhatSurvivedIsKilledByTheTestThatWasLacking) {
  const std::string survivor = "local/toll: drop not receipt";
  EXPECT_THAT(mutants(lacking_, "survived"), Contains(survivor));
  std::string mended = text_;
  mended.insert(mended.find("    equivalent_mutants:"), kLackingTest);
  const std::string path = directory_.write("mended.rules.yaml", mended);
  EXPECT_THAT(mutants(path, "survived"), Not(Contains(survivor)));
  EXPECT_THAT(mutants(path, "killed"), Contains(survivor));
}

TEST_F(RulesMutateTest, WhatIsDeclaredCountsNeitherWay) {
  EXPECT_THAT(mutants(lacking_, "declared"),
              ::testing::ElementsAre("local/toll: drop (toll or threat)"));
  EXPECT_THAT(mutants(lacking_, "killed"), Contains("local/toll: drop threat"));
  std::string undeclared = text_;
  undeclared.erase(undeclared.find("    equivalent_mutants:"),
                   undeclared.find("  - id: fan-out") - undeclared.find("    equivalent_mutants:"));
  const std::string path = directory_.write("undeclared.rules.yaml", undeclared);
  EXPECT_THAT(mutants(path, "survived"), Contains("local/toll: drop (toll or threat)"));
  EXPECT_EQ(run({"rules", "test", "--mutate", path}).exit_code, 0);
}

TEST_F(RulesMutateTest, TooLittleFails) {
  const auto exit_code = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"rules", "test"});
    options.push_back(rules_);
    return run(options).exit_code;
  };
  EXPECT_EQ(exit_code({"--coverage", "--min-coverage", "100"}), 0);
  EXPECT_EQ(exit_code({"--mutate", "--min-kill", "50"}), 0);
  EXPECT_EQ(exit_code({"--mutate", "--min-kill", "100"}), 1);
  EXPECT_EQ(exit_code({"--mutate", "--min-kill", "101"}), 2);
  EXPECT_EQ(exit_code({"--min-kill", "50"}), 2);
  EXPECT_EQ(exit_code({"--min-coverage", "50"}), 2);
  EXPECT_EQ(exit_code({"--mutate", "--evade"}), 0);
  EXPECT_EQ(exit_code({"--mutate", "--min-kill", "100", "--evade"}), 1);
  EXPECT_EQ(run({"rules", "test", "--coverage", "--min-coverage", "99", lacking_}).exit_code, 1);
}

TEST_F(RulesMutateTest, MutantsAreTriedWhenTestsPass) {
  std::string text = kTestRules;
  text.replace(text.find("text: \"free credit\""), 19, "text: \"some credit\"");
  const std::string path = directory_.write("f.rules.yaml", text);
  const Result result = run({"rules", "test", "--mutate", "--coverage", path});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("FAIL test/lure: hit"));
  EXPECT_THAT(result.out, HasSubstr("coverage"));
  EXPECT_THAT(result.out, Not(HasSubstr("mutants of")));
  EXPECT_THAT(result.err, HasSubstr("mutants are tried when all tests pass"));
}

TEST_F(RulesMutateTest, JsonHasTestsCoverageAndMutants) {
  const Result result = run({"rules", "test", "--mutate", "--coverage", "--json", lacking_});
  const auto json = parse_json(result.out);
  ASSERT_TRUE(json) << json.error().message;
  EXPECT_EQ(json->at("tests").items.size(), 6U);
  const JsonValue& coverage = json->at("coverage");
  EXPECT_LT(coverage.at("seen").number, coverage.at("outcomes").number);
  EXPECT_LT(coverage.at("percent").number, 100);
  EXPECT_EQ(coverage.at("rules").items.back().at("rule").as_string(), "macro odd_link");
  const JsonValue& mutants = json->at("mutants");
  double killed = 0;
  for (const JsonValue& rule : mutants.at("rules").items) killed += rule.at("killed").number;
  EXPECT_EQ(mutants.at("killed").number, killed);
  ASSERT_EQ(mutants.at("diagnostics").items.size(), 1U);
  EXPECT_EQ(mutants.at("diagnostics").items[0].at("code").as_string(), "R165");
}

}  // namespace
}  // namespace sieve
