// Rules with `any url where`: which hold, which links they show, and when they are tried.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "text/urls.h"
#include "unit/evaluate/rules_of.h"
#include "unit/match/generator.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::Generator;
using ::sieve::testing::loaded_from;
using ::sieve::testing::message;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// One rule with the pattern `lure` for each condition.
std::shared_ptr<const RuleSet> rules_with(const std::vector<std::string>& conditions) {
  std::string yaml = "format: 1\nnamespace: demo\nrules:\n";
  for (size_t i = 0; i < conditions.size(); ++i) {
    yaml += fmt::format(
        "  - id: r{0}\n    title: t\n    class: c\n    score: 1\n    patterns: {{ lure: {{ words: "
        "[jackpot, bonus] }} }}\n    condition: |\n      {1}\n",
        i, conditions[i]);
  }
  return compiled(loaded_from(yaml));
}

struct Row {
  const char* name;
  const char* condition;
  const char* text;
  bool want;
};
class UrlRuleTest : public ::testing::TestWithParam<Row> {};

TEST_P(UrlRuleTest, HoldsOrNot) {
  Evaluator evaluator(rules_with({GetParam().condition}), {});
  Folder folder;
  const std::string_view text = GetParam().text;
  EXPECT_EQ(evaluator.evaluate(message(text), folder.fold(text)).hits.size(),
            GetParam().want ? 1U : 0U);
}

constexpr Row kRows[] = {
    {"the_only_link", "any url where url.tld == 'top'", "see win.top/x", true},
    {"another_link", "any url where url.tld == 'top'", "see win.example/x", false},
    {"the_second_link", "any url where url.tld == 'top'", "see a.example or win.top/x", true},
    {"no_link", "any url where not url.is_ip", "nothing here", false},
    {"no_text", "any url where not url.is_ip", "", false},
    {"both_of_one_link", "any url where (url.has_port and url.is_ip)", "http://192.0.2.7:81", true},
    {"one_each_of_two_links", "any url where (url.has_port and url.is_ip)",
     "http://192.0.2.7 http://a.example:81", false},
    {"two_conditions", "any url where url.has_port and any url where url.is_ip",
     "http://192.0.2.7 http://a.example:81", true},
    {"none_without_link", "none url where url.is_ip", "nothing here", true},
    {"none_with_another_link", "none url where url.is_ip", "a.example", true},
    {"none_with_one", "none url where url.is_ip", "a.example http://192.0.2.7/", false},
    {"with_a_pattern", "lure and any url where url.tld == 'top'", "a bonus at win.top/x", true},
    {"with_a_pattern_that_is_silent", "lure and any url where url.tld == 'top'", "win.top", false},
    {"or_a_pattern", "lure or any url where url.tld == 'top'", "a bonus", true},
    {"or_a_pattern_that_is_silent", "lure or any url where url.tld == 'top'", "win.top", true},
    {"absent_is_not_unequal", "any url where url.domain != 'a.example'", "http://192.0.2.7/",
     false},
    {"not_of_absent", "any url where not url.domain == 'a.example'", "http://192.0.2.7/", true},
    {"canonical_host", "any url where url.host == 'win.example'", "hxxp://WIN[.]example", true},
    {"fields_of_one_link", "any url where url.host == url.domain", "www.a.example b.a.example",
     false},
    {"numbers", "any url where url.digits >= 3", "http://win777.example", true},
    {"quantity", "any url where 2 of (url.is_ip, url.has_port, url.has_scheme)",
     "http://192.0.2.7/", true},
};

INSTANTIATE_TEST_SUITE_P(All, UrlRuleTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

// What a hit shows of its links, in the folded text.
std::vector<std::string> shown_links(const std::string& condition, std::string_view text) {
  Evaluator evaluator(rules_with({condition}), {});
  Folder folder;
  const FoldedText& folded = folder.fold(text);
  const Evaluation& evaluation = evaluator.evaluate(message(text), folded);
  std::vector<std::string> links;
  for (const HitSignal& signal : evaluation.signals) {
    if (signal.pattern_index != HitSignal::kUrl) continue;
    EXPECT_EQ(signal.view, View::kText);
    links.emplace_back(folded.text.substr(signal.span.begin, signal.span.end - signal.span.begin));
  }
  return links;
}

TEST(UrlRulesTest, AHitShowsTheFirstLinkForWhichEachTestHolds) {
  constexpr std::string_view kText = "bonus: win.example, bet.top/x, lot.top and http://192.0.2.7/";
  EXPECT_THAT(shown_links("any url where url.tld == 'top'", kText), ElementsAre("bet.top/x"));
  EXPECT_THAT(shown_links("any url where url.is_ip or any url where url.tld == 'top'", kText),
              ElementsAre("bet.top/x", "http://192.0.2.7/"));
  EXPECT_THAT(shown_links("any url where url.tld == 'top' and any url where not url.is_ip", kText),
              ElementsAre("win.example", "bet.top/x"));
  EXPECT_THAT(shown_links("lure and none url where url.tld == 'shop'", kText), IsEmpty());
}

TEST(UrlRulesTest, AMessageDoesNotShowTheLinksOfTheLast) {
  Evaluator evaluator(rules_with({"lure or any url where url.tld == 'top'"}), {});
  Folder folder;
  for (const std::string_view text : {"see bet.top/x", "a bonus"}) {
    const auto& evaluation = evaluator.evaluate(message(text), folder.fold(text));
    ASSERT_EQ(evaluation.hits.size(), 1U);
    ASSERT_EQ(evaluation.signals.size(), 1U);
    EXPECT_EQ(evaluation.signals[0].pattern_index == HitSignal::kUrl, text == "see bet.top/x");
  }
}

TEST(UrlRulesTest, LooksAtNoMoreLinksThanTheLimit) {
  Evaluator evaluator(rules_with({"any url where url.tld == 'top'"}), {});
  Folder folder;
  const auto hits = [&](size_t links_before) {
    std::string text;
    for (size_t i = 0; i < links_before; ++i) text += fmt::format("win{}.example ", i);
    text += "bet.top/x";
    return evaluator.evaluate(message(text), folder.fold(text)).hits.size();
  };
  EXPECT_EQ(hits(limits::kUrlsPerMessageMax - 1), 1U);
  EXPECT_EQ(evaluator.entities_left_out(), 0U);
  EXPECT_EQ(hits(limits::kUrlsPerMessageMax), 0U);
  EXPECT_EQ(evaluator.entities_left_out(), 1U);
}

struct IndexRow {
  const char* name;
  const char* condition;
  bool with_link;  // Tried when there is a link,
  bool always;     // or always; else when `lure` fired.
};
class UrlIndexTest : public ::testing::TestWithParam<IndexRow> {};

TEST_P(UrlIndexTest, IsTriedWhenItMayHold) {
  const auto rules = rules_with({GetParam().condition});
  EXPECT_EQ(!rules->with_link().empty(), GetParam().with_link);
  EXPECT_EQ(!rules->always().empty(), GetParam().always);
}

constexpr IndexRow kIndexRows[] = {
    {"alone", "any url where url.is_ip", true, false},
    {"and_a_phrase", "any url where url.is_ip and lure", false, false},
    {"or_a_phrase", "any url where url.is_ip or lure", true, false},
    {"and_a_field", "any url where url.is_ip and msg.hour < 5", true, false},
    {"none", "none url where url.is_ip", false, true},
};

INSTANTIATE_TEST_SUITE_P(All, UrlIndexTest, ::testing::ValuesIn(kIndexRows),
                         [](const auto& row) { return row.param.name; });

TEST(UrlRulesTest, ATopLevelDomainIsLookedUpInAListOfText) {
  constexpr std::string_view kYaml =
      "format: 1\nnamespace: demo\nlists: { cheap: { type: text, items: [TOP, xn--p1ai] } }\n"
      "rules:\n  - id: r\n    title: t\n    class: c\n    score: 1\n"
      "    condition: any url where url.tld in cheap\n";
  Evaluator evaluator(compiled(loaded_from(kYaml)), {});
  Folder folder;
  const auto hits = [&](std::string_view text) {
    return evaluator.evaluate(message(text), folder.fold(text)).hits.size();
  };
  EXPECT_EQ(hits("see win.top/x"), 1U);
  EXPECT_EQ(hits("see https://win.xn--p1ai/x"), 1U);
  EXPECT_EQ(hits("see top.example/x"), 0U);
}

// A random condition over one link, as text and as a function.
struct Condition {
  std::string text;
  std::function<bool(const Url&)> holds;
};

Condition random_leaf(Generator& generator) {
  switch (generator.below(5)) {
    case 0:
      return {"url.tld in ('top', 'shop')", [](const Url& url) {
                return url.host.ends_with(".top") || url.host.ends_with(".shop");
              }};
    case 1:
      return {"url.is_ip", [](const Url& url) { return (url.dress & kIpLiteral) != 0; }};
    case 2:
      return {"url.has_port", [](const Url& url) { return (url.dress & kPort) != 0; }};
    case 3:
      return {"url.domain != 'a1.example'",
              [](const Url& url) { return !url.domain.empty() && url.domain != "a1.example"; }};
    default:
      return {"url.host == 'a1.example'", [](const Url& url) { return url.host == "a1.example"; }};
  }
}

Condition random_condition(Generator& generator) {
  Condition out = random_leaf(generator);
  for (size_t n = generator.below(4); n > 0; --n) {
    const Condition other = random_leaf(generator);
    const Condition before = out;
    if (generator.chance(50)) {
      out = {fmt::format("({} and {})", before.text, other.text),
             [=](const Url& url) { return before.holds(url) && other.holds(url); }};
    } else {
      out = {fmt::format("({} or not {})", before.text, other.text),
             [=](const Url& url) { return before.holds(url) || !other.holds(url); }};
    }
  }
  return out;
}

// A message's rules against the slow way: every condition for every link.
TEST(UrlRulesTest, EqualTryingEveryConditionOnEveryLink) {
  SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << testing::seed());
  Generator generator(testing::seed());
  static constexpr std::string_view kParts[] = {"a1.example",       "b.top/x", "c.shop:81",
                                                "http://192.0.2.7", "bonus",   "hello"};
  for (int round = 0; round < 20; ++round) {
    std::vector<std::string> texts;
    std::vector<std::function<bool(const std::vector<Url>&, bool)>> models;
    for (int i = 0; i < 30; ++i) {
      const Condition a = random_condition(generator);
      const Condition b = random_condition(generator);
      // `none x or any x` would be no rule.
      const size_t shape = a.text == b.text ? 0 : generator.below(4);
      static constexpr const char* kShapes[] = {
          "any url where {0} and any url where {1}", "none url where {0} or any url where {1}",
          "any url where {0} and not lure", "lure and none url where {0} or any url where {1}"};
      texts.push_back(fmt::format(fmt::runtime(kShapes[shape]), a.text, b.text));
      models.emplace_back([=](const std::vector<Url>& urls, bool lure) {
        const bool any_a = std::any_of(urls.begin(), urls.end(), a.holds);
        const bool any_b = std::any_of(urls.begin(), urls.end(), b.holds);
        const bool values[] = {any_a && any_b, !any_a || any_b, any_a && !lure,
                               (lure && !any_a) || any_b};
        return values[shape];
      });
    }
    Evaluator evaluator(rules_with(texts), {});
    Folder folder;
    for (int i = 0; i < 50; ++i) {
      std::string text;
      for (size_t n = generator.below(5); n > 0; --n) {
        text += fmt::format("{} ", kParts[generator.below(std::size(kParts))]);
      }
      const FoldedText& folded = folder.fold(text);
      Entities entities;
      find_urls(folded, entities);
      const bool lure = text.find("bonus") != std::string::npos;
      std::vector<bool> got(texts.size());
      for (const Hit& hit : evaluator.evaluate(message(text), folded).hits) {
        got[hit.rule.index()] = true;
      }
      for (size_t rule = 0; rule < texts.size(); ++rule) {
        ASSERT_EQ(got[rule], models[rule](entities.urls, lure)) << texts[rule] << " in " << text;
      }
    }
  }
}

}  // namespace
}  // namespace sieve
