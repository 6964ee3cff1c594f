// The named groups that a regular expression has, and which of them may take no part in a match.
#include "rule/regex_groups.h"

#include <gtest/gtest.h>

#include <string>

namespace sieve {
namespace {

// `sum cur?`: the names, with a question mark where the group may be unset.
std::string groups_of(std::string_view regex) {
  std::string out;
  for (const RegexGroup& group : named_groups(regex)) {
    EXPECT_EQ(regex.substr(group.begin, group.name.size()), group.name);
    out += (out.empty() ? "" : " ") + std::string(group.name) + (group.may_be_unset ? "?" : "");
  }
  return out;
}

struct Row {
  const char* name;
  const char* regex;
  const char* want;
};
class RegexGroupsTest : public ::testing::TestWithParam<Row> {};

TEST_P(RegexGroupsTest, FindsThem) { EXPECT_EQ(groups_of(GetParam().regex), GetParam().want); }

constexpr Row kRows[] = {
    {"none", "pay (?:now|later) (usd)", ""},
    {"one", "pay (?P<sum>[0-9]+)", "sum"},
    {"two", "(?P<sum>[0-9]+) (?P<cur>usd|baht)", "sum cur"},
    {"nested", "(?P<all>(?P<sum>[0-9]+) usd)", "all sum"},
    {"alternative", "(?P<sum>[0-9]+) usd|pay now", "sum?"},
    {"alternative_in_a_group", "(?:(?P<sum>[0-9]+) usd|nothing) today (?P<who>[a-z]+)", "sum? who"},
    {"alternatives_inside_of_it", "(?P<cur>usd|baht)", "cur"},
    {"alternatives_around_an_inner_one", "(?P<all>(?P<sum>[0-9]+)|none)", "all sum?"},
    {"optional", "pay(?P<sum> [0-9]+)?", "sum?"},
    {"optional_group_around", "pay(?: (?P<sum>[0-9]+) usd)? now", "sum?"},
    {"repeated", "(?P<word>[a-z] )*x (?P<more>[a-z] )+y", "word? more"},
    {"repeated_from_zero", "(?P<word>[a-z] ){0,3}x (?P<more>[a-z] ){1,3}", "word? more"},
    {"repeated_as_often", "(?P<word>[a-z] ){0}x", "word?"},
    {"in_a_class", "[(?P<no>|]+(?P<sum>[0-9]+)", "sum"},
    {"class_with_a_bracket", "[](|]+(?P<sum>[0-9]+)", "sum"},
    {"negated_class_with_a_bracket", "[^](|]+(?P<sum>[0-9]+)", "sum"},
    {"named_class", "[[:alpha:](|]+(?P<sum>[0-9]+)", "sum"},
    {"escaped", "\\(?P<no>\\|(?P<sum>[0-9]+)", "sum"},
    {"escaped_in_a_class", "[\\]|(]+(?P<sum>[0-9]+)", "sum"},
    {"quoted", "\\Q(?P<no>|\\E(?P<sum>[0-9]+)", "sum"},
    {"never_closed", "(?P<sum", "sum"},
    {"closed_too_often", "a))(?P<sum>[0-9]+)", "sum"},
    {"class_never_closed", "(?P<sum>[0-9", "sum"},
    {"escape_at_the_end", "(?P<sum>x)\\", "sum"},
};

INSTANTIATE_TEST_SUITE_P(All, RegexGroupsTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace sieve
