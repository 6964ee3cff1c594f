// What rule authors see of their mistakes: tests/golden/diagnostics/rule_*.yaml and
// thresholds_*.yaml, and of the list files list_*.txt.
#include <fmt/format.h>

#include "base/diagnostic.h"
#include "golden/golden.h"
#include "rule/list_file.h"
#include "rule/parse.h"

namespace sieve {
namespace {

using testing::expect_golden;
using testing::golden_inputs;
using testing::golden_name;
using testing::golden_read;

constexpr std::string_view kSuffix = ".yaml";
constexpr std::string_view kListSuffix = ".txt";
const Date kToday = *parse_date("2026-01-05");

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
  Definitions definitions;
  definitions.today = kToday;
  definitions.engine = "1.9.3";
  parse_rule_file(file, text, definitions, diagnostics);
  expect_diagnostics(GetParam(), std::move(diagnostics), file, text);
}

INSTANTIATE_TEST_SUITE_P(Files, RuleGoldenTest,
                         ::testing::ValuesIn(golden_inputs("diagnostics", "rule_", kSuffix)),
                         [](const auto& row) { return golden_name(row.param, kSuffix); });

class ListFileGoldenTest : public ::testing::TestWithParam<std::string> {};

// The name of the input begins with the type of the list, and may go on with its format:
// list_domain_*.txt, list_domain_csv_*.txt; list_domain_csv_skip_*.txt leaves out bad entries.
TEST_P(ListFileGoldenTest, SaysWhatIsWrongAndWhere) {
  const std::string file = golden_name(GetParam(), "");
  const std::string text = golden_read(GetParam());
  ListDef list;
  list.name = "listed";
  list.entries_max = 8;
  list.rule_file = "listed.rules.yaml";
  list.span = {4, 3, 6};
  const auto types = list_type_names();
  for (size_t i = 0; i < types.size(); ++i) {
    if (file.starts_with(fmt::format("list_{}_", types[i]))) list.type = static_cast<ListType>(i);
  }
  const auto formats = list_format_names();
  for (size_t i = 0; i < formats.size(); ++i) {
    if (file.find(fmt::format("_{}_", formats[i])) == std::string::npos) continue;
    list.format = static_cast<ListFormat>(i);
  }
  list.skips_bad = file.find("_skip_") != std::string::npos;
  list.columns.source = {"provider", true};
  Diagnostics diagnostics;
  read_list_text(file, text, kToday, list, diagnostics);
  std::string got;
  sort_diagnostics(diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) {
    got += render(diagnostic, {{file, text}}) + "\n";
  }
  expect_golden(GetParam().substr(0, GetParam().size() - kListSuffix.size()) + ".out", got);
}

INSTANTIATE_TEST_SUITE_P(Files, ListFileGoldenTest,
                         ::testing::ValuesIn(golden_inputs("diagnostics", "list_", kListSuffix)),
                         [](const auto& row) { return golden_name(row.param, kListSuffix); });

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
