// Macros: named conditions, shared by the files of a set.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rule/macro_def.h"
#include "rule/parse.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Read {
  Definitions definitions;
  RuleFile file;
  Diagnostics diagnostics;

  std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (const Diagnostic& diagnostic : diagnostics) out.push_back(diagnostic.code);
    return out;
  }
};

// One file with `macros` and a rule on messages with the pattern `lure` and `condition`.
Read read(std::string_view macros, std::string_view condition) {
  Read out;
  const std::string text = fmt::format(
      "format: 1\nnamespace: demo\nmacros:\n{}rules:\n  - id: R\n    title: t\n    class: c\n"
      "    status: test\n    score: 1\n    patterns: {{ lure: {{ words: jackpot }} }}\n"
      "    condition: |\n      {}\n    tests:\n"
      "      - {{ name: a, event: {{ text: a }}, expect: {{ match: true }} }}\n"
      "      - {{ name: b, event: {{ text: b }}, expect: {{ match: false }} }}\n",
      macros, condition);
  out.file = parse_rule_file("f", text, out.definitions, out.diagnostics);
  return out;
}

std::string printed(const Read& read) {
  if (read.file.rules.size() != 1) return fmt::format("{} rules", read.file.rules.size());
  ExpressionScope scope;
  scope.patterns = {"lure"};
  return print_expression(read.file.rules[0].condition, scope);
}

struct PrintRow {
  const char* name;
  const char* macros;
  const char* condition;
  const char* want;
};
class MacroTest : public ::testing::TestWithParam<PrintRow> {};

TEST_P(MacroTest, StandsForItsCondition) {
  const Read got = read(GetParam().macros, GetParam().condition);
  EXPECT_THAT(got.codes(), IsEmpty());
  EXPECT_EQ(printed(got), GetParam().want);
}

const PrintRow kRows[] = {
    {"Field", "  bulk: msg.to.count >= 20\n", "lure and bulk", "lure and msg.to.count >= 20"},
    {"Link", "  odd: any url where url.is_ip\n", "lure and odd",
     "lure and any url where url.is_ip"},
    {"KeepsItsParts", "  either: msg.hour < 5 or msg.hour > 22\n", "lure and either",
     "lure and (msg.hour < 5 or msg.hour > 22)"},
    {"Negated", "  either: msg.hour < 5 or msg.hour > 22\n", "lure and not either",
     "lure and not (msg.hour < 5 or msg.hour > 22)"},
    {"InAQuantity", "  night: msg.hour < 5\n", "2 of (lure, night)", "all of (lure, msg.hour < 5)"},
    {"Twice", "  night: msg.hour < 5\n", "lure and night or night and msg.text_cut",
     "lure and msg.hour < 5 or msg.hour < 5 and msg.text_cut"},
    {"OfAnotherBelow", "  a: b and msg.text_cut\n  b: msg.hour < 5 or msg.incomplete\n",
     "lure and a", "lure and ((msg.hour < 5 or msg.incomplete) and msg.text_cut)"},
    {"OfAnotherAlone", "  a: b\n  b: c\n  c: msg.text_cut\n", "lure and a",
     "lure and msg.text_cut"},
    {"BooleanField", "  cut: msg.text_cut\n", "lure and cut", "lure and msg.text_cut"},
};
INSTANTIATE_TEST_SUITE_P(Rows, MacroTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(MacrosTest, NodesKnowTheirMacroAndTheirPlace) {
  const Read got = read("  a: b and msg.text_cut\n  b: msg.incomplete\n", "lure and a");
  ASSERT_EQ(got.file.rules.size(), 1U);
  const std::vector<ExprNode>& nodes = got.file.rules[0].condition.nodes;
  std::vector<uint32_t> macros;
  std::vector<uint32_t> lines;
  for (const ExprNode& node : nodes) {
    macros.push_back(node.macro);
    lines.push_back(node.span.line);
  }
  // lure, msg.incomplete of b, msg.text_cut and `and` of a, `and` of the rule.
  EXPECT_THAT(macros, ElementsAre(0, 2, 1, 1, 0));
  EXPECT_THAT(lines, ElementsAre(14, 5, 4, 4, 14));
}

// One with errors is reported once, where it stands, and not where it is used.
TEST(MacrosTest, ErrorsAreReportedOnce) {
  const Read got = read("  bad: msg.houre < 5\n  worse: bad and msg.text_cut\n", "lure and worse");
  EXPECT_THAT(got.codes(), ElementsAre("R012"));
  EXPECT_EQ(got.diagnostics[0].span.line, 4U);
  EXPECT_THAT(got.file.rules, IsEmpty());
}

TEST(MacrosTest, ACircleIsReportedOnce) {
  const Read got =
      read("  z: a\n  a: b or msg.text_cut\n  b: c\n  c: msg.incomplete and a\n", "lure and z");
  EXPECT_THAT(got.codes(), ElementsAre("R080"));
  EXPECT_EQ(got.diagnostics[0].related.size(), 2U);
  const Read alone = read("  a: not a\n", "lure and a");
  EXPECT_THAT(alone.codes(), ElementsAre("R080"));
  EXPECT_THAT(alone.diagnostics[0].related, IsEmpty());
}

TEST(MacrosTest, EachCircleIsReported) {
  const Read got = read("  a: b\n  b: a\n  c: d\n  d: c\n", "lure and a and c");
  EXPECT_THAT(got.codes(), ElementsAre("R080", "R080"));
}

TEST(MacrosTest, AreNotLookedForWithinStrings) {
  const Read got = read("  a: msg.lang == 'b'\n  b: msg.lang == 'a'\n", "lure and a and not b");
  EXPECT_THAT(got.codes(), IsEmpty());
}

// A macro doubles its like up to the limit, and not beyond.
TEST(MacrosTest, AreBoundedAsExpressionsAre) {
  std::string macros = "  m0: msg.text_cut or msg.incomplete\n";
  for (int i = 1; i < 20; ++i) macros += fmt::format("  m{0}: m{1} or m{1}\n", i, i - 1);
  const Read got = read(macros, "lure and m19");
  EXPECT_THAT(got.codes(), ElementsAre("R016"));
}

TEST(MacrosTest, MustBeMaps) {
  EXPECT_THAT(read("  []\n", "lure").codes(), ElementsAre("R003"));
  EXPECT_THAT(read("  a: [msg.text_cut]\n", "lure and a").codes(), ElementsAre("R003"));
}

}  // namespace
}  // namespace sieve
