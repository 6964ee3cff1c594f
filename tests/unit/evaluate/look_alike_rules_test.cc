// Rules that ask whom links imitate: which hold, and what their hits say.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::loaded_from;
using ::sieve::testing::message;

constexpr std::string_view kHead =
    "format: 1\nnamespace: demo\nbrands:\n"
    "  luckylion: { official: luckylion.example, aliases: [lucky lion] }\n"
    "  demobank: { official: [demobank.example, pay.demobank.test] }\n"
    "macros:\n  fake_lion: any url where url.lookalike(luckylion)\nrules:\n";

std::shared_ptr<const RuleSet> rules_with(std::string_view condition) {
  return compiled(loaded_from(
      std::string(kHead) +
      fmt::format("  - id: r\n    title: t\n    class: c\n    score: 1\n    patterns: {{ lure: {{ "
                  "words: bonus }} }}\n    condition: |\n      {}\n",
                  condition)));
}

// Of the links that a hit shows, whom they imitate: `luckylion:tld`, `-`; without one `no hit`.
std::string shown(std::string_view condition, std::string_view text) {
  const auto rules = rules_with(condition);
  Evaluator evaluator(rules, {});
  Folder folder;
  const Evaluation& evaluation = evaluator.evaluate(message(text), folder.fold(text));
  if (evaluation.hits.empty()) return "no hit";
  std::string out;
  for (const HitSignal& signal : evaluation.signals) {
    if (signal.pattern_index != HitSignal::kUrl) continue;
    if (!out.empty()) out += ' ';
    if (!signal.look_alike) {
      out += '-';
      continue;
    }
    const auto [brand, kind] = *signal.look_alike;
    out += fmt::format("{}:{}", rules->definitions().brands[brand.index()].name, name_of(kind));
  }
  return out;
}

struct Row {
  const char* name;
  const char* condition;
  const char* text;
  const char* want;
};
class LookAlikeRuleTest : public ::testing::TestWithParam<Row> {};

TEST_P(LookAlikeRuleTest, HoldsAndSaysWhy) {
  EXPECT_EQ(shown(GetParam().condition, GetParam().text), GetParam().want);
}

constexpr const char* kLion = "any url where url.lookalike(luckylion)";
constexpr const char* kAny = "any url where url.lookalike(any)";

constexpr Row kRows[] = {
    {"homoglyph", kLion, "see https://lucky1ion.example/a", "luckylion:homoglyph"},
    {"letter_of_another_script", kAny, "see https://d\u0435mobank.example/a", "demobank:homoglyph"},
    {"letter_of_another_script_in_punycode", kAny, "see https://xn--dmobank-7gg.example/a",
     "demobank:homoglyph"},
    {"letter_with_a_mark", kAny, "see https://demob\u00E4nk.example", "demobank:homoglyph"},
    {"letter_of_another_script_below", kAny, "https://d\u0435mobank.example.win.example",
     "demobank:subdomain"},
    {"whole_host_in_full_width", kAny, "see https://\uFF44emobank.example", "no hit"},
    {"edit", kLion, "see https://luckylionn.test", "luckylion:edit1"},
    {"combination", kLion, "see https://luckylion-login.test", "luckylion:combo"},
    {"suffix", kLion, "see https://luckylion.test", "luckylion:tld"},
    {"subdomain", kLion, "https://luckylion.example.win-now.example", "luckylion:subdomain"},
    {"official", kLion, "see https://www.luckylion.example", "no hit"},
    {"official_of_another", kAny, "see https://luckylion.demobank.example", "no hit"},
    {"another_brand", kLion, "see https://demobank.test", "no hit"},
    {"any", kAny, "see https://demobank.com", "demobank:tld"},
    {"any_names_the_first", kAny, "see https://demobank-luckylion.com", "luckylion:combo"},
    {"one_of_two", "any url where url.lookalike([luckylion, demobank])", "see https://demobank.com",
     "demobank:tld"},
    {"kind_not_asked", "any url where url.lookalike(luckylion, [homoglyph, edit1])",
     "see https://luckylion.test", "no hit"},
    {"one_kind", "any url where url.lookalike(luckylion, tld)", "see https://luckylion.test",
     "luckylion:tld"},
    {"of_several_the_one_asked", "any url where url.lookalike(any, [edit1])",
     "see https://dem0bank.test", "demobank:edit1"},
    {"with_a_field_of_the_same_link",
     "any url where (url.lookalike(luckylion) and url.tld == 'test')",
     "see https://lucky1ion.example or https://win.test", "no hit"},
    {"the_link_that_does", kAny, "see https://win.test or https://demobank.com", "demobank:tld"},
    {"not", "any url where not url.lookalike(any)", "see https://www.luckylion.example", "-"},
    {"none", "lure and none url where url.lookalike(any)", "a bonus at https://win.test", ""},
    {"none_but_one", "lure and none url where url.lookalike(any)",
     "a bonus at https://demobank.com", "no hit"},
    {"address", kAny, "see http://192.0.2.7/", "no hit"},
    {"macro", "lure and fake_lion", "a bonus at https://luckylion.test", "luckylion:tld"},
    {"another_reason", "any url where (url.lookalike(luckylion) or url.tld == 'top')",
     "see https://win.top", "-"},
    {"below_a_look_alike_of_both", "any url where url.lookalike(demobank, [subdomain])",
     "see https://luckylion.demobank.luckyl1on-demobank-luckylion.test", "demobank:subdomain"},
};

INSTANTIATE_TEST_SUITE_P(All, LookAlikeRuleTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST(LookAlikeRulesTest, TheLinksOfOneMessageAreNotThoseOfTheNext) {
  Evaluator evaluator(rules_with(kAny), {});
  Folder folder;
  for (const std::string_view text : {"see demobank.com", "see win.com", "see demobank.com"}) {
    const bool want = text != "see win.com";
    EXPECT_EQ(evaluator.evaluate(message(text), folder.fold(text)).hits.size(), want ? 1U : 0U);
  }
}

TEST(LookAlikeRulesTest, AHostOfManyNamesIsLookedUpQuestionByQuestion) {
  std::string yaml = "format: 1\nnamespace: demo\nbrands:\n";
  std::string host;
  for (int i = 0; i < 12; ++i) {
    yaml += fmt::format("  brand{0:c}{0:c}{0:c}: {{ official: brand{0:c}{0:c}{0:c}.example }}\n",
                        'a' + i);
    host += fmt::format("brand{0:c}{0:c}{0:c}.", 'a' + i);
  }
  yaml += "rules:\n";
  for (int i = 0; i < 12; ++i) {
    yaml += fmt::format(
        "  - {{ id: r{0}, title: t, class: c, score: 1, condition: 'any url where "
        "url.lookalike(brand{1:c}{1:c}{1:c}, subdomain)' }}\n",
        i, 'a' + i);
  }
  Evaluator evaluator(compiled(loaded_from(yaml)), {});
  Folder folder;
  const std::string text = "see https://" + host + "win.test";
  EXPECT_EQ(evaluator.evaluate(message(text), folder.fold(text)).hits.size(), 12U);
}

}  // namespace
}  // namespace sieve
