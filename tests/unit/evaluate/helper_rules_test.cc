// Rules that refer to others: what they are tried for, what they show, when they are inactive.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "evaluate/explanation.h"
#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::loaded_from;
using ::sieve::testing::message;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kRules[] = R"(format: 1
namespace: demo
rules:
  - id: bank
    title: t
    class: c
    score: 4
    patterns: { bank: { words: [your bank, your account] } }
    condition: bank and rule(pressed)
  - id: pressed
    emit: false
    title: t
    patterns:
      now: { words: final notice }
      calm: { words: no rush }
    condition: (now or rule(demo/linked)) and not calm
    exceptions:
      - { name: ours, reason: r, expires: 1970-01-01, when: msg.from == "OURS" }
  - id: linked
    emit: false
    title: t
    patterns: { tap: { words: tap here } }
    condition: tap and any url where url.is_ip
  - id: calm
    title: t
    class: c
    score: 1
    patterns: { news: { words: our news } }
    condition: news and not rule(pressed)
)";

constexpr Timestamp kFirstDay{3'600'000};
constexpr Timestamp kSecondDay{90'000'000};

// A set, and what it makes of messages.
class Rules {
 public:
  explicit Rules(std::string_view yaml, const CompileOptions& options = {})
      : rules_(compiled(loaded_from(yaml), options)), evaluator_(rules_, {}) {}

  const Evaluation& evaluate(const std::string& text, std::string_view from = "A",
                             Timestamp time = kFirstDay) {
    text_ = text;
    record_ = message(text_, from);
    record_.message.ts = time;
    return evaluator_.evaluate(record_, folder_.fold(text_));
  }
  std::set<std::string> hits(const std::string& text, std::string_view from = "A",
                             Timestamp time = kFirstDay) {
    std::set<std::string> ids;
    for (const Hit& hit : evaluate(text, from, time).hits) {
      ids.insert(rules_->rule(hit.rule).rule->id);
    }
    return ids;
  }
  std::vector<std::string> explain(uint32_t rule) {
    const Evaluation& evaluation = evaluator_.evaluate(record_, folder_.fold(text_));
    const ExplainedRule explained =
        Explainer(*rules_, evaluator_, folder_).explain(RuleIndex(rule), record_, evaluation);
    std::vector<std::string> lines;
    for (const ExplainedPart& part : explained.condition.parts) {
      lines.push_back(fmt::format("{}{} {}", std::string(2 * part.depth, ' '), part.text,
                                  part.truth ? "+" : "-"));
    }
    for (const std::string& miss : explained.condition.misses) lines.push_back("lacks " + miss);
    return lines;
  }
  const RuleSet& set() const { return *rules_; }
  Evaluator& evaluator() { return evaluator_; }

 private:
  std::shared_ptr<const RuleSet> rules_;
  Evaluator evaluator_;
  Folder folder_;
  std::string text_;
  Record record_;
};

TEST(HelperRulesTest, HoldWhereTheRuleTheyReferToWouldHit) {
  Rules rules(kRules);
  EXPECT_THAT(rules.hits("final notice of your bank"), ElementsAre("bank"));
  EXPECT_THAT(rules.hits("your bank: tap here http://192.0.2.1/a"), ElementsAre("bank"));
  EXPECT_THAT(rules.hits("your bank: tap here http://a.example"), IsEmpty());
  EXPECT_THAT(rules.hits("final notice of your bank, but no rush"), IsEmpty());
  EXPECT_THAT(rules.hits("final notice"), IsEmpty());
  EXPECT_THAT(rules.hits("our news"), ElementsAre("calm"));
  EXPECT_THAT(rules.hits("our news, final notice"), IsEmpty());
}

TEST(HelperRulesTest, AnExceptionOfTheOtherRuleCountsUpToItsLastDay) {
  Rules rules(kRules);
  EXPECT_THAT(rules.hits("final notice of your bank", "OURS", kFirstDay), IsEmpty());
  EXPECT_THAT(rules.hits("our news, final notice", "OURS", kFirstDay), ElementsAre("calm"));
  EXPECT_THAT(rules.hits("final notice of your bank", "OURS", kSecondDay), ElementsAre("bank"));
  EXPECT_THAT(rules.hits("our news, final notice", "OURS", kSecondDay), IsEmpty());
}

TEST(HelperRulesTest, AHelperNeverHitsAndNothingIsNotedOfIt) {
  Rules rules(kRules);
  const Evaluation& evaluation = rules.evaluate("final notice, our news", "OURS");
  EXPECT_EQ(evaluation.hits.size(), 1U);
  EXPECT_THAT(evaluation.shadow_hits, IsEmpty());
  EXPECT_THAT(evaluation.excepted, IsEmpty());
  rules.evaluator().try_helpers();
  const Evaluation& tried = rules.evaluate("final notice, our news", "B");
  ASSERT_EQ(tried.shadow_hits.size(), 1U);
  EXPECT_EQ(rules.set().rule(tried.shadow_hits[0].rule).rule->id, "pressed");
  EXPECT_EQ(tried.score, 0);
}

TEST(HelperRulesTest, AreTriedForTheSignalsOfTheOtherRule) {
  Rules rules(R"(format: 1
namespace: demo
rules:
  - { id: a, title: t, class: c, score: 1, condition: rule(b) }
  - { id: b, emit: false, title: t, patterns: { p: { words: some words } }, condition: p }
)");
  EXPECT_THAT(rules.set().always(), IsEmpty());
  const SignalId signal = rules.set().rule(RuleIndex(1)).signals[0];
  EXPECT_THAT(rules.set().rules_of(signal), ElementsAre(RuleIndex(0)));
  EXPECT_THAT(rules.hits("some words"), ElementsAre("a"));
}

TEST(HelperRulesTest, ShowWhatTheOthersPatternsFound) {
  Rules rules(kRules);
  const Evaluation& evaluation = rules.evaluate("your bank: tap here http://192.0.2.1/a");
  ASSERT_EQ(evaluation.hits.size(), 1U);
  const CompiledRule& rule = rules.set().rule(evaluation.hits[0].rule);
  std::vector<std::string> shown;
  for (const HitSignal& signal : evaluation.signals_of(evaluation.hits[0])) {
    const bool is_url = signal.pattern_index == HitSignal::kUrl;
    shown.emplace_back(is_url ? "url" : rule.pattern_name(signal.pattern_index));
  }
  EXPECT_THAT(shown, ElementsAre("bank", "demo/linked.tap", "url"));
}

TEST(HelperRulesTest, AreExplainedWithThePartsOfTheOther) {
  Rules rules(kRules);
  rules.evaluate("your bank: tap here http://192.0.2.1/a", "OURS", kSecondDay);
  EXPECT_THAT(
      rules.explain(0),
      ElementsAre("and +", "  bank +", "  rule(demo/pressed) +", "    and +", "      or +",
                  "        now -", "        rule(demo/linked) +", "          and +",
                  "            tap +", "            any url where +",
                  "              link 192.0.2.1 +", "                url.is_ip +", "      not +",
                  "        calm -", "      not +", "        exception:ours -"));
  rules.evaluate("your bank, final notice", "OURS");
  EXPECT_THAT(rules.explain(0), Contains("          msg.from == \"OURS\" +"));
  rules.evaluate("your bank: tap here");
  EXPECT_THAT(rules.explain(0).back(), "lacks `now` occurred in demo/pressed");
}

TEST(HelperRulesTest, PartsOfAScoreAndExceptionsMayReferToRules) {
  Rules rules(R"(format: 1
namespace: demo
rules:
  - id: fee
    title: t
    class: c
    score: 2
    score_if: [{ when: rule(more), add: 1.5, why: more }]
    patterns: { fee: { words: fee } }
    condition: fee
    exceptions: [{ name: polite, reason: r, expires: never, when: rule(polite) }]
  - id: more
    title: t
    class: c
    score: 0
    patterns: { more: { words: more } }
    condition: more and rule(fee)
  - { id: polite, emit: false, title: t, patterns: { please: { words: please } }, condition: please }
)");
  EXPECT_EQ(rules.evaluate("a fee").score, 2);
  EXPECT_EQ(rules.evaluate("more fee").score, 3.5);
  const Evaluation& excepted = rules.evaluate("more fee please");
  EXPECT_THAT(excepted.hits, IsEmpty());
  ASSERT_EQ(excepted.excepted.size(), 1U);
}

TEST(HelperRulesTest, ValuesOfExceptionsAreLookedUpForTheReferrerToo) {
  Rules rules(R"(format: 1
namespace: demo
rules:
  - { id: user, title: t, class: c, score: 1, condition: rule(fee) }
  - id: fee
    title: t
    class: c
    score: 1
    patterns: { fee: { words: fee } }
    condition: fee
    exceptions:
      - { name: first, reason: r, expires: never, fields: msg.from, values: [FIRST] }
      - name: hosts
        reason: r
        expires: never
        fields: url.host
        values: [shop.example]
)");
  EXPECT_THAT(rules.hits("fee"), UnorderedElementsAre("fee", "user"));
  EXPECT_THAT(rules.hits("fee", "First"), IsEmpty());
  EXPECT_THAT(rules.hits("fee https://shop.example/a"), IsEmpty());
  EXPECT_THAT(rules.hits("fee https://shop.example/a https://b.example"),
              UnorderedElementsAre("fee", "user"));
}

TEST(HelperRulesTest, AreInactiveWithTheRuleTheyReferTo) {
  CompileOptions options;
  options.available_fields = std::vector<FieldId>{*find_field("msg.from")};
  Rules rules(R"(format: 1
namespace: demo
rules:
  - { id: first, title: t, class: c, score: 1, condition: rule(second) }
  - { id: second, emit: false, title: t, condition: rule(third) and msg.from == "A" }
  - { id: third, emit: false, title: t, condition: msg.lang == "th" }
  - id: excepted
    title: t
    class: c
    score: 1
    patterns: { fee: { words: fee } }
    condition: fee and rule(fourth)
  - id: fourth
    emit: false
    title: t
    patterns: { now: { words: now } }
    condition: now
    exceptions: [{ name: thai, reason: r, expires: never, when: msg.lang == "th" }]
)",
              options);
  std::vector<std::string> reasons;
  for (const InactiveRule& inactive : rules.set().inactive()) {
    reasons.push_back(
        fmt::format("{}: {}", rules.set().rule(inactive.rule).full_id, inactive.reason));
    EXPECT_EQ(inactive.missing_field, "msg.lang");
  }
  EXPECT_THAT(
      reasons,
      ElementsAre("demo/first: refers to demo/second: refers to demo/third: no msg.lang",
                  "demo/second: refers to demo/third: no msg.lang", "demo/third: no msg.lang"));
  EXPECT_THAT(rules.hits("fee now"), ElementsAre("excepted"));
}

TEST(HelperRulesTest, AreInactiveFromTheDayOnThatTheOtherHasExpired) {
  LoadedRules loaded = loaded_from(R"(format: 1
namespace: demo
rules:
  - { id: user, title: t, class: c, score: 1, score_if: [{ when: rule(old), add: 1, why: w }],
      patterns: { fee: { words: fee } }, condition: fee }
  - id: old
    title: t
    class: c
    score: 1
    expires: 2026-01-04
    patterns: { now: { words: now } }
    condition: now
)");
  loaded.definitions.today = *parse_date("2026-01-05");
  const auto rules = compiled(std::move(loaded));
  ASSERT_EQ(rules->inactive().size(), 2U);
  EXPECT_EQ(rules->inactive()[0].reason, "refers to demo/old: expired on 2026-01-04");
}

}  // namespace
}  // namespace sieve
