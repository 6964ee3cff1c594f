// What `rules fmt` does to a file: tests/golden/format, and what holds for every file.
#include "rule/format.h"

#include <gtest/gtest.h>

#include <random>

#include "golden/golden.h"
#include "rule/format_steps.h"
#include "support/effort.h"

namespace sieve {
namespace {

using testing::expect_golden;
using testing::golden_inputs;
using testing::golden_name;
using testing::golden_read;

// The formatted text, or what is wrong with it.
std::string formatted(const std::string& text) {
  const auto out = format_rule_file("a.rules.yaml", text);
  if (out) return *out;
  std::string problems = "refused\n";
  for (const Diagnostic& d : out.error()) problems += render(d, {{"a.rules.yaml", text}});
  return problems;
}

class FormatGoldenTest : public ::testing::TestWithParam<std::string> {};

TEST_P(FormatGoldenTest, WritesItTheOneWay) {
  const std::string got = formatted(testing::golden_unescaped(golden_read(GetParam())));
  expect_golden(GetParam().substr(0, GetParam().size() - 5) + ".out", got);
  EXPECT_EQ(formatted(got), got);
}

INSTANTIATE_TEST_SUITE_P(Files, FormatGoldenTest,
                         ::testing::ValuesIn(golden_inputs("format", "", ".yaml")),
                         [](const auto& row) { return golden_name(row.param, ".yaml"); });

TEST(FormatTest, WhatIsNoYamlIsRefusedWithItsProblems) {
  const auto out = format_rule_file("a.rules.yaml", "rules:\n  - id: a\n   title: b\n");
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().front().code, "Y001");
}

std::vector<std::string> shipped_files() {
  return list_files(std::string(SIEVE_SOURCE_DIR) + "/rules", ".rules.yaml").value();
}

TEST(FormatTest, ShippedRulesAreFormatted) {
  ASSERT_FALSE(shipped_files().empty());
  for (const std::string& file : shipped_files()) {
    const std::string text = golden_read(file);
    EXPECT_EQ(formatted(text), text) << file;
  }
}

// Texts of all kinds: what ships, and what the diagnostics are tested with.
std::vector<std::string> all_texts() {
  std::vector<std::string> files = shipped_files();
  for (const char* directory : {"diagnostics", "format"}) {
    for (std::string& file : golden_inputs(directory, "", ".yaml")) files.push_back(file);
  }
  std::vector<std::string> texts;
  for (const std::string& file : files) texts.push_back(golden_read(file));
  return texts;
}

// A line that is indented `factor` times as far, its dash included.
std::string indented(std::string_view line, size_t factor) {
  const size_t indent = std::min(line.find_first_not_of(' '), line.size());
  std::string out(indent * factor, ' ');
  line.remove_prefix(indent);
  if (line.starts_with("- ")) {
    out += "-" + std::string(2 * factor - 1, ' ');
    line.remove_prefix(2);
  }
  return out.append(line);
}

// `text` with `change` of each line.
template <typename Change>
std::string with_lines(std::string_view text, Change change) {
  std::string out;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    out += change(line);
  }
  return out;
}

// A text whose author is careless with white space: lines end in spaces and carriage returns and
// have empty ones and comments between.
std::string careless(const std::string& text, std::mt19937& random) {
  const size_t factor = 1 + random() % 3;
  return with_lines(text, [&](std::string_view line) {
    std::string out;
    if (random() % 16 == 0) out += std::string(random() % 12, ' ') + "# careless\n";
    if (random() % 8 == 0) out += "\n";
    out += indented(line, factor);
    if (random() % 8 == 0) out += "  ";
    return out + (random() % 16 == 0 ? "\r\n" : "\n");
  });
}

TEST(FormatTest, IsStableWhateverItIsGiven) {
  size_t formatted_texts = 0;
  const std::vector<std::string> texts = all_texts();
  const auto seeds = static_cast<uint32_t>(testing::effort(20, 4));
  for (uint32_t seed = 0; seed < seeds; ++seed) {
    std::mt19937 random(seed);
    for (const std::string& text : texts) {
      const std::string changed = careless(text, random);
      const auto once = format_rule_file("a.rules.yaml", changed);
      if (!once) {
        ASSERT_FALSE(once.error().empty()) << seed << "\n" << changed;
        EXPECT_EQ(once.error().front().code.front(), 'Y') << seed << "\n" << changed;
        continue;
      }
      ++formatted_texts;
      ASSERT_EQ(formatted(*once), *once) << seed << "\n" << changed;
    }
  }
  EXPECT_GT(formatted_texts, texts.size() * seeds / 2);
}

TEST(FormatTest, IndentationLeavesNoTrace) {
  for (const std::string& file : shipped_files()) {
    const std::string wide = with_lines(
        golden_read(file), [](std::string_view line) { return indented(line, 3) + "\n"; });
    EXPECT_NE(wide, golden_read(file));
    EXPECT_EQ(formatted(wide), golden_read(file)) << file;
  }
}

struct ContentRow {
  const char* name;
  const char* a;
  const char* b;
  bool same;
};

class SameContentTest : public ::testing::TestWithParam<ContentRow> {};

TEST_P(SameContentTest, KnowsWhatIsSaid) {
  const auto a = parse_yaml("a", GetParam().a);
  const auto b = parse_yaml("b", GetParam().b);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(same_content(a->root(), b->root()), GetParam().same);
  EXPECT_EQ(same_content(b->root(), a->root()), GetParam().same);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SameContentTest,
    ::testing::ValuesIn<ContentRow>({
        {"empty", "", "", true},
        {"flow_and_block", "a: [b]", "a:\n  - b", true},
        {"another_text", "a: b", "a: c", false},
        {"text_and_list", "a: b", "a: [b]", false},
        {"quotes_of_another_kind", "a: 'b'", "a: \"b\"", true},
        {"quotes_that_make_it_a_text", "a: 1", "a: '1'", false},
        {"keys_of_a_rule", "rules: [{ a: 1, b: 2 }]", "rules: [{ b: 2, a: 1 }]", true},
        {"keys_of_the_file", "a: 1\nb: 2", "b: 2\na: 1", false},
        {"keys_of_patterns", "rules: [{ p: { a: 1, b: 2 } }]", "rules: [{ p: { b: 2, a: 1 } }]",
         false},
        {"one_item_more", "a: [b]", "a: [b, c]", false},
        {"one_key_more", "rules: [{ a: 1 }]", "rules: [{ a: 1, b: 2 }]", false},
        {"order_of_items", "a: [b, c]", "a: [c, b]", false},
    }),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace sieve
