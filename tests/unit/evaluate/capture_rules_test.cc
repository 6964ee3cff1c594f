// Rules that look at what their patterns captured.
#include <gtest/gtest.h>

#include <string>

#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::loaded_from;
using ::sieve::testing::message;

constexpr std::string_view kRules = R"(format: 1
namespace: demo
lists:
  known: { type: text, items: [Shop-12, "77"] }
rules:
  - id: r
    title: t
    class: c
    score: 1
    patterns:
      lure: { words: [bonus] }
      pay: { re: ['pay (?P<sum>[0-9][0-9., ]*) ?(?P<cur>usd|baht)', '(?P<sum>[0-9.,]+)(?P<cur>eur)'] }
      code: { re: 'code:? (?P<digits>[0-9]+)(?: at (?P<shop>[a-z0-9-]+))?' }
      cap: { re: 'ref (?P<id>[A-Za-z]+)', view: raw }
    condition: |
      )";

std::shared_ptr<const RuleSet> rules_with(std::string_view condition) {
  return compiled(loaded_from(std::string(kRules) + std::string(condition) + "\n"));
}

struct Row {
  const char* name;
  const char* condition;
  const char* text;
  bool want;
};
class CaptureRuleTest : public ::testing::TestWithParam<Row> {};

TEST_P(CaptureRuleTest, HoldsOrNot) {
  Evaluator evaluator(rules_with(GetParam().condition), {});
  Folder folder;
  const std::string_view text = GetParam().text;
  EXPECT_EQ(evaluator.evaluate(message(text), folder.fold(text)).hits.size(),
            GetParam().want ? 1U : 0U);
}

constexpr Row kRows[] = {
    {"number", "number(pay.sum) >= 1000", "Pay 1,000.50 USD today", true},
    {"number_below", "number(pay.sum) >= 1000", "Pay 999 USD today", false},
    {"number_in_words_of_another_country", "number(pay.sum) == 1500000", "pay 1.500.000 baht",
     true},
    {"number_with_spaces", "number(pay.sum) == 1500", "pay 1 500 baht", true},
    {"number_first", "1000 <= number(pay.sum)", "Pay 1,000 USD today", true},
    {"no_number", "number(pay.sum) < 5000", "pay 1,,0 usd", false},
    {"without_the_pattern", "number(pay.sum) < 1000", "nothing to do", false},
    {"not_without_the_pattern", "lure and not number(pay.sum) < 1000", "a bonus", true},
    {"text", "pay.cur == 'usd'", "PAY 10 USD", true},
    {"another_text", "pay.cur == 'usd'", "pay 10 baht", false},
    {"unequal", "pay.cur != 'usd'", "pay 10 baht", true},
    {"unequal_without_it", "pay.cur != 'usd'", "nothing", false},
    {"one_of", "pay.cur in ('usd', 'baht')", "pay 10 baht", true},
    {"none_of", "lure and pay.cur not in ('usd', 'eur')", "pay 10 baht, bonus", true},
    {"in_a_list", "code.shop in known", "Code 1234 at SHOP-12", true},
    {"not_in_the_list", "code.shop in known", "Code 1234 at shop-13", false},
    {"list_of_digits", "code.digits in known", "code: 77", true},
    {"length", "length(code.digits) == 6", "your code: 123456", true},
    {"another_length", "length(code.digits) == 6", "your code: 12345", false},
    {"length_in_characters", "length(cap.id) == 3", "ref abc", true},
    {"raw", "cap.id == 'AbC'", "ref AbC", true},
    {"second_expression", "number(pay.sum) == 7.5 and pay.cur == 'eur'", "just 7.50eur", true},
    {"first_of_two_occurrences", "number(pay.sum) > 50", "pay 10 usd, then pay 100 usd", false},
    {"leftmost_of_two_expressions", "pay.cur == 'eur'", "7.50eur or pay 10 usd", true},
    {"group_that_took_no_part", "code.shop != 'x'", "code: 77", false},
    {"two_captured_texts", "code.shop == pay.cur", "code 1 at usd pay 10 usd", true},
    {"beside_a_phrase", "lure and number(pay.sum) > 5", "bonus: pay 10 usd", true},
    {"phrase_is_silent", "lure and number(pay.sum) > 5", "pay 10 usd", false},
    {"or_a_phrase", "lure or number(pay.sum) > 5", "pay 10 usd", true},
    {"or_a_phrase_alone", "lure or number(pay.sum) > 5", "a bonus", true},
    {"quantity", "2 of (lure, pay) and length(code.digits) > 1", "bonus, pay 1 usd, code 22", true},
    {"compared_with_a_count", "number(code.digits) == count(lure)", "bonus bonus code 2", true},
};

INSTANTIATE_TEST_SUITE_P(All, CaptureRuleTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST(CaptureRulesTest, AreTriedWhenThePatternFired) {
  for (const char* condition :
       {"number(pay.sum) >= 5", "pay.cur in ('usd')", "5 < number(pay.sum)", "pay.cur in known"}) {
    EXPECT_TRUE(rules_with(condition)->always().empty()) << condition;
  }
  EXPECT_FALSE(rules_with("not number(pay.sum) >= 5")->always().empty());
}

TEST(CaptureRulesTest, OneMessageDoesNotHaveWhatTheLastCaptured) {
  Evaluator evaluator(rules_with("number(pay.sum) > 50"), {});
  Folder folder;
  for (const std::string_view text : {"pay 100 usd", "pay 10 usd", "pay 100 usd"}) {
    const bool want = text != "pay 10 usd";
    EXPECT_EQ(evaluator.evaluate(message(text), folder.fold(text)).hits.size(), want ? 1U : 0U);
  }
}

}  // namespace
}  // namespace sieve
