// What rule authors see of their mistakes: tests/golden/diagnostics/rule_*.yaml and
// thresholds_*.yaml.
#include "base/diagnostic.h"
#include "golden/golden.h"
#include "rule/parse.h"

namespace sieve {
namespace {

using testing::expect_golden;
using testing::golden_inputs;
using testing::golden_name;
using testing::golden_read;

constexpr std::string_view kSuffix = ".yaml";

void expect_diagnostics(const std::string& input, Diagnostics diagnostics, const std::string& file,
                        const std::string& text) {
  ASSERT_FALSE(diagnostics.empty()) << "a diagnostics input without a problem";
  sort_diagnostics(diagnostics);
  std::string got;
  for (const Diagnostic& diagnostic : diagnostics) {
    got += render(diagnostic, {{file, text}}) + "\n";
  }
  expect_golden(input.substr(0, input.size() - kSuffix.size()) + ".out", got);
}

class RuleGoldenTest : public ::testing::TestWithParam<std::string> {};

TEST_P(RuleGoldenTest, SaysWhatIsWrongAndWhere) {
  const std::string file = golden_name(GetParam(), "");
  const std::string text = golden_read(GetParam());
  Diagnostics diagnostics;
  parse_rule_file(file, text, diagnostics);
  expect_diagnostics(GetParam(), std::move(diagnostics), file, text);
}

INSTANTIATE_TEST_SUITE_P(Files, RuleGoldenTest,
                         ::testing::ValuesIn(golden_inputs("diagnostics", "rule_", kSuffix)),
                         [](const auto& row) { return golden_name(row.param, kSuffix); });

class ThresholdsGoldenTest : public ::testing::TestWithParam<std::string> {};

TEST_P(ThresholdsGoldenTest, SaysWhatIsWrongAndWhere) {
  const std::string file = golden_name(GetParam(), "");
  const std::string text = golden_read(GetParam());
  Diagnostics diagnostics;
  parse_thresholds(file, text, diagnostics);
  expect_diagnostics(GetParam(), std::move(diagnostics), file, text);
}

INSTANTIATE_TEST_SUITE_P(Files, ThresholdsGoldenTest,
                         ::testing::ValuesIn(golden_inputs("diagnostics", "thresholds_", kSuffix)),
                         [](const auto& row) { return golden_name(row.param, kSuffix); });

}  // namespace
}  // namespace sieve
