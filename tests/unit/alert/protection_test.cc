// What one rule keeps out of an alert stays out, whichever other rule would show it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "alert/builder.h"
#include "base/limits.h"
#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::loaded_from;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kHead[] = "format: 1\nnamespace: demo\nrules:\n";

// With a policy that shows all it may.
class Shown {
 public:
  Shown(const std::string& rules, std::string_view text)
      : rules_(compiled(loaded_from(kHead + rules))), builder_(rules_, policy()) {
    Record record = testing::message(text, "+66812345678");
    Folder folder;
    Evaluator evaluator(rules_, {});
    const Evaluation& evaluation = evaluator.evaluate(record, folder.fold(text));
    Alert& alert = builder_.content(record, evaluation, folder, {"messages.jsonl", 0, 1});
    append_json(alert, json_);
    summary_ = alert.summary;
  }

  const std::string& json() const { return json_; }
  const std::string& summary() const { return summary_; }

 private:
  static PrivacyPolicy policy() {
    PrivacyPolicy policy;
    policy.numbers = NumberPrivacy::kClear;
    policy.text = TextPrivacy::kFull;
    return policy;
  }

  std::shared_ptr<const RuleSet> rules_;
  AlertBuilder builder_;
  std::string json_;
  std::string summary_;
};

constexpr char kRedacting[] = R"(  - id: redacting
    title: t
    class: c
    score: 1
    patterns: { code: { re: 'code [a-z]+[0-9]' }, page: { lit: secret.example } }
    condition: code or page
    alert: { redact: [code, page] }
)";

TEST(ProtectionTest, TheSummaryOfAnotherRuleDoesNotShowWhatIsRedacted) {
  const std::string other = R"(  - id: other
    title: t
    class: c
    severity: high
    score: 3
    patterns: { sent: { re: 'code (?P<word>[a-z]+)' } }
    condition: sent and any url where url.labels == 2
    alert: { summary: "word {sent.word} at {url.host}" }
)";
  const Shown alone(other, "code swordfish7 at secret.example");
  EXPECT_EQ(alone.summary(), "word swordfish at secret.example");
  const Shown both(other + kRedacting, "code swordfish7 at secret.example");
  EXPECT_EQ(both.summary(), "word [redacted] at [redacted]");
  EXPECT_THAT(both.json(), Not(HasSubstr("swordfish")));
}

TEST(ProtectionTest, WhatAHelperRedactsIsRedactedInAlertsOfItsUsers) {
  const std::string rules = R"(  - id: user
    title: t
    class: c
    score: 3
    patterns: { hello: { words: hello } }
    condition: hello and rule(coded)
  - id: coded
    emit: false
    title: t
    patterns: { code: { re: 'code [a-z]+' } }
    condition: code
    alert: { redact: [code, msg.from] }
)";
  const Shown alert(rules, "hello, the code swordfish");
  EXPECT_THAT(alert.json(), HasSubstr("demo/coded.code"));
  EXPECT_THAT(alert.json(), Not(HasSubstr("swordfish")));
  EXPECT_THAT(alert.json(), Not(HasSubstr("66812345678")));
}

// More rules that hit than an alert lists, all of them before the ones that protect.
std::string crowd(const std::string& protecting) {
  std::string rules;
  for (size_t i = 0; i < limits::kHitsPerMessageMax; ++i) {
    rules += fmt::format(
        "  - {{ id: crowd{}, title: t, class: c, severity: high, score: 2, condition: p,\n"
        "      patterns: {{ p: {{ words: hello }} }} }}\n",
        i);
  }
  return rules + protecting;
}

TEST(ProtectionTest, AHitThatIsNotListedStillRedacts) {
  constexpr std::string_view kText = "hello, code swordfish7";
  EXPECT_THAT(Shown(crowd(""), kText).json(), HasSubstr("swordfish"));
  EXPECT_THAT(Shown(crowd(kRedacting), kText).json(), Not(HasSubstr("swordfish")));
}

TEST(ProtectionTest, AHitThatIsNotListedStillWithholdsAPossibleVictim) {
  const std::string lure =
      "  - { id: lure, title: t, class: c, route: trafficking, score: 1, condition: p,\n"
      "      patterns: { p: { words: overseas job } } }\n";
  constexpr std::string_view kText = "hello, an overseas job";
  EXPECT_THAT(Shown(crowd(""), kText).json(), HasSubstr("66812345678"));
  EXPECT_THAT(Shown(crowd(lure), kText).json(), Not(HasSubstr("66812345678")));
}

}  // namespace
}  // namespace sieve
