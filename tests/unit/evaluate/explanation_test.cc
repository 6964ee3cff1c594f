// Explanations say what the evaluator did: the same truth, the values it saw, what lacks.
#include "evaluate/explanation.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "unit/evaluate/random_condition.h"
#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::Generator;
using ::sieve::testing::kPatternCount;
using ::sieve::testing::loaded_from;
using ::sieve::testing::message;
using ::sieve::testing::random_condition;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A rule with `condition`, over the patterns fee, late and receipt and the list partners.
std::string rule_with(const std::string& condition) {
  return fmt::format(R"(format: 1
namespace: demo
lists: {{ partners: {{ type: domain, items: [partner.example], match: subdomain }} }}
rules:
  - id: A
    title: a
    class: bank
    score: 1
    patterns:
      fee: {{ words: [customs fee] }}
      late: {{ words: [final notice] }}
      receipt: {{ words: [was delivered] }}
    condition: |
      {}
)",
                     condition);
}

// One message and one rule, explained as lines.
class Explained {
 public:
  Explained(const std::string& condition, std::string_view text)
      : text_(text),
        rules_(compiled(loaded_from(rule_with(condition)))),
        evaluator_(rules_, {}),
        record_(message(text_)) {
    const Evaluation& evaluation = evaluator_.evaluate(record_, folder_.fold(text_));
    rule_ = Explainer(*rules_, evaluator_, folder_).explain(RuleIndex(0), record_, evaluation);
  }

  std::vector<std::string> lines() const {
    std::vector<std::string> out;
    for (const ExplainedPart& part : rule_.condition.parts) {
      std::string line = fmt::format("{}{} {}", std::string(part.depth, ' '),
                                     part.truth ? "true" : "false", part.text);
      if (!part.value.empty()) line += ": " + part.value;
      for (const ByteSpan span : part.evidence) {
        line += " <" + text_.substr(span.begin, span.end - span.begin) + ">";
      }
      out.push_back(line);
    }
    return out;
  }
  const ExplainedRule& rule() const { return rule_; }

 private:
  std::string text_;
  std::shared_ptr<const RuleSet> rules_;
  Folder folder_;
  Evaluator evaluator_;
  Record record_;
  ExplainedRule rule_;
};

TEST(ExplanationTest, ShowsEachPartWithWhatDecidedIt) {
  const Explained explained("fee and late and not receipt and msg.url.count >= 1",
                            "FINAL notice: pay the c\u200Bustoms fee");
  EXPECT_FALSE(explained.rule().holds);
  EXPECT_THAT(explained.lines(),
              ElementsAre("false and", " true fee <c\u200Bustoms fee>", " true late <FINAL notice>",
                          " true not", "  false receipt: does not occur",
                          " false msg.url.count >= 1: msg.url.count is 0"));
  EXPECT_THAT(explained.rule().condition.misses, ElementsAre("`msg.url.count >= 1` held"));
}

TEST(ExplanationTest, SaysWhatIsTooMuch) {
  const Explained explained("fee and not receipt", "the customs fee was delivered");
  EXPECT_THAT(explained.rule().condition.misses, ElementsAre("`receipt` did not occur"));
}

TEST(ExplanationTest, ShowsEachLinkUpToTheOneThatHolds) {
  const Explained explained("fee and any url where (url.host not in partners and url.digits >= 2)",
                            "customs fee: a.partner.example/x or pay22.example or pay33.example");
  EXPECT_TRUE(explained.rule().holds);
  EXPECT_THAT(
      explained.lines(),
      ElementsAre("true and", " true fee <customs fee>", " true any url where",
                  "  false link a.partner.example <a.partner.example/x>", "   false and",
                  "    false not",
                  "     true url.host in partners: url.host is `a.partner.example`",
                  "    false url.digits >= 2: url.digits is 0",
                  "  true link pay22.example <pay22.example>", "   true and", "    true not",
                  "     false url.host in partners: url.host is `pay22.example`",
                  "    true url.digits >= 2: url.digits is 2"));
  EXPECT_THAT(explained.rule().condition.misses, IsEmpty());
}

TEST(ExplanationTest, NamesTheLinkThatNearlyHolds) {
  const Explained explained("fee and any url where (url.digits >= 2 and url.is_spaced)",
                            "customs fee: one.example or pay22.example");
  EXPECT_THAT(explained.rule().condition.misses,
              ElementsAre("`url.is_spaced` held of pay22.example"));
}

TEST(ExplanationTest, SaysThatThereIsNoLink) {
  const Explained explained("fee and any url where url.digits >= 2", "customs fee");
  EXPECT_THAT(explained.lines(), ElementsAre("false and", " true fee <customs fee>",
                                             " false any url where: the message has no link"));
  EXPECT_THAT(explained.rule().condition.misses,
              ElementsAre("`any url where url.digits >= 2` held"));
}

TEST(ExplanationTest, ShowsCountsAndDistances) {
  const Explained explained("count(fee) >= 2 or near(fee, late, 3) or msg.lang == 'th'",
                            "customs fee. Some words and the final notice");
  EXPECT_THAT(explained.lines(), ElementsAre("false or", " false count(fee) >= 2: count(fee) is 1",
                                             " false near(fee, late, 3): fee occurs, late occurs",
                                             " false msg.lang == \"th\": msg.lang is absent"));
}

constexpr int kRandomRules = 20;
constexpr size_t kWords = 9;

std::string random_rule(Generator& generator, int number) {
  std::string yaml =
      fmt::format("  - id: R{}\n    title: t\n    class: c\n    score: 1\n    patterns:\n", number);
  for (size_t p = 0; p < kPatternCount; ++p) {
    yaml += fmt::format("      p{}: {{ words: [w{}] }}\n", p,
                        (p + static_cast<size_t>(number)) % kWords);
  }
  return yaml + "    condition: |\n      " + random_condition(generator).text + "\n";
}

// Conditions that the loader takes: none that is always true, or too long.
std::string random_rules(Generator& generator) {
  const std::string head =
      fmt::format("format: 1\nnamespace: demo\n{}rules:\n", ::sieve::testing::kConditionLists);
  std::string yaml = head;
  for (int number = 0; number < kRandomRules;) {
    const std::string rule = random_rule(generator, number);
    LoadedRules loaded;
    parse_rule_file("t", head + rule, loaded.definitions, loaded.diagnostics);
    if (!loaded.ok()) continue;
    yaml += rule;
    ++number;
  }
  return yaml;
}

// The truth of an explanation is that of the evaluation, whatever the rule and the message.
TEST(ExplanationTest, AgreesWithTheEvaluation) {
  SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << ::sieve::testing::seed());
  Generator generator(::sieve::testing::seed());
  size_t held = 0;
  size_t near = 0;
  for (int round = 0; round < 60; ++round) {
    const std::string yaml = random_rules(generator);
    const auto rules = compiled(loaded_from(yaml));
    Folder folder;
    Evaluator evaluator(rules, {});
    std::string text;
    for (int word = 0; word < 6; ++word) text += fmt::format("w{} ", generator.below(kWords));
    const Record record = message(text, "A");
    const Evaluation& evaluation = evaluator.evaluate(record, folder.fold(text));
    std::set<RuleIndex> hits;
    for (const Hit& hit : evaluation.hits) hits.insert(hit.rule);
    Explainer explainer(*rules, evaluator, folder);
    for (uint32_t i = 0; i < rules->rules().size(); ++i) {
      const ExplainedRule explained = explainer.explain(RuleIndex(i), record, evaluation);
      ASSERT_EQ(explained.holds, hits.contains(RuleIndex(i))) << yaml << text;
      ASSERT_EQ(explained.condition.misses.empty(),
                explained.holds || !explained.condition.can_hold);
      ASSERT_EQ(explained.condition.parts.front().truth, explained.holds);
      held += explained.holds ? 1 : 0;
    }
    for (const RuleIndex rule : explainer.near_misses(record, 5)) {
      ASSERT_FALSE(hits.contains(rule));
      ++near;
    }
  }
  EXPECT_GT(held, 100U);
  EXPECT_GT(near, 50U);
}

}  // namespace
}  // namespace sieve
