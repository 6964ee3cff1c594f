#include "match/pattern_db.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sieve {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

PatternSpec regex(View view, std::string text) {
  return {PatternKind::kRegex, view, std::move(text)};
}

TEST(PatternDbBuilderTest, EqualSpecsShareAnId) {
  PatternDbBuilder builder;
  const PatternId first = builder.add({PatternKind::kWords, View::kWords, "fee"});
  const PatternId other = builder.add({PatternKind::kLiteral, View::kText, "fee"});
  EXPECT_EQ(builder.add({PatternKind::kWords, View::kWords, "fee"}), first);
  EXPECT_NE(first, other);
  EXPECT_EQ(builder.pattern_count(), 2U);
}

struct FailureRow {
  const char* name;
  PatternSpec spec;
  PatternProblem want;
  const char* message;
  const char* fragment;
};

class FailureTest : public ::testing::TestWithParam<FailureRow> {};

TEST_P(FailureTest, IsReportedWithItsReason) {
  const FailureRow& row = GetParam();
  PatternDbBuilder builder;
  builder.add({PatternKind::kWords, View::kWords, "sound"});
  const PatternId id = builder.add(row.spec);
  const auto db = std::move(builder).build({});
  ASSERT_FALSE(db);
  ASSERT_THAT(db.error(), SizeIs(1));
  const PatternFailure& failure = db.error().front();
  EXPECT_EQ(failure.pattern, id);
  EXPECT_EQ(failure.problem, row.want);
  EXPECT_THAT(failure.message, HasSubstr(row.message));
  EXPECT_EQ(failure.fragment, row.fragment);
}

const FailureRow kFailures[] = {
    {"unclosed_group", regex(View::kText, "a(b"), PatternProblem::kSyntax, "missing )", "a(b"},
    {"back_reference", regex(View::kText, "(a)\\1"), PatternProblem::kSyntax, "escape", "\\1"},
    {"look_ahead", regex(View::kText, "a(?=b)"), PatternProblem::kSyntax, "invalid", "(?="},
    {"invalid_utf8", regex(View::kText, "a\xE0"), PatternProblem::kSyntax, "UTF-8", ""},
    {"too_many_instructions", regex(View::kText, "a[^ก]{1000}"), PatternProblem::kRefused,
     "instructions", ""},
    {"empty", regex(View::kText, ""), PatternProblem::kMatchesEmpty, "every message", ""},
    {"matches_empty", regex(View::kText, "a*"), PatternProblem::kMatchesEmpty, "every", ""},
    {"only_assertions", regex(View::kText, "^\\b$"), PatternProblem::kMatchesEmpty, "every", ""},
    {"empty_branch", regex(View::kText, "\\Qa.b\\E[cd]|"), PatternProblem::kMatchesEmpty, "every",
     ""},
    {"upper_case", regex(View::kWords, "Pay"), PatternProblem::kNeverMatches, "case-folded", "P"},
    {"contradiction", regex(View::kText, "\\.\\B0|x\\bc"), PatternProblem::kNeverMatches, "", ""},
    {"empty_phrase",
     {PatternKind::kWords, View::kWords, ""},
     PatternProblem::kEmpty,
     "folding",
     ""},
    {"phrase_starts_with_a_mark",
     {PatternKind::kWords, View::kWords, "\u0E34น"},
     PatternProblem::kNeverMatches,
     "mark",
     ""},
};

INSTANTIATE_TEST_SUITE_P(All, FailureTest, ::testing::ValuesIn(kFailures),
                         [](const auto& row) { return row.param.name; });

TEST(PatternDbBuilderTest, ReportsAllFailuresInOrder) {
  PatternDbBuilder builder;
  builder.add(regex(View::kText, "a("));
  builder.add(regex(View::kText, "fine"));
  builder.add({PatternKind::kWords, View::kWords, ""});
  builder.add(regex(View::kRaw, "b*"));
  const auto db = std::move(builder).build({});
  ASSERT_FALSE(db);
  ASSERT_THAT(db.error(), SizeIs(3));
  EXPECT_EQ(db.error()[0].pattern, PatternId(0));
  EXPECT_EQ(db.error()[1].pattern, PatternId(2));
  EXPECT_EQ(db.error()[2].pattern, PatternId(3));
}

}  // namespace
}  // namespace sieve
