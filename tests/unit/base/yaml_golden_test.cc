// What authors see of files that are no sound YAML: tests/golden/diagnostics/yaml_*.yaml.
#include "base/diagnostic.h"
#include "base/yaml.h"
#include "golden/golden.h"

namespace sieve {
namespace {

using testing::expect_golden;
using testing::golden_inputs;
using testing::golden_name;
using testing::golden_read;

constexpr std::string_view kSuffix = ".yaml";

class YamlGoldenTest : public ::testing::TestWithParam<std::string> {};

TEST_P(YamlGoldenTest, SaysWhatIsWrongAndWhere) {
  const std::string& input = GetParam();
  const std::string file = golden_name(input, "");
  const std::string text = golden_read(input);
  const auto document = parse_yaml(file, text);
  ASSERT_FALSE(document.has_value()) << "a diagnostics input without a problem";
  std::string got;
  for (const Diagnostic& diagnostic : document.error()) {
    got += render(diagnostic, {{file, text}}) + "\n";
  }
  expect_golden(input.substr(0, input.size() - kSuffix.size()) + ".out", got);
}

INSTANTIATE_TEST_SUITE_P(Files, YamlGoldenTest,
                         ::testing::ValuesIn(golden_inputs("diagnostics", "yaml_", kSuffix)),
                         [](const auto& row) { return golden_name(row.param, kSuffix); });

}  // namespace
}  // namespace sieve
