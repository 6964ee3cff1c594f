// What rule authors see of patterns that parse and do not compile:
// tests/golden/diagnostics/compile_*.yaml, and no_child.yaml where no process can be started; and
// of those that compile and are slow: slow_regexes.yaml; ordinary_message.yaml: rules that are true
// for what everybody writes. rare_problems.yaml is for what files do
// not make happen at will.
#include "base/diagnostic.h"
#include "evaluate/ordinary_hits.h"
#include "evaluate/pattern_diagnostic.h"
#include "evaluate/slow_patterns.h"
#include "golden/golden.h"
#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using testing::expect_golden;
using testing::golden_directory;
using testing::golden_inputs;
using testing::golden_name;
using testing::golden_read;

constexpr std::string_view kSuffix = ".yaml";

struct Input {
  explicit Input(const std::string& path)
      : out(path.substr(0, path.size() - kSuffix.size()) + ".out"),
        file(golden_name(path, "")),
        text(golden_read(path)) {}

  Expected<std::shared_ptr<const RuleSet>, Diagnostics> compile(
      const std::string& executable) const {
    LoadedRules loaded;
    loaded.files.push_back(parse_rule_file(file, text, loaded.definitions, loaded.diagnostics));
    EXPECT_TRUE(loaded.ok()) << "it does not even parse";
    CompileOptions options;
    options.compiler.executable = executable;
    options.compiler.timeout = Duration{1'000};
    return RuleSet::compile(std::move(loaded), options);
  }

  void expect(const Diagnostics& diagnostics) const {
    std::string got;
    for (const Diagnostic& diagnostic : diagnostics)
      got += render(diagnostic, {{file, text}}) + "\n";
    expect_golden(out, got);
  }

  std::string out;
  std::string file;
  std::string text;
};

class CompileGoldenTest : public ::testing::TestWithParam<std::string> {};

TEST_P(CompileGoldenTest, SaysWhatIsWrongAndWhere) {
  const Input input(GetParam());
  const auto rules = input.compile(SIEVE_BINARY);
  ASSERT_FALSE(rules) << "it compiles";
  input.expect(rules.error());
}

INSTANTIATE_TEST_SUITE_P(Files, CompileGoldenTest,
                         ::testing::ValuesIn(golden_inputs("diagnostics", "compile_", kSuffix)),
                         [](const auto& row) { return golden_name(row.param, kSuffix); });

TEST(NoChildGoldenTest, SaysThatNoProcessCanBeStarted) {
  const Input input(golden_directory("diagnostics") + "/no_child.yaml");
  const auto rules = input.compile("/nonexistent");
  ASSERT_FALSE(rules) << "it compiles";
  input.expect(rules.error());
}

// What no file makes happen at will, in the words it would have.
TEST(RareGoldenTest, HasWordsForWhatIsRare) {
  const Input input(golden_directory("diagnostics") + "/rare_problems.yaml");
  Diagnostics diagnostics;
  const RuleFile file = parse_rule_file(input.file, input.text, diagnostics);
  ASSERT_EQ(file.rules.size(), 1U);
  const Rule& rule = file.rules[0];
  ASSERT_TRUE(diagnostics.empty());
  for (const auto& [problem, message] :
       {std::pair(PatternProblem::kEmpty, "it has too few letters to be looked for apart"),
        std::pair(PatternProblem::kAllTooCostly, "it took more than 30s")}) {
    PatternFailure failure;
    failure.problem = problem;
    failure.message = message;
    diagnostics.push_back(pattern_diagnostic(failure, rule, rule.patterns[0].phrases[0]));
  }
  input.expect(diagnostics);
}

TEST(OrdinaryGoldenTest, SaysWhichRulesAreTrueForOrdinaryMessages) {
  const Input input(golden_directory("diagnostics") + "/ordinary_message.yaml");
  const auto rules = input.compile(SIEVE_BINARY);
  ASSERT_TRUE(rules);
  input.expect(ordinary_hits(*rules));
}

TEST(SlowGoldenTest, SaysWhatIsSlowAndWhy) {
  const Input input(golden_directory("diagnostics") + "/slow_regexes.yaml");
  const auto rules = input.compile(SIEVE_BINARY);
  ASSERT_TRUE(rules);
  Diagnostics warnings;
  for (const SlowPattern& slow : slow_patterns(**rules)) warnings.push_back(slow.warning);
  input.expect(warnings);
}

}  // namespace
}  // namespace sieve
