#include "match/byte_regex.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <optional>
#include <string>
#include <vector>

#include "match/compile_here.h"
#include "match/database.h"
#include "unit/match/generator.h"

namespace sieve {
namespace {

using ::sieve::testing::Generator;

re2::RE2::Options quiet() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(true);
  return options;
}

struct RewriteRow {
  const char* name;
  const char* input;
  const char* want;
};

class RewriteTest : public ::testing::TestWithParam<RewriteRow> {};

TEST_P(RewriteTest, GivesTheByteExpression) {
  ASSERT_TRUE(re2::RE2(GetParam().input, quiet()).ok());
  const auto got = to_byte_regex(GetParam().input, View::kWords);
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->expression, GetParam().want);
}

constexpr RewriteRow kRewrites[] = {
    {"empty", "", ""},
    {"plain_letters", "on hold", "on hold"},
    {"punctuation_is_escaped", "a\\.b-c", "a\\x2eb\\x2dc"},
    {"groups_are_not_captured", "(a|b)(?P<n>c)(?:d)", "(?:a|b)(?:c)(?:d)"},
    {"ascii_repeats_stay", "a*b+c?d{2,3}e{4,}", "a*b+c?d{2,3}e{4,}"},
    {"lazy_is_greedy", "a*?b{1,2}?", "a*b{1,2}"},
    {"ascii_class_stays", "[a-c_]{0,9}", "[\\x5f\\x61-\\x63]{0,9}"},
    {"closing_bracket_first", "[]a]", "[\\x5d\\x61]"},
    {"dash_last", "[a-]", "[\\x2d\\x61]"},
    {"digits", "\\d", "[\\x30-\\x39]"},
    {"posix_class", "[[:digit:]]", "[\\x30-\\x39]"},
    {"non_ascii_literal", "ไป", "\\xe0\\xb9\\x84\\xe0\\xb8\\x9b"},
    {"non_ascii_literal_repeated", "é{2}", "(?:\\xc3\\xa9){2}"},
    {"thai_class", "[ก-ฮ]", "[\\x81-\\xae\\xb8\\xe0]{3}"},
    {"thai_class_repeated", "[ก-ฮ]+", "[\\x81-\\xae\\xb8\\xe0]{3,}"},
    {"sizes_differ", "[aé]{0,5}", "[\\x61\\xa9\\xc3]{0,10}"},
    {"anything_takes_up_to_four_bytes", "a.{0,9}b", "a[\\x00-\\xbf\\xc2-\\xf4]{0,36}b"},
    {"complement_reaches_beyond_ascii", "[^\\x00-y]", "[\\x7a-\\xbf\\xc2-\\xf4]{1,4}"},
    {"anchors", "^a$", "^a\\z"},
    {"repeated_assertion", "a\\b*b", "a(?:)b"},
    {"quoted", "\\Qa.b*\\E+", "a\\x2eb\\x2a+"},
    {"brace_is_a_character", "a{,2}", "a\\x7b\\x2c2\\x7d"},
    {"octal_and_hex", "\\141\\x62\\x{63}", "abc"},
};

INSTANTIATE_TEST_SUITE_P(All, RewriteTest, ::testing::ValuesIn(kRewrites),
                         [](const auto& row) { return row.param.name; });

struct ProblemRow {
  const char* name;
  const char* input;
  View view;
  PatternProblem want;
  const char* fragment;
};

class ProblemTest : public ::testing::TestWithParam<ProblemRow> {};

TEST_P(ProblemTest, IsFoundAtItsPlace) {
  const auto got = to_byte_regex(GetParam().input, GetParam().view);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().problem, GetParam().want);
  EXPECT_EQ(got.error().fragment, GetParam().fragment);
  EXPECT_FALSE(got.error().message.empty());
}

constexpr ProblemRow kProblems[] = {
    {"flags", "(?i)pay", View::kText, PatternProblem::kFlags, "(?i)"},
    {"flag_group", "a(?s:.)", View::kText, PatternProblem::kFlags, "(?s:"},
    {"any_byte", "a\\Cb", View::kText, PatternProblem::kSyntax, "\\C"},
    {"upper_case_letter", "Pay", View::kWords, PatternProblem::kNeverMatches, "P"},
    {"upper_case_class", "a[A-Z]", View::kText, PatternProblem::kNeverMatches, "[A-Z]"},
    {"folded_letter", "ｐay", View::kText, PatternProblem::kNeverMatches, "ｐ"},
    {"empty_class", "a[^\\x00-\\x{10FFFF}]", View::kRaw, PatternProblem::kNeverMatches,
     "[^\\x00-\\x{10FFFF}]"},
    {"boundary_before_non_ascii", "\\bö", View::kText, PatternProblem::kWordBoundary, "\\b"},
    {"boundary_after_non_ascii", "ö\\b", View::kText, PatternProblem::kWordBoundary, "\\b"},
    {"boundary_next_to_thai_class", "[ก-ฮ]+\\b", View::kText, PatternProblem::kWordBoundary, "\\b"},
};

INSTANTIATE_TEST_SUITE_P(All, ProblemTest, ::testing::ValuesIn(kProblems),
                         [](const auto& row) { return row.param.name; });

TEST(ByteRegexTest, RawViewKeepsItsUpperCase) { EXPECT_TRUE(to_byte_regex("Pay", View::kRaw)); }

TEST(ByteRegexTest, BoundaryInAnotherBranchIsFine) {
  EXPECT_TRUE(to_byte_regex("ö|\\ba", View::kText));
}

TEST(ByteRegexTest, ReadingNeverRunsPastABrokenExpression) {
  for (const char* broken :
       {"(",   "(?",   "(?P<", "[",   "[^",   "[[:", "[[:alpha", "\\",  "\\x", "\\x{",
        "\\p", "\\p{", "{",    "a{1", "a{1,", "[a-", "[\\",      "\\Q", "(?i", "\xE0"}) {
    to_byte_regex(broken, View::kRaw);
  }
}

// Compiled as PatternDb does it: the loose form when the other is refused.
std::optional<Database> compile(const ByteRegex& regex) {
  const BytePattern forms[] = {{0, regex.expression, false}, {0, regex.loose_expression, true}};
  for (const BytePattern& form : forms) {
    const auto database = compile_here({PatternSyntax::kRegex, {form}});
    if (database) return Database::deserialise(*database);
    if (database.error().message == kNeverMatchesReason) break;
  }
  return std::nullopt;
}

TEST(ByteRegexTest, FindsASupersetOfWhatRe2Finds) {
  SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << testing::seed());
  Generator generator(testing::seed());
  size_t compiled = 0;
  size_t refused = 0;
  size_t matched = 0;
  for (int round = 0; round < 1'000; ++round) {
    const std::string regex = generator.regex();
    const re2::RE2 re2(regex, quiet());
    if (!re2.ok()) continue;
    const auto bytes = to_byte_regex(regex, View::kRaw);
    if (!bytes || re2::RE2::FullMatch("", re2::RE2(bytes->without_assertions, quiet()))) continue;
    const auto database = compile(*bytes);
    ++(database ? compiled : refused);
    Scratch scratch;
    if (database) database->grow(scratch);
    for (int i = 0; i < 60; ++i) {
      const std::string text = generator.text(24);
      if (!re2::RE2::PartialMatch(text, re2)) continue;
      ++matched;
      ASSERT_TRUE(database) << regex << " was refused and matches `" << text << "`";
      std::vector<RawMatch> found;
      database->scan(text, scratch, found);
      ASSERT_EQ(found.size(), 1U) << regex << " -> " << bytes->expression << " in `" << text << "`";
    }
  }
  EXPECT_GT(compiled, 500U);
  EXPECT_LT(refused, compiled / 20);
  EXPECT_GT(matched, 2'000U);
}

}  // namespace
}  // namespace sieve
