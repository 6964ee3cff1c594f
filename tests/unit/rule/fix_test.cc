// What `rules fix` does: over every input of the diagnostics, and over cases of its own.
#include "rule/fix.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/patch.h"
#include "golden/golden.h"
#include "unit/stream/temporary_directory.h"

namespace sieve {
namespace {

using testing::golden_inputs;
using testing::golden_read;

bool has_any_patch(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), has_patch);
}

// What is wrong with the rule file `text`.
Diagnostics problems_of(const std::string& text) {
  Diagnostics diagnostics;
  parse_rule_file("a.rules.yaml", text, diagnostics);
  return diagnostics;
}

// The patches that could still be applied to `text`.
size_t count_applicable(const std::string& text) {
  size_t count = 0;
  for (const Diagnostic& problem : problems_of(text)) {
    if (!has_patch(problem)) continue;
    count += parse_yaml("a", apply_patches("a.rules.yaml", text, {problem}).text) ? 1 : 0;
  }
  return count;
}

TEST(FixTest, AfterItNoPatchIsLeftAndOtherFilesAreNotTouched) {
  size_t patched = 0;
  for (const std::string& input : golden_inputs("diagnostics", "rule_", ".yaml")) {
    const std::string text = golden_read(input);
    const FixedRules fixed = fix_rules({input}, "");
    EXPECT_EQ(fixed.files.size(), has_any_patch(problems_of(text)) ? 1U : 0U) << input;
    for (const FixedFile& file : fixed.files) {
      ++patched;
      EXPECT_EQ(file.before, text);
      EXPECT_NE(file.after, text);
      EXPECT_EQ(count_applicable(file.after), 0U) << input << "\n" << file.after;
      EXPECT_EQ(fixed.left > 0, has_any_patch(problems_of(file.after))) << input;
    }
    EXPECT_EQ(golden_read(input), text) << "fix_rules writes nothing";
  }
  EXPECT_GT(patched, 8U);
}

constexpr std::string_view kHead =
    "format: 1\nnamespace: test\nrules:\n"
    "  - id: a\n    title: A\n    class: c\n    score: 1\n";

struct Row {
  const char* name;
  const char* before;
  const char* after;
  size_t left;
};

class FixRowTest : public ::testing::TestWithParam<Row> {};

TEST_P(FixRowTest, MendsWhatItCan) {
  const TemporaryDirectory directory;
  const std::string head(kHead);
  const std::string file = directory.write("a.rules.yaml", head + GetParam().before);
  const FixedRules fixed = fix_rules({file}, "");
  const std::string after = fixed.files.empty() ? head + GetParam().before : fixed.files[0].after;
  EXPECT_EQ(after, head + GetParam().after);
  EXPECT_EQ(fixed.left, GetParam().left);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, FixRowTest,
    ::testing::ValuesIn<Row>({
        {"nothing_to_mend", "    condition: msg.url.count >= 1\n",
         "    condition: msg.url.count >= 1\n", 0},
        {"without_a_line_feed_at_the_end", "    condition: msg.url.cuont >= 1",
         "    condition: msg.url.count >= 1", 0},
        {"carriage_returns_stay", "    conditoin: msg.url.count >= 1\r\n",
         "    condition: msg.url.count >= 1\r\n", 0},
        {"two_in_a_line", "    condition: msg.url.cuont >= 1 and msg.hoor < 5\n",
         "    condition: msg.url.count >= 1 and msg.hour < 5\n", 0},
        {"one_behind_another", "    conditoin: msg.url.cuont >= 1\n",
         "    condition: msg.url.count >= 1\n", 0},
        {"wide_characters_before_it",
         "    patterns: { a: { words: [กู้เงิน, Loan, ЗАЙМ] } }\n    condition: a\n",
         "    patterns: { a: { words: [กู้เงิน, loan, займ] } }\n    condition: a\n", 0},
        {"a_letter_of_a_regular_expression",
         "    patterns: { a: { re: 'Pay Now' } }\n    condition: a\n",
         "    patterns: { a: { re: 'pay now' } }\n    condition: a\n", 0},
        {"no_place_for_a_part_where_escapes_are",
         "    patterns: { a: { re: \"\\u0030Pay\" } }\n    condition: a\n",
         "    patterns: { a: { re: \"\\u0030Pay\" } }\n    condition: a\n", 0},
        {"nor_in_lines_that_are_joined",
         "    condition: msg.hour < 5\n      and msg.url.cuont >= 1\n",
         "    condition: msg.hour < 5\n      and msg.url.cuont >= 1\n", 0},
        {"quotes_of_the_other_kind", "    condition: 'msg.direction == mo'\n",
         "    condition: 'msg.direction == \"mo\"'\n", 0},
        {"and_the_other_way_round", "    condition: \"msg.direction == mo\"\n",
         "    condition: \"msg.direction == 'mo'\"\n", 0},
        {"a_key_that_is_there_and_a_mistake_behind_it",
         "    titel: B\n    condition: msg.url.cuont >= 1\n",
         "    titel: B\n    condition: msg.url.count >= 1\n", 1},
    }),
    [](const auto& row) { return row.param.name; });

TEST(FixTest, FilesAreMendedTogetherThresholdsToo) {
  const TemporaryDirectory directory;
  const std::string head(kHead);
  directory.write("a.rules.yaml", head + "    condition: msg.url.count >= 1\n");
  std::string other = head + "    condition: msg.url.cuont >= 1\n";
  other.replace(other.find("id: a"), 5, "id: b");
  const std::string second = directory.write("b.rules.yaml", other);
  const std::string thresholds = directory.write("thresholds.yaml", "reveiw: 3\n");
  const FixedRules fixed = fix_rules({directory.path("")}, thresholds);
  ASSERT_EQ(fixed.files.size(), 2U);
  EXPECT_EQ(fixed.files[1].file, thresholds);
  EXPECT_EQ(fixed.files[1].after, "review: 3\n");
  EXPECT_EQ(fixed.patches, 2U);
  EXPECT_FALSE(has_errors(fixed.diagnostics));
}

constexpr std::string_view kList =
    "format: 1\nnamespace: test\nlists:\n  bad: { TYPE: domain, file: bad.txt }\nrules:\n"
    "  - id: a\n    title: A\n    class: c\n    score: 1\n"
    "    condition: any url where url.host in bad\n";

std::string list_of_type(std::string_view key) {
  std::string text(kList);
  return text.replace(text.find("TYPE"), 4, key);
}

// A list is plain text: the `@` would be no YAML.
constexpr std::string_view kWrittenEntries =
    "# Seen: @ noon\n*.win.example\nhttps://spin.example/join  source=a\nbad.example\n";
constexpr std::string_view kMendedEntries =
    "# Seen: @ noon\nwin.example\nspin.example  source=a\nbad.example\n";

TEST(FixTest, TheFileOfAListIsMendedOnce) {
  const TemporaryDirectory directory;
  const std::string rules = directory.write("a.rules.yaml", list_of_type("type"));
  const std::string list = directory.write("bad.txt", kWrittenEntries);
  const FixedRules fixed = fix_rules({rules}, "");
  EXPECT_EQ(fixed.patches, 2U);
  EXPECT_EQ(fixed.left, 0U);
  ASSERT_EQ(fixed.files.size(), 1U);
  EXPECT_EQ(fixed.files[0].file, list);
  EXPECT_EQ(fixed.files[0].before, kWrittenEntries);
  EXPECT_EQ(fixed.files[0].after, kMendedEntries);
  EXPECT_FALSE(has_errors(fixed.diagnostics));
}

TEST(FixTest, AListThatOnlyAPatchMakesReadableIsMendedToo) {
  const TemporaryDirectory directory;
  const std::string rules = directory.write("a.rules.yaml", list_of_type("tpye"));
  const std::string list = directory.write("bad.txt", kWrittenEntries);
  const FixedRules fixed = fix_rules({rules}, "");
  EXPECT_EQ(fixed.patches, 3U);
  ASSERT_EQ(fixed.files.size(), 2U);
  EXPECT_EQ(fixed.files[0].after, list_of_type("type"));
  EXPECT_EQ(fixed.files[1].after, kMendedEntries);
}

TEST(FixTest, TwoListsOfOneFileMendItOnce) {
  const TemporaryDirectory directory;
  std::string text = list_of_type("type");
  const std::string_view first = "  bad: { type: domain, file: bad.txt }\n";
  text.insert(text.find(first), "  bad_too: { type: domain, file: bad.txt }\n");
  const std::string rules = directory.write("a.rules.yaml", text);
  directory.write("bad.txt", kWrittenEntries);
  const FixedRules fixed = fix_rules({rules}, "");
  EXPECT_EQ(fixed.patches, 2U);
  ASSERT_EQ(fixed.files.size(), 1U);
  EXPECT_EQ(fixed.files[0].after, kMendedEntries);
}

TEST(FixTest, WhatCannotBeReadIsReported) {
  const FixedRules fixed = fix_rules({"/nonexistent/a.rules.yaml"}, "");
  EXPECT_TRUE(fixed.files.empty());
  EXPECT_TRUE(has_errors(fixed.diagnostics));
}

}  // namespace
}  // namespace sieve
