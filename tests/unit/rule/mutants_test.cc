// The mutants of each kind, by what they are called and what they come to.
#include "rule/mutants.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/limits.h"
#include "rule/parse.h"

namespace sieve {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

struct ParsedRule {
  Definitions definitions;
  RuleFile file;

  const Rule& rule() const { return file.rules.front(); }
  std::vector<Mutant> mutants() const { return mutants_of(rule(), definitions); }
};

ParsedRule parse(const std::string& yaml) {
  ParsedRule out;
  Diagnostics diagnostics;
  out.definitions.today = *parse_date("2026-01-05");
  out.file = parse_rule_file("t.rules.yaml", yaml, out.definitions, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) {
    EXPECT_EQ(diagnostic.severity, Severity::kWarning) << render(diagnostic, {});
  }
  EXPECT_EQ(out.file.rules.size(), 1U) << yaml;
  return out;
}

constexpr std::string_view kHead =
    "format: 1\n"
    "namespace: t\n"
    "macros: { late: msg.hour >= 22 or msg.hour < 5 }\n"
    "lists: { partners: { type: sender, items: [DEMOPOST] } }\n"
    "brands: { lion: { official: lion.example } }\n"
    "rules:\n";

std::string message_rule(std::string_view condition, std::string_view more = "") {
  return fmt::format(
      "{}  - id: r\n    title: R\n    class: c\n    score: 3\n"
      "    patterns:\n"
      "      a: {{ words: [alpha] }}\n      b: {{ words: [beta] }}\n      c: {{ words: [gamma] }}\n"
      "      d: {{ re: 'delta (?P<sum>[0-9]+)', view: words }}\n"
      "    condition: |\n      {}\n{}",
      kHead, condition, more);
}

std::string window_rule(std::string_view parts) {
  return fmt::format(
      "{}  - id: r\n    title: R\n    class: c\n    score: 3\n    on: call\n"
      "    window: {{ by: [call.from], over: 10m }}\n{}",
      kHead, parts);
}

std::vector<std::string> names_of(const std::vector<Mutant>& mutants) {
  std::vector<std::string> names;
  for (const Mutant& mutant : mutants) names.push_back(mutant.name);
  return names;
}

// What the condition of `rule` comes to, or what is gone of it.
std::string text_of(const ParsedRule& parsed, const Mutant& mutant) {
  const Rule rule = mutated(parsed.rule(), mutant);
  EXPECT_TRUE(rule.tests.empty());
  const ExpressionScope scope = scope_of(rule, parsed.definitions);
  const ExpressionScope records = record_scope_of(rule, parsed.definitions);
  switch (mutant.part) {
    case RulePart::kPattern:
      return rule.patterns[mutant.index].phrases[0].folded;
    case RulePart::kWhere:
      return print_expression(rule.where, records);
    case RulePart::kMeasure:
      return mutant.nodes.empty()
                 ? "count()"
                 : print_expression(rule.measures[mutant.index].predicate, records);
    case RulePart::kCondition:
      return print_expression(rule.condition, scope);
    case RulePart::kException:
      return mutant.nodes.empty() ? fmt::format("{} exceptions", rule.exceptions.size())
                                  : print_expression(rule.exceptions[mutant.index].when, records);
    case RulePart::kScorePart:
      return mutant.nodes.empty() ? fmt::format("{} parts", rule.score_parts.size())
                                  : print_expression(rule.score_parts[mutant.index].when, records);
  }
  return "";
}

struct Row {
  std::string name;
  std::string condition;
  // `mutant: what it comes to`, of mutants that are not of a pattern.
  std::vector<std::string> want;
};

const Row kRows[] = {
    {"And", "a and b", {"drop a | b", "and b -> or b | a or b", "drop b | a"}},
    {"Or", "a or b", {"drop a | b", "or b -> and b | a and b", "drop b | a"}},
    {"ChainsHaveAPartEach",
     "a and b and c",
     {"drop a | b and c", "and b -> or b | (a or b) and c", "drop b | a and c",
      "and c -> or c | a and b or c", "drop c | a and b"}},
    {"GroupsAreOnePart",
     "a and (b or c)",
     {"drop a | b or c", "and (b or c) -> or (b or c) | a or (b or c)", "drop (b or c) | a",
      "drop b | a and c", "or c -> and c | a and (b and c)", "drop c | a and b"}},
    {"Not",
     "a and not b",
     {"drop a | not b", "and not b -> or not b | a or not b", "drop not b | a",
      "not b -> b | a and b"}},
    {"Quantity",
     "2 of (a, b, c)",
     {"2 of (a, b, c) -> all of (a, b, c) | all of (a, b, c)",
      "2 of (a, b, c) -> any of (a, b, c) | any of (a, b, c)",
      "drop a from 2 of (a, b, c) | all of (b, c)", "drop b from 2 of (a, b, c) | all of (a, c)",
      "drop c from 2 of (a, b, c) | all of (a, b)"}},
    {"All",
     "all of (a, b)",
     {"all of (a, b) -> any of (a, b) | any of (a, b)", "drop a from all of (a, b) | any of (b)",
      "drop b from all of (a, b) | any of (a)"}},
    {"WholeNumbers",
     "a and msg.url.count >= 2",
     {"drop a | msg.url.count >= 2",
      "and msg.url.count >= 2 -> or msg.url.count >= 2 | a or msg.url.count >= 2",
      "drop msg.url.count >= 2 | a",
      "msg.url.count >= 2 -> msg.url.count < 2 | a and msg.url.count < 2",
      "msg.url.count >= 2 -> msg.url.count >= 3 | a and msg.url.count >= 3",
      "msg.url.count >= 2 -> msg.url.count >= 1 | a and msg.url.count >= 1"}},
    {"Counts",
     "1 <= count(a)",
     {"1 <= count(a) -> 2 <= count(a) | 2 <= count(a)",
      "1 <= count(a) -> 0 <= count(a) | 0 <= count(a)",
      "1 <= count(a) -> 1 > count(a) | 1 > count(a)"}},
    {"CountsEndAtTheirLimit",
     "count(a) >= 64",
     {"count(a) >= 64 -> count(a) < 64 | count(a) < 64",
      "count(a) >= 64 -> count(a) >= 63 | count(a) >= 63"}},
    {"FractionsHaveAnEdge",
     "a and msg.amount.max > 0.5",
     {"drop a | msg.amount.max > 0.5",
      "and msg.amount.max > 0.5 -> or msg.amount.max > 0.5 | a or msg.amount.max > 0.5",
      "drop msg.amount.max > 0.5 | a",
      "msg.amount.max > 0.5 -> msg.amount.max <= 0.5 | a and msg.amount.max <= 0.5",
      "msg.amount.max > 0.5 -> msg.amount.max >= 0.5 | a and msg.amount.max >= 0.5"}},
    {"Captures",
     "number(d.sum) == 7",
     {"number(d.sum) == 7 -> number(d.sum) != 7 | number(d.sum) != 7",
      "number(d.sum) == 7 -> number(d.sum) == 8 | number(d.sum) == 8",
      "number(d.sum) == 7 -> number(d.sum) == 6 | number(d.sum) == 6"}},
    {"TextListsAndFlags",
     "a and msg.lang == 'th' and msg.from in partners and msg.channel in ('sms', 'rcs') "
     "and msg.route.intl",
     {"msg.lang == \"th\" -> msg.lang != \"th\"",
      "msg.from in partners -> not msg.from in partners",
      "msg.channel in (\"sms\", \"rcs\") -> not msg.channel in (\"sms\", \"rcs\")",
      "msg.route.intl -> not msg.route.intl"}},
    {"NotIsNotNegatedTwice",
     "a and msg.from not in partners",
     {"drop a | not msg.from in partners",
      "and not msg.from in partners -> or not msg.from in partners | a or not msg.from in partners",
      "not msg.from in partners -> msg.from in partners | a and msg.from in partners",
      "drop not msg.from in partners | a"}},
    {"Distances",
     "near(a, b, 40) or before(b, c)",
     {"drop near(a, b, 40) | before(b, c)", "near(a, b, 40) -> a and b | a and b or before(b, c)",
      "or before(b, c) -> and before(b, c) | near(a, b, 40) and before(b, c)",
      "drop before(b, c) | near(a, b, 40)", "before(b, c) -> b and c | near(a, b, 40) or b and c"}},
    {"Links",
     "any url where url.is_ip",
     {"any url where url.is_ip -> any url at all | any url where true",
      "any url where url.is_ip -> every url where url.is_ip"
      " | any url where true and not any url where not url.is_ip",
      "url.is_ip -> not url.is_ip | any url where not url.is_ip"}},
    {"PartsOfLinks",
     "any url where (url.is_ip or url.digits > 3)",
     {"any url where (url.is_ip or url.digits > 3) -> any url at all | any url where true",
      "any url where (url.is_ip or url.digits > 3) -> every url where (url.is_ip or url.digits > 3)"
      " | any url where true and not any url where not (url.is_ip or url.digits > 3)",
      "drop url.is_ip | any url where url.digits > 3",
      "url.is_ip -> not url.is_ip | any url where (not url.is_ip or url.digits > 3)",
      "or url.digits > 3 -> and url.digits > 3 | any url where (url.is_ip and url.digits > 3)",
      "drop url.digits > 3 | any url where url.is_ip",
      "url.digits > 3 -> url.digits <= 3 | any url where (url.is_ip or url.digits <= 3)",
      "url.digits > 3 -> url.digits > 4 | any url where (url.is_ip or url.digits > 4)",
      "url.digits > 3 -> url.digits > 2 | any url where (url.is_ip or url.digits > 2)"}},
    {"Imitations",
     "any url where url.lookalike(lion, edit1)",
     {"url.lookalike(lion, [edit1]) -> not url.lookalike(lion, [edit1])"}},
    {"MacrosAreNames",
     "a and late",
     {"drop a | msg.hour >= 22 or msg.hour < 5",
      "and late -> or late | a or (msg.hour >= 22 or msg.hour < 5)", "drop late | a",
      "macro late: drop msg.hour >= 22 | a and msg.hour < 5",
      "macro late: msg.hour >= 22 -> msg.hour < 22 | a and (msg.hour < 22 or msg.hour < 5)",
      "macro late: or msg.hour < 5 -> and msg.hour < 5 | a and (msg.hour >= 22 and msg.hour < 5)",
      "macro late: msg.hour < 5 -> msg.hour < 6 | a and (msg.hour >= 22 or msg.hour < 6)"}},
    {"WhatIsWrittenTwiceHasANumber",
     "a and b or c and b",
     {"drop b | a or c and b", "drop b (2) | a and b or c", "and b -> or b | a or b or c and b",
      "and b -> or b (2) | a and b or (c or b)"}},
};

class ConditionMutantsTest : public ::testing::TestWithParam<Row> {};

// Where a row has results, it has all mutants; else some, by their names.
TEST_P(ConditionMutantsTest, AreThese) {
  const Row& row = GetParam();
  const ParsedRule parsed = parse(message_rule(row.condition));
  std::vector<std::string> got;
  std::vector<std::string> names;
  for (const Mutant& mutant : parsed.mutants()) {
    if (mutant.part == RulePart::kPattern) continue;
    got.push_back(fmt::format("{} | {}", mutant.name, text_of(parsed, mutant)));
    names.push_back(mutant.name);
  }
  const bool is_whole = row.condition.find("late") == std::string::npos &&
                        row.condition.find("c and b") == std::string::npos &&
                        row.want.front().find(" | ") != std::string::npos;
  if (is_whole) {
    std::vector<std::string> want = row.want;
    std::sort(want.begin(), want.end());
    std::sort(got.begin(), got.end());
    EXPECT_THAT(got, ElementsAreArray(want));
    return;
  }
  for (const std::string& want : row.want) {
    const bool has_result = want.find(" | ") != std::string::npos;
    EXPECT_THAT(has_result ? got : names, ::testing::Contains(want));
  }
}

INSTANTIATE_TEST_SUITE_P(Table, ConditionMutantsTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST(MutantsTest, APatternThatNeverOccursIsOneWhereNoOtherMutantIsTheSame) {
  // Without `a`, `a or b` is `b`, which is a mutant of the condition.
  EXPECT_THAT(names_of(parse(message_rule("(a or b) and c and d")).mutants()),
              ::testing::IsSupersetOf(
                  {std::string("pattern c never occurs"), std::string("pattern d never occurs")}));
  const std::vector<std::string> names = names_of(parse(message_rule("a or b")).mutants());
  EXPECT_THAT(names, ElementsAre("drop a", "or b -> and b", "drop b"));
  const ParsedRule counted = parse(message_rule("b and count(a) < 3"));
  const Mutant never = counted.mutants().front();
  EXPECT_EQ(never.name, "pattern b never occurs");
  EXPECT_EQ(text_of(counted, never), "NEVER");
  EXPECT_EQ(mutated(counted.rule(), never).patterns.size(), counted.rule().patterns.size());
}

TEST(MutantsTest, WhatNoTestCanNoticeIsToldApart) {
  const ParsedRule parsed = parse(message_rule("a and b and (a or c)"));
  for (const Mutant& mutant : parsed.mutants()) {
    const bool idle = mutant.name == "drop (a or c)" || mutant.name == "drop c";
    EXPECT_EQ(is_idle(parsed.rule(), mutant), idle) << mutant.name;
  }
}

TEST(MutantsTest, StandWhereTheMistakeIs) {
  const ParsedRule parsed = parse(message_rule("a and msg.url.count >= 2"));
  std::vector<std::string> places;
  for (const Mutant& mutant : parsed.mutants()) {
    EXPECT_EQ(mutant.file, "t.rules.yaml");
    if (mutant.part == RulePart::kPattern) continue;
    places.push_back(fmt::format("{}:{}+{}", mutant.span.line - parsed.rule().condition.span.line,
                                 mutant.span.column, mutant.span.size));
  }
  EXPECT_THAT(places, ElementsAre("1:7+1", "1:9+3", "1:13+18", "1:13+18", "1:30+1", "1:30+1"));
}

TEST(MutantsTest, OfWindowsWhereMeasuresAndThreshold) {
  const ParsedRule parsed = parse(
      window_rule("    where: call.duration <= 20s and not call.answered\n"
                  "    measure: { callees: distinct(call.to), lost: ratio(call.cause == 17) }\n"
                  "    condition: callees >= 20 and lost >= 1\n"));
  std::vector<std::string> got;
  for (const Mutant& mutant : parsed.mutants()) {
    got.push_back(fmt::format("{} | {}", mutant.name, text_of(parsed, mutant)));
  }
  EXPECT_THAT(
      got,
      ElementsAre(
          "drop where | ",
          "where: call.duration <= 20s -> call.duration > 20s"
          " | call.duration > 20s and not call.answered",
          "where: drop call.duration <= 20s | not call.answered",
          "where: call.duration <= 20s -> call.duration <= 21s"
          " | call.duration <= 21s and not call.answered",
          "where: call.duration <= 20s -> call.duration <= 19s"
          " | call.duration <= 19s and not call.answered",
          "where: and not call.answered -> or not call.answered"
          " | call.duration <= 20s or not call.answered",
          "where: not call.answered -> call.answered | call.duration <= 20s and call.answered",
          "where: drop not call.answered | call.duration <= 20s",
          "measure callees: distinct -> count() | count()",
          "measure lost: call.cause == 17 -> call.cause != 17 | call.cause != 17",
          "measure lost: call.cause == 17 -> call.cause == 18 | call.cause == 18",
          "measure lost: call.cause == 17 -> call.cause == 16 | call.cause == 16",
          "callees >= 20 -> callees < 20 | callees < 20 and lost >= 1",
          "drop callees >= 20 | lost >= 1",
          "callees >= 20 -> callees >= 21 | callees >= 21 and lost >= 1",
          "callees >= 20 -> callees >= 19 | callees >= 19 and lost >= 1",
          "and lost >= 1 -> or lost >= 1 | callees >= 20 or lost >= 1",
          "lost >= 1 -> lost < 1 | callees >= 20 and lost < 1", "drop lost >= 1 | callees >= 20",
          "lost >= 1 -> lost > 1 | callees >= 20 and lost > 1"));
}

TEST(MutantsTest, OfExceptionsAndPartsOfTheScore) {
  const ParsedRule parsed = parse(message_rule(
      "a or b or c or d",
      "    exceptions:\n"
      "      - { name: rows, reason: r, expires: never, fields: [msg.from], values: [A] }\n"
      "      - { name: cond, reason: r, expires: never, when: b and c }\n"
      "    score_if: [{ when: msg.hour < 6, add: 1, why: w }]\n"));
  std::vector<std::string> got;
  for (const Mutant& mutant : parsed.mutants()) {
    if (mutant.part < RulePart::kException) continue;
    got.push_back(fmt::format("{} | {}", mutant.name, text_of(parsed, mutant)));
  }
  EXPECT_THAT(
      got, ElementsAre("drop exception rows | 1 exceptions", "drop exception cond | 1 exceptions",
                       "exception cond: drop b | c", "exception cond: and c -> or c | b or c",
                       "exception cond: drop c | b", "drop score_if 1 | 0 parts",
                       "score_if 1: msg.hour < 6 -> msg.hour >= 6 | msg.hour >= 6",
                       "score_if 1: msg.hour < 6 -> msg.hour < 7 | msg.hour < 7",
                       "score_if 1: msg.hour < 6 -> msg.hour < 5 | msg.hour < 5"));
}

TEST(MutantsTest, SayWhichTestIsLacking) {
  const ParsedRule parsed =
      parse(message_rule("a and not (b or msg.url.count >= 2) and 2 of (a, c, d)"));
  std::vector<std::string> got;
  for (const Mutant& mutant : parsed.mutants()) {
    got.push_back(fmt::format("{}: {}", mutant.name, mutant.lacking));
  }
  EXPECT_THAT(
      got, ::testing::IsSupersetOf(
               {std::string("drop a: a test that does not match only because `a` does not hold"),
                std::string("drop b: a test that does not match only because `b` holds"),
                std::string("or msg.url.count >= 2 -> and msg.url.count >= 2: a test that does not "
                            "match, with exactly one of `b` and `msg.url.count >= 2`"),
                std::string("msg.url.count >= 2 -> msg.url.count >= 3: "
                            "a test that does not match, where `msg.url.count` is 2"),
                std::string("msg.url.count >= 2 -> msg.url.count >= 1: "
                            "a test that matches, where `msg.url.count` is 1"),
                std::string("2 of (a, c, d) -> any of (a, c, d): "
                            "a test that does not match, with exactly 1 of them"),
                std::string("2 of (a, c, d) -> all of (a, c, d): "
                            "a test that matches, with exactly 2 of them")}));
}

TEST(MutantsTest, OfTheLargestConditionFitTheLimits) {
  std::string condition = "a";
  while (condition.size() < 5 * 250) condition += " or b";
  const ParsedRule parsed = parse(message_rule(condition + " or any url where url.is_ip"));
  ASSERT_GT(parsed.rule().condition.nodes.size(), limits::kExpressionNodesMax - 20);
  for (const Mutant& mutant : parsed.mutants()) {
    EXPECT_LE(mutant.nodes.size(), limits::kExpressionNodesMax) << mutant.name;
  }
}

TEST(MutantsTest, OfRulesThatDoNotRunThereAreNone) {
  const ParsedRule parsed = parse(
      "format: 1\nnamespace: t\nrules:\n  - id: r\n    title: R\n    class: c\n    score: 3\n"
      "    campaign: { by: text, over: 1h }\n    measure: { n: count() }\n    condition: n > 3\n");
  EXPECT_TRUE(parsed.mutants().empty());
}

TEST(MutantNameTest, MayBeSpacedInAnyWay) {
  EXPECT_TRUE(is_same_mutant_name("drop a from 2 of (a, b)", "drop  a from\n 2 of (a, b)"));
  EXPECT_FALSE(is_same_mutant_name("drop a", "drop ab"));
  EXPECT_FALSE(is_same_mutant_name("drop a", "dropa"));
  EXPECT_FALSE(is_same_mutant_name("drop a", ""));
}

}  // namespace
}  // namespace sieve
