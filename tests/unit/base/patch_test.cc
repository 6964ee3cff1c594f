#include "base/patch.h"

#include <gtest/gtest.h>

#include "base/line_diff.h"

namespace sieve {
namespace {

Diagnostic patch(SourceSpan span, std::string replacement, std::string file = "a") {
  Diagnostic out;
  out.file = std::move(file);
  out.span = span;
  out.replacement = std::move(replacement);
  return out;
}

struct PatchRow {
  const char* name;
  const char* text;
  Diagnostics patches;
  const char* want;
  size_t applied;
};

class PatchTest : public ::testing::TestWithParam<PatchRow> {};

TEST_P(PatchTest, ReplacesThePlacesAndNothingElse) {
  const Patched got = apply_patches("a", GetParam().text, GetParam().patches);
  EXPECT_EQ(got.text, GetParam().want);
  EXPECT_EQ(got.applied, GetParam().applied);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PatchTest,
    ::testing::ValuesIn<PatchRow>({
        {"none", "a\r\nb", {}, "a\r\nb", 0},
        {"no_text", "", {}, "", 0},
        {"one", "one two\n", {patch({1, 5, 3}, "2")}, "one 2\n", 1},
        {"out_of_order", "ab\ncd\n", {patch({2, 1, 1}, "x"), patch({1, 2, 1}, "y")}, "ay\nxd\n", 2},
        {"characters_not_bytes", "กู้ x y", {patch({1, 7, 1}, "z")}, "กู้ x z", 1},
        {"behind_a_mark", "\xEF\xBB\xBFxy", {patch({1, 1, 1}, "z")}, "\xEF\xBB\xBFzy", 1},
        {"overlapping", "abcd", {patch({1, 2, 2}, "x"), patch({1, 3, 2}, "y")}, "axd", 1},
        {"at_the_same_place", "abcd", {patch({1, 2, 2}, "x"), patch({1, 2, 2}, "y")}, "axd", 1},
        {"side_by_side", "abcd", {patch({1, 1, 2}, "x"), patch({1, 3, 2}, "y")}, "xy", 2},
        {"up_to_the_end_of_the_line", "ab\ncd", {patch({1, 2, 9}, "x")}, "ax\ncd", 1},
        {"of_another_file", "ab", {patch({1, 1, 1}, "x", "b")}, "ab", 0},
        {"of_the_whole_file", "ab", {patch({}, "x")}, "ab", 0},
        {"beyond_the_last_line", "ab", {patch({2, 1, 1}, "x")}, "ab", 0},
        {"bytes_that_are_no_character", "\xFF\xFF z", {patch({1, 4, 1}, "x")}, "\xFF\xFF x", 1},
    }),
    [](const auto& row) { return row.param.name; });

struct DiffRow {
  const char* name;
  const char* before;
  const char* after;
  const char* want;
};

class LineDiffTest : public ::testing::TestWithParam<DiffRow> {};

TEST_P(LineDiffTest, ShowsChangedLines) {
  EXPECT_EQ(line_diff("f", GetParam().before, GetParam().after), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, LineDiffTest,
    ::testing::ValuesIn<DiffRow>({
        {"same", "a\n", "a\n", ""},
        {"one_line", "a\nb\nc\n", "a\nx\nc\n", "--- f\n+++ f\n@@ -2 +2 @@\n-b\n+x\n"},
        {"two_places", "a\nb\nc\nd\n", "x\nb\ny\nz\n",
         "--- f\n+++ f\n@@ -1 +1 @@\n-a\n+x\n@@ -3,2 +3,2 @@\n-c\n-d\n+y\n+z\n"},
        {"a_line_more", "a\nc\n", "a\nb\nc\n", "--- f\n+++ f\n@@ -1,0 +2 @@\n+b\n"},
        {"a_line_less", "a\nb\nc\n", "a\nc\n", "--- f\n+++ f\n@@ -2 +1,0 @@\n-b\n"},
        {"from_nothing", "", "a\n", "--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n"},
        {"line_feed_at_the_end", "a", "a\n",
         "--- f\n+++ f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
        {"equal_lines_around_what_goes", "a\na\na\n", "a\na\n",
         "--- f\n+++ f\n@@ -3 +2,0 @@\n-a\n"},
    }),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace sieve
