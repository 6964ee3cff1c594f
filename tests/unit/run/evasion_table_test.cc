// The table of evasions in tests/README.md says what the shipped rules lose. Its numbers are those
// of a run here; the reasons are written by people.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "golden/golden.h"
#include "run/evasion_tests.h"
#include "run/rules_loader.h"

namespace sieve {
namespace {

std::string cells_of(const EvasionRow& row) {
  return fmt::format("| `{}` | {} | {} | {} | {} | {} |", name_of(row.evasion), row.tests,
                     row.full.texts, row.full.lost, row.light.texts, row.light.lost);
}

// The evasion that a line of the document is about; null: none.
const EvasionRow* row_of(const EvasionReport& report, const std::string& line) {
  for (const EvasionRow& row : report.rows) {
    if (line.starts_with(fmt::format("| `{}` |", name_of(row.evasion)))) return &row;
  }
  return nullptr;
}

TEST(EvasionTableTest, HoldsForTheShippedRules) {
  const std::string source(SIEVE_SOURCE_DIR);
  const auto rules = compile_rules(rules_at({source + "/rules"}, {}), std::nullopt);
  ASSERT_TRUE(rules) << rules.error().text;
  const EvasionReport report = run_evasion_tests(*rules, {});
  EXPECT_EQ(report.failing, 0U);
  const std::string path = source + "/tests/README.md";
  const std::string document = testing::golden_read(path);
  std::string expected;
  std::map<std::string_view, size_t> seen;
  for (size_t at = 0; at < document.size();) {
    const size_t end = std::min(document.find('\n', at), document.size());
    const std::string line = document.substr(at, end - at);
    at = end + 1;
    if (const EvasionRow* row = row_of(report, line)) {
      const std::string reason = line.substr(line.rfind('|', line.size() - 2) + 1);
      const bool loses = row->full.lost + row->light.lost > 0;
      EXPECT_EQ(reason != "  |", loses) << "a loss has a reason: " << line;
      expected += cells_of(*row) + reason + "\n";
      ++seen[name_of(row->evasion)];
    } else {
      expected += line + "\n";
    }
  }
  for (const EvasionRow& row : report.rows) {
    EXPECT_EQ(seen[name_of(row.evasion)], 1U) << "rows of " << name_of(row.evasion);
  }
  testing::expect_golden(path, expected);
}

}  // namespace
}  // namespace sieve
