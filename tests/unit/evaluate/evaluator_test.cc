#include "evaluate/evaluator.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/limits.h"
#include "unit/evaluate/random_condition.h"
#include "unit/evaluate/rules_of.h"
#include "unit/match/generator.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::Condition;
using ::sieve::testing::condition_from;
using ::sieve::testing::Generator;
using ::sieve::testing::kPatternCount;
using ::sieve::testing::loaded_from;
using ::sieve::testing::message;
using ::sieve::testing::random_condition;
using ::sieve::testing::Seen;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// One rule that fires on the word `id`.
struct RuleRow {
  const char* id;
  double score = 1;
  int tier = 1;
  const char* more = "";  // Further fields, `key: value` separated by commas.
};

std::string yaml_of(const std::vector<RuleRow>& rows) {
  std::string yaml = "format: 1\nnamespace: demo\nrules:\n";
  for (const RuleRow& row : rows) {
    yaml += fmt::format(
        "  - {{ id: {0}, title: t, class: c, score: {1}, tier: {2}, patterns: {{ w: {{ words: "
        "w{0} }} }}, condition: w{3}{4} }}\n",
        row.id, row.score, row.tier, *row.more == '\0' ? "" : ", ", row.more);
  }
  return yaml;
}

// Evaluates messages in which the words of some rules occur.
class Fixture {
 public:
  explicit Fixture(const std::vector<RuleRow>& rows, const Thresholds& thresholds = {})
      : Fixture(loaded_from(yaml_of(rows)), thresholds) {}
  explicit Fixture(LoadedRules loaded, const Thresholds& thresholds = {})
      : rules_(compiled(with(std::move(loaded), thresholds))), evaluator_(rules_, {}) {}

  const Evaluation& evaluate(std::string_view text) {
    return evaluator_.evaluate(message(text), folder_.fold(text));
  }
  std::vector<std::string> ids(const std::vector<Hit>& hits) const {
    std::vector<std::string> out;
    for (const Hit& hit : hits) out.push_back(rules_->rule(hit.rule).rule->id);
    return out;
  }
  const RuleSet& rules() const { return *rules_; }

 private:
  static LoadedRules with(LoadedRules loaded, const Thresholds& thresholds) {
    loaded.thresholds = thresholds;
    return loaded;
  }

  std::shared_ptr<const RuleSet> rules_;
  Folder folder_;
  Evaluator evaluator_;
};

TEST(EvaluatorTest, ACleanMessageHasNoHits) {
  Fixture fixture({{"a"}});
  for (const char* text : {"", "nothing here", "\xE0\xB8\xAA"}) {
    const Evaluation& evaluation = fixture.evaluate(text);
    EXPECT_THAT(evaluation.hits, IsEmpty());
    EXPECT_EQ(evaluation.score, 0);
    EXPECT_EQ(evaluation.verdict, Verdict::kClean);
  }
}

TEST(EvaluatorTest, ForgetsTheLastMessage) {
  Fixture fixture({{"a", 9}, {"b", 1}});
  EXPECT_EQ(fixture.evaluate("wa wb").verdict, Verdict::kAct);
  EXPECT_EQ(fixture.evaluate("wb").score, 1);
  EXPECT_EQ(fixture.evaluate("none").verdict, Verdict::kClean);
  EXPECT_THAT(fixture.ids(fixture.evaluate("wa").hits), ElementsAre("a"));
}

// A phrase is found with its letters written apart, too; its span says where, in its view. Where
// its words are repaired it is found among them.
TEST(EvaluatorTest, FindsPhrasesWithTheirLettersApart) {
  Fixture fixture(loaded_from(R"(format: 1
namespace: demo
rules:
  - id: bonus
    title: t
    class: c
    score: 1
    patterns: { a: { words: welcome bonus }, b: { words: claim now } }
    condition: a and b
)"));
  EXPECT_THAT(fixture.evaluate("nowe l c o m e bonus: claim now").hits, IsEmpty());
  const Evaluation& evaluation = fixture.evaluate("W e l c o m e bonus: c la im n-o-w");
  ASSERT_THAT(evaluation.signals, SizeIs(2));
  EXPECT_EQ(evaluation.signals[0].view, View::kWords);
  EXPECT_EQ(evaluation.signals[0].span, (ByteSpan{1, 14}));
  EXPECT_EQ(evaluation.signals[1].view, View::kSqueezed);
  EXPECT_EQ(evaluation.signals[1].span, (ByteSpan{12, 20}));
}

// The words that are known are those of the rules.
TEST(EvaluatorTest, RepairsTheWordsOfItsRules) {
  Fixture fixture(loaded_from(R"(format: 1
namespace: demo
rules:
  - id: fee
    title: t
    class: c
    score: 1
    patterns: { a: { words: customs fee for parcel }, b: { re: 'pay [0-9]+ usd', view: text } }
    condition: a and b and msg.fold.words_repaired >= 3
)"));
  EXPECT_THAT(fixture.evaluate("customs fee for parcel, pay 100 usd").hits, IsEmpty());
  EXPECT_THAT(fixture.evaluate("cust-oms f-ee fo-r pa-rcel, p-ay 100 u-sd").hits, SizeIs(1));
  EXPECT_THAT(fixture.evaluate("cust.oms fe.e fo.r par.cel... pa.y 1OO us.d").hits, SizeIs(1));
  EXPECT_THAT(fixture.evaluate("other w-ords c-ut h-ere").hits, IsEmpty());
}

// Contacts are counted in the message at hand, by whichever rule asks first.
TEST(EvaluatorTest, CountsContactsOfTheMessage) {
  Fixture fixture(loaded_from(R"(format: 1
namespace: demo
rules:
  - id: two
    title: t
    class: c
    score: 1
    patterns: { w: { words: now } }
    condition: w and msg.url.count == 2
  - id: link
    title: t
    class: c
    score: 1
    patterns: { w: { words: now } }
    condition: w and msg.url.count >= 1
  - id: handle
    title: t
    class: c
    score: 1
    condition: msg.handle.count == 1
  - id: none
    title: t
    class: c
    score: 1
    patterns: { w: { words: now } }
    condition: w and msg.url.count == 0 and msg.handle.count == 0 and msg.phone.count == 0
)"));
  const auto hits = [&](std::string_view text) { return fixture.ids(fixture.evaluate(text).hits); };
  EXPECT_THAT(hits("now"), ElementsAre("none"));
  EXPECT_THAT(hits("now at hxxp://win[.]example/x"), ElementsAre("link"));
  EXPECT_THAT(hits("now at win.example, bonus.example"), ElementsAre("link", "two"));
  EXPECT_THAT(hits("now"), ElementsAre("none"));
  EXPECT_THAT(hits("now: line id @lucky77"), ElementsAre("handle"));
  EXPECT_THAT(hits(""), IsEmpty());
}

// What the fold undid, what is asked for: read by the names of fields, absent where there is none.
TEST(EvaluatorTest, ReadsTheTextOfTheMessage) {
  struct Row {
    const char* condition;
    const char* holds;
    const char* does_not;
  };
  constexpr Row kRows[] = {
      {"msg.amount.count == 2", "now: 500 baht, then 1,200 baht", "now: 500 baht"},
      {"msg.amount.max >= 1000", "now: 500 baht, then 1,200 baht", "now: 500 baht"},
      {"not msg.amount.max >= 0", "now", "now: 500 baht"},
      {"msg.code.count == 1", "now: your code is 482913", "now"},
      {"msg.crypto.count == 1", "now: 0x52908400098527886E0F7030069857D2E4169EE7",
       "now: 0x52908400098527886E0F7030069857D2E4169eE7"},
      {"msg.fold.invisible == 2", "n\u200Bo\u200Bw: now", "now"},
      {"msg.fold.full_width == 3", "ｎｏｗ", "now"},
      {"msg.fold.styled == 1", "n𝗼w", "now"},
      {"msg.fold.look_alike == 1", "n\u043Ew", "now"},
      {"msg.fold.mixed_script_tokens == 1", "n\u043Ew", "now"},
      {"msg.fold.spaced_out == 1", "now b o n u s", "now"},
      {"msg.fold.digit_for_letter == 1", "now b0nus", "now"},
      {"msg.fold.marks_repaired >= 3", "n\u0336o\u0336w\u0336", "now"},
      {"msg.fold.repairs == 2", "n\u043Ew", "now"},
  };
  for (const Row& row : kRows) {
    Fixture fixture(loaded_from(fmt::format(R"(format: 1
namespace: demo
rules:
  - id: r
    title: t
    class: c
    score: 1
    patterns: {{ w: {{ words: now }} }}
    condition: w and {}
)",
                                            row.condition)));
    EXPECT_THAT(fixture.evaluate(row.holds).hits, SizeIs(1)) << row.condition;
    EXPECT_THAT(fixture.evaluate(row.does_not).hits, IsEmpty()) << row.condition;
  }
}

TEST(EvaluatorTest, OrdersHitsBySeverityThenScoreThenId) {
  Fixture fixture({{"d", 1, 1, "severity: high"},
                   {"c", 1, 1, "severity: low"},
                   {"b", 2, 1, "severity: low"},
                   {"a", 1, 1, "severity: low"},
                   {"e", 9, 1, "severity: info"}});
  EXPECT_THAT(fixture.ids(fixture.evaluate("we wa wb wc wd").hits),
              ElementsAre("d", "b", "a", "c", "e"));
}

TEST(EvaluatorTest, CapsTheScoreOfAGroup) {
  Thresholds thresholds;
  thresholds.group_caps["g"] = 2.5;
  Fixture fixture({{"a", 2, 1, "group: g"},
                   {"b", 1, 1, "group: g"},
                   {"c", 1, 1, "group: g"},
                   {"d", 1, 1, "group: free"},
                   {"e", 1}},
                  thresholds);
  for (int round = 0; round < 2; ++round) {
    const Evaluation& evaluation = fixture.evaluate("wa wb wc wd we");
    EXPECT_THAT(fixture.ids(evaluation.hits), ElementsAre("a", "b", "c", "d", "e"));
    EXPECT_EQ(evaluation.hits[0].score, 2);
    EXPECT_EQ(evaluation.hits[1].score, 0.5);
    EXPECT_EQ(evaluation.hits[2].score, 0);
    EXPECT_EQ(evaluation.score, 4.5);
  }
}

TEST(EvaluatorTest, ShadowRulesAddNothing) {
  Fixture fixture({{"a", 9, 1, "mode: shadow"}, {"b", 1}});
  const Evaluation& evaluation = fixture.evaluate("wa wb");
  EXPECT_THAT(fixture.ids(evaluation.hits), ElementsAre("b"));
  EXPECT_THAT(fixture.ids(evaluation.shadow_hits), ElementsAre("a"));
  EXPECT_EQ(evaluation.signals_of(evaluation.shadow_hits[0]).size(), 1U);
  EXPECT_EQ(evaluation.score, 1);
  EXPECT_EQ(evaluation.verdict, Verdict::kObserve);
  EXPECT_EQ(fixture.evaluate("wa").verdict, Verdict::kClean);
}

struct VerdictRow {
  const char* name;
  std::vector<RuleRow> rules;  // All of them fire.
  Verdict want;
};

class VerdictTest : public ::testing::TestWithParam<VerdictRow> {};

// Thresholds: observe 0.5, review 3, act 6; act needs tier 1, review counts up to tier 3.
TEST_P(VerdictTest, FollowsTheThresholds) {
  Fixture fixture(GetParam().rules);
  std::string text;
  for (const RuleRow& row : GetParam().rules) text += std::string("w") + row.id + " ";
  EXPECT_EQ(fixture.evaluate(text).verdict, GetParam().want);
}

const VerdictRow kVerdicts[] = {
    {"below_observe", {{"a", 0.4}}, Verdict::kClean},
    {"no_score", {{"a", 0}}, Verdict::kClean},
    {"at_observe", {{"a", 0.5}}, Verdict::kObserve},
    {"below_review", {{"a", 2.9}}, Verdict::kObserve},
    {"at_review", {{"a", 3}}, Verdict::kReview},
    {"at_act", {{"a", 6}}, Verdict::kAct},
    {"sum_at_act", {{"a", 3}, {"b", 3}}, Verdict::kAct},
    {"act_needs_a_precise_rule", {{"a", 60, 2}}, Verdict::kReview},
    {"one_precise_rule_is_enough", {{"a", 5, 3}, {"b", 1, 1}}, Verdict::kAct},
    {"noisy_rules_are_only_observed", {{"a", 60, 4}}, Verdict::kObserve},
    {"noisy_rules_do_not_lift_others", {{"a", 60, 4}, {"b", 2.9, 1}}, Verdict::kObserve},
    {"noisy_rules_do_not_lift_to_act", {{"a", 60, 4}, {"b", 5, 1}}, Verdict::kReview},
    {"trafficking_is_never_acted_upon", {{"a", 60, 1, "route: trafficking"}}, Verdict::kReview},
    {"a_trafficking_hit_holds_back_others",
     {{"a", 60}, {"b", 1, 2, "route: trafficking"}},
     Verdict::kReview},
    {"other_routes_may_act", {{"a", 60, 1, "route: fraud"}}, Verdict::kAct},
    {"a_trafficking_rule_in_shadow_holds_nothing_back",
     {{"a", 60}, {"b", 1, 2, "route: trafficking, mode: shadow"}},
     Verdict::kAct},
};

INSTANTIATE_TEST_SUITE_P(All, VerdictTest, ::testing::ValuesIn(kVerdicts),
                         [](const auto& row) { return row.param.name; });

TEST(EvaluatorTest, ListsSignalsWithTheirSpans) {
  Fixture fixture(loaded_from(R"(format: 1
namespace: demo
rules:
  - id: A
    title: a
    class: bank
    score: 1
    patterns:
      silent: { words: [never there] }
      fee: { words: [delivery fee, customs fee] }
      sum: { re: 'usd ?[0-9]+', view: text }
    condition: fee and sum and not silent
)"));
  const std::string_view text = "Pay the CUSTOMS fee: USD 19";
  const Evaluation& evaluation = fixture.evaluate(text);
  ASSERT_THAT(evaluation.hits, SizeIs(1));
  const auto signals = evaluation.signals_of(evaluation.hits[0]);
  ASSERT_EQ(signals.size(), 2U);
  EXPECT_EQ(signals[0].pattern_index, 1U);
  EXPECT_EQ(signals[0].view, View::kWords);
  EXPECT_EQ(signals[1].pattern_index, 2U);
  EXPECT_EQ(signals[1].view, View::kText);
  Folder folder;
  const FoldedText& folded = folder.fold(text);
  const auto cut = [](std::string_view view, ByteSpan span) {
    return view.substr(span.begin, span.end - span.begin);
  };
  EXPECT_EQ(cut(folded.words, signals[0].span), "customs fee");
  EXPECT_EQ(cut(folded.text, signals[1].span), "usd 19");
}

TEST(EvaluatorTest, SignalsSayThatStandInsWereRead) {
  Fixture fixture(loaded_from(R"(format: 1
namespace: demo
expand: [leet, thai]
rules:
  - id: R
    title: t
    class: c
    score: 1
    patterns:
      prize: { words: [jackpot, first prize] }
      food: { words: [ร้านอาหาร] }
      gift: { words: [quà tặng lớn] }
      tone: { words: [thuỷ] }
    condition: prize and food and gift and tone
)"));
  const std::string_view text = "J@CKPOT ร้าUอาหาร qua tang lon thủy";
  const Evaluation& evaluation = fixture.evaluate(text);
  ASSERT_THAT(evaluation.hits, SizeIs(1));
  const auto signals = evaluation.signals_of(evaluation.hits[0]);
  ASSERT_EQ(signals.size(), 4U);
  constexpr std::pair<View, std::string_view> kWant[] = {{View::kLeet, "J@CKPOT"},
                                                         {View::kThai, "ร้าUอาหาร"},
                                                         {View::kWords, "qua tang lon"},
                                                         {View::kWords, "thủy"}};
  Folder folder;
  folder.fold(text);
  for (size_t i = 0; i < signals.size(); ++i) {
    EXPECT_EQ(signals[i].view, kWant[i].first) << i;
    const ByteSpan span = folder.original_span(signals[i].view, signals[i].span);
    EXPECT_EQ(text.substr(span.begin, span.end - span.begin), kWant[i].second);
  }
}

TEST(EvaluatorTest, ListsABoundedNumberOfHitsAndScoresAll) {
  std::vector<std::string> ids;
  std::vector<RuleRow> rows;
  for (size_t i = 0; i < limits::kHitsPerMessageMax + 3; ++i)
    ids.push_back(fmt::format("r{:03}", i));
  std::string text;
  for (const std::string& id : ids) {
    rows.push_back({id.c_str()});
    text += "w" + id + " ";
  }
  Fixture fixture(rows);
  const Evaluation& evaluation = fixture.evaluate(text);
  EXPECT_EQ(evaluation.hits.size(), limits::kHitsPerMessageMax);
  EXPECT_EQ(evaluation.hits_truncated, 3U);
  EXPECT_EQ(evaluation.score, static_cast<double>(ids.size()));
}

// Words that a text says, in order; between two neighbours is one space.
class Said final : public Seen {
 public:
  explicit Said(std::vector<size_t> words) : words_(std::move(words)) {}

  bool fired(size_t word) const override { return count(word) > 0; }
  size_t count(size_t word) const override {
    return static_cast<size_t>(std::ranges::count(words_, word));
  }
  bool before(size_t a, size_t b, size_t distance) const override {
    constexpr size_t kWordChars = 5;
    for (size_t i = 0; i < words_.size(); ++i) {
      for (size_t j = i + 1; j < words_.size(); ++j) {
        const size_t between = (j - i - 1) * (kWordChars + 1) + 1;
        if (words_[i] == a && words_[j] == b && between <= distance) return true;
      }
    }
    return false;
  }
  bool overlap(size_t, size_t) const override { return false; }
  bool imitates(size_t, LookAlikeKind) const override { return false; }

 private:
  std::vector<size_t> words_;
};

Definitions condition_lists() {
  const std::string yaml = "format: 1\nnamespace: demo\n" + std::string(testing::kConditionLists);
  Definitions definitions;
  Diagnostics diagnostics;
  parse_definitions(parse_yaml("lists", yaml).value(), Date(), definitions, diagnostics);
  return definitions;
}

// `condition`, that of the rule, becomes when it hits.
void add_exception(Generator& generator, Rule& rule, Condition& condition) {
  const Condition when = random_condition(generator);
  if (when.text.size() > 2'000) return;
  ExceptionDef& exception = rule.exceptions.emplace_back();
  exception.name = "some";
  exception.when = condition_from(when.text, kPatternCount, condition_lists());
  condition.text += " but not " + when.text;
  condition.holds = [holds = condition.holds, excepts = when.holds](const Seen& seen) {
    return holds(seen) && !excepts(seen);
  };
}

Rule random_rule(Generator& generator, size_t number, std::vector<Condition>& conditions) {
  Rule rule;
  rule.space = "demo";
  rule.id = fmt::format("r{}", number);
  rule.severity = static_cast<RuleSeverity>(generator.below(5));
  rule.score = static_cast<double>(generator.below(5));
  if (generator.chance(20)) rule.mode = RuleMode::kShadow;
  for (size_t i = 0; i < kPatternCount; ++i) {
    PatternDef pattern;
    pattern.name = fmt::format("p{}", i);
    pattern.phrases.push_back({fmt::format("word{}", i), fmt::format("word{}", i), {}});
    rule.patterns.push_back(std::move(pattern));
  }
  do {
    conditions.resize(number);
    conditions.push_back(random_condition(generator));
  } while (conditions.back().text.size() > 2'000);
  rule.condition = condition_from(conditions.back().text, kPatternCount, condition_lists());
  if (generator.chance(40)) add_exception(generator, rule, conditions.back());
  return rule;
}

TEST(EvaluatorTest, EqualsEvaluatingEveryConditionOnTheFullSet) {
  SCOPED_TRACE(::testing::Message() << "SIEVE_SEED=" << testing::seed());
  Generator generator(testing::seed());
  for (int round = 0; round < 20; ++round) {
    std::vector<Condition> conditions;
    LoadedRules loaded;
    loaded.definitions = condition_lists();
    loaded.files.emplace_back();
    for (size_t i = 0; i < 40; ++i) {
      loaded.files[0].rules.push_back(random_rule(generator, i, conditions));
    }
    const auto rules = compiled(std::move(loaded));
    Evaluator evaluator(rules, {});
    Folder folder;
    for (int i = 0; i < 100; ++i) {
      std::vector<size_t> words;
      std::string text;
      for (size_t n = generator.below(2 * kPatternCount); n > 0; --n) {
        words.push_back(generator.below(kPatternCount));
        text += fmt::format("word{} ", words.back());
      }
      const Said said(std::move(words));
      const Evaluation& evaluation = evaluator.evaluate(message(text, "A"), folder.fold(text));
      std::set<uint32_t> got;
      for (const Hit& hit : evaluation.hits) got.insert(hit.rule.value);
      for (const Hit& hit : evaluation.shadow_hits) got.insert(hit.rule.value);
      for (const Excepted& one : evaluation.excepted) ASSERT_FALSE(got.contains(one.rule.value));
      double score = 0;
      for (uint32_t rule = 0; rule < conditions.size(); ++rule) {
        const bool want = conditions[rule].holds(said);
        ASSERT_EQ(got.contains(rule), want) << conditions[rule].text << " in " << text;
        const Rule& model = *rules->rules()[rule].rule;
        if (want && model.mode == RuleMode::kAlert) score += model.score;
      }
      ASSERT_EQ(evaluation.score, score);
    }
  }
}

}  // namespace
}  // namespace sieve
