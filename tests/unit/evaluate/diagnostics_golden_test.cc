// What rule authors see of patterns that parse and do not compile:
// tests/golden/diagnostics/compile_*.yaml, and no_child.yaml where no process can be started.
#include "base/diagnostic.h"
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

void expect_diagnostics(const std::string& input, const std::string& executable) {
  const std::string file = golden_name(input, "");
  const std::string text = golden_read(input);
  LoadedRules loaded;
  loaded.files.push_back(parse_rule_file(file, text, loaded.diagnostics));
  ASSERT_TRUE(loaded.ok()) << "it does not even parse";
  CompileOptions options;
  options.compiler.executable = executable;
  options.compiler.timeout = Duration{2'000};
  const auto rules = RuleSet::compile(std::move(loaded), options);
  ASSERT_FALSE(rules) << "it compiles";
  std::string got;
  for (const Diagnostic& diagnostic : rules.error()) {
    got += render(diagnostic, {{file, text}}) + "\n";
  }
  expect_golden(input.substr(0, input.size() - kSuffix.size()) + ".out", got);
}

class CompileGoldenTest : public ::testing::TestWithParam<std::string> {};

TEST_P(CompileGoldenTest, SaysWhatIsWrongAndWhere) { expect_diagnostics(GetParam(), SIEVE_BINARY); }

INSTANTIATE_TEST_SUITE_P(Files, CompileGoldenTest,
                         ::testing::ValuesIn(golden_inputs("diagnostics", "compile_", kSuffix)),
                         [](const auto& row) { return golden_name(row.param, kSuffix); });

TEST(NoChildGoldenTest, SaysThatNoProcessCanBeStarted) {
  expect_diagnostics(golden_directory("diagnostics") + "/no_child.yaml", "/nonexistent");
}

}  // namespace
}  // namespace sieve
