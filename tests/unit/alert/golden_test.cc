// Alerts as they leave, for a message and for a finding: tests/golden/alert/. Each JSON file is
// also held against engine/alert/alert.schema.json.
#include "golden/golden.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "alert/builder.h"
#include "alert/roll_up.h"
#include "unit/alert/schema_check.h"
#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using testing::expect_golden;
using testing::golden_directory;

constexpr std::string_view kRules = R"(
format: 1
namespace: demo
brands: { luckylion: { official: luckylion.example } }
lists:
  bad_hosts:
    type: domain
    match: subdomain
    source: desk feed
    items: [listed.example, { value: named.example, source: "ticket 7" }]
  strangers: { type: number, items: ["+66812345678"] }
rules:
  - id: PARCEL
    rev: 3
    title: Parcel held, pay a small fee through a link
    class: parcel
    severity: high
    tier: 1
    score: 4.5
    patterns:
      held: { words: [on hold] }
      fee:  { re: '(?:pay|settle)[a-z ]{0,25}fee', view: words }
      code: { re: 'code [0-9]+', view: text }
    condition: held and (fee or code)
    alert: { summary: "Parcel-fee lure from {msg.from} to {msg.to}" }
  - id: LINK
    title: A link to look at
    class: link
    severity: low
    score: 1
    patterns: { link: { words: [http] } }
    condition: link
  - id: HOST
    title: A link to one host
    class: link
    severity: low
    score: 2
    condition: any url where url.host == "odd.example"
  - id: BRAND
    title: A prize at a host that borrows a name
    class: gambling
    severity: critical
    score: 5
    patterns: { prize: { re: 'you won (?P<sum>[0-9.,]+) ?(?P<cur>usd|baht)(?P<more> and more)?' } }
    condition: number(prize.sum) >= 100 and any url where url.lookalike(luckylion)
    alert:
      summary: "{prize.sum} {prize.cur}{prize.more} at {url.host}{url.path}: {url.lookalike.brand} ({url.lookalike.why}), {url.labels} labels, {url.is_ip}"
  - id: FEED
    title: A link that a feed warns of
    class: phishing
    score: 3
    condition: any url where url.host in bad_hosts and msg.from in strangers
  - id: GIFT
    title: A gift behind a link
    class: prize
    score: 2
    score_if:
      - { when: msg.url.count >= 1, add: 1.5, why: to be had behind a link }
      - { when: soon, add: -0.5, why: not at once }
      - { when: msg.url.count >= 9, add: 5, why: many links }
    patterns: { gift: { words: [gift card] }, soon: { words: [next week] } }
    condition: gift
  - id: DESK
    title: A desk that wants an account
    class: bank
    score: 3
    patterns: { account: { re: 'account [0-9]+', view: text }, desk: { words: [service desk] } }
    condition: account and desk
    alert: { summary: "{msg.from} wants: {msg.text}", redact: [account, msg.from] }
  - id: JOB
    title: Work abroad that sounds too good
    class: recruitment
    severity: medium
    tier: 2
    score: 8
    route: trafficking
    patterns: { job: { words: [overseas job] } }
    condition: job
    alert: { summary: "Recruitment lure from {msg.from}" }
  - id: SPRAY
    rev: 2
    title: One caller sprays short calls
    class: wangiri
    severity: medium
    tier: 2
    score: 3
    on: call
    window: { by: call.from, over: 10m }
    measure: { calls: count(), targets: distinct(call.to), share: ratio(call.answered == false) }
    condition: targets >= 5
    alert: { summary: "{call.from}: {calls} short calls to {targets} numbers" }
  - id: HOTSPOT
    title: A cell full of callers
    class: hotspot
    severity: high
    tier: 1
    score: 9
    route: trafficking
    on: call
    window: { by: [call.cell.id, call.from], over: 1d }
    measure: { calls: count() }
    condition: calls >= 5
    alert: { summary: "{call.from} in {call.cell.id}" }
)";

class GoldenAlertTest : public ::testing::Test {
 protected:
  GoldenAlertTest() : rules_(testing::compiled(testing::loaded_from(kRules))) {}

  Alert content_alert(std::string_view text, const PrivacyPolicy& policy = {}) {
    Record record = testing::message(text);
    record.message.ts = {1'767'601'800'250};
    record.message.id = "m-17";
    record.message.from.number = record.message.from.raw;
    record.message.from.type = AddressType::kMsisdn;
    Folder folder;
    Evaluator evaluator(rules_, {});
    evaluator.set_default_plan(find_plan("TH"));
    const Evaluation& evaluation = evaluator.evaluate(record, folder.fold(text));
    AlertBuilder builder(rules_, policy);
    Alert& alert = builder.content(record, evaluation, folder, {"messages.jsonl", 0, 17});
    alert.detected_at = {1'767'601'801'000};
    return alert;
  }

  Alert finding_alert(const std::string& id, const std::string& subject,
                      const PrivacyPolicy& policy = {}) {
    Finding finding;
    while (rules_->rule(finding.rule).rule->id != id) ++finding.rule.value;
    finding.key = 77;
    finding.subject = subject;
    finding.time = {1'767'601'800'250};
    finding.slot_begin = {1'767'600'000'000};
    finding.window_begin = {1'767'601'210'000};
    finding.window_end = finding.time;
    finding.measures = {6, 5, 0.75};
    finding.late = {1'500};
    AlertBuilder builder(rules_, policy);
    Alert& alert = builder.finding(finding);
    alert.detected_at = {1'767'601'801'000};
    alert.source = AlertSource{"calls.jsonl", 0, 90};
    return alert;
  }

  void expect_golden_alert(const std::string& name, const Alert& alert) {
    std::string json;
    append_json(alert, json);
    expect_golden(golden_directory("alert") + "/" + name + ".json", json + "\n");
    expect_golden(golden_directory("alert") + "/" + name + ".txt", render_text(alert));
    EXPECT_EQ(testing::schema_violation(json), "");
  }

  std::shared_ptr<const RuleSet> rules_;
};

constexpr std::string_view kParcelText =
    "Your p\u0430rcel is ON HOLD. Settle the customs fee of 3,500.50 baht, code 482913: "
    "http://fix.example/t/00123456 or wa.me/66811112222, LINE: @fix88, call 081-234-5678 or send "
    "USDT to 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

TEST_F(GoldenAlertTest, SaysWhomALinkImitatesAndWhatWasCaptured) {
  constexpr std::string_view kText =
      "You won 5000 USD. See win.example or http://lucky1ion.example/a/00123456";
  expect_golden_alert("content_look_alike", content_alert(kText));
  PrivacyPolicy policy;
  policy.text = TextPrivacy::kNone;
  EXPECT_EQ(
      content_alert(kText, policy).summary,
      "[withheld] [withheld]- at lucky1ion.example[withheld]: luckylion (homoglyph), 2 labels, "
      "false");
}

// Whatever the policy shows.
TEST_F(GoldenAlertTest, ContentRedacted) {
  PrivacyPolicy policy;
  policy.numbers = NumberPrivacy::kClear;
  policy.text = TextPrivacy::kFull;
  expect_golden_alert(
      "content_redacted",
      content_alert("Service desk: confirm account 0812345678 at http://desk.example/a", policy));
}

TEST_F(GoldenAlertTest, ContentWithEntriesOfLists) {
  expect_golden_alert("content_lists",
                      content_alert("See http://www.named.example/a or listed.example"));
}

TEST_F(GoldenAlertTest, ContentWithScoreParts) {
  expect_golden_alert("content_score_parts",
                      content_alert("A gift card, next week: gift.example/1"));
}

TEST_F(GoldenAlertTest, Content) { expect_golden_alert("content", content_alert(kParcelText)); }

TEST_F(GoldenAlertTest, RollUp) {
  Alert alert = content_alert("A gift card, next week: gift.example/1");
  alert.id = roll_up_alert_id(*alert.source);
  EXPECT_NE(alert.id, content_alert_id(*alert.source));
  const RollUpFigures figures{1'204,
                              {1'767'601'800'250},
                              {1'767'603'000'000},
                              {1'767'600'000'000},
                              {1'767'603'600'000},
                              {1'767'603'661'000}};
  std::string stem, json, text;
  append_json_stem(alert, stem);
  append_json_roll_up(stem, figures, json);
  append_text_roll_up(render_text(alert), figures, text);
  expect_golden(golden_directory("alert") + "/roll_up.json", json + "\n");
  expect_golden(golden_directory("alert") + "/roll_up.txt", text);
  EXPECT_EQ(testing::schema_violation(json), "");
}

TEST_F(GoldenAlertTest, ContentInTheClear) {
  PrivacyPolicy policy;
  policy.numbers = NumberPrivacy::kClear;
  policy.text = TextPrivacy::kFull;
  expect_golden_alert("content_clear", content_alert(kParcelText, policy));
}

TEST_F(GoldenAlertTest, ContentWithNothingShown) {
  PrivacyPolicy policy;
  policy.numbers = NumberPrivacy::kNone;
  policy.text = TextPrivacy::kNone;
  expect_golden_alert("content_none", content_alert(kParcelText, policy));
}

TEST_F(GoldenAlertTest, ContentOfAPossibleVictim) {
  expect_golden_alert("content_trafficking", content_alert("An overseas job for you"));
}

// Spans lead to what was sent.
TEST_F(GoldenAlertTest, ContentWithWordsCut) {
  PrivacyPolicy policy;
  policy.text = TextPrivacy::kFull;
  expect_golden_alert("content_repaired",
                      content_alert("A gi-ft ca*rd f.o.r you: a.example/1", policy));
}

TEST_F(GoldenAlertTest, ContentOfALink) {
  expect_golden_alert("content_link", content_alert("Two: a.example/1, hxxp://odd[.]example/4711"));
}

TEST_F(GoldenAlertTest, Window) {
  expect_golden_alert("window", finding_alert("SPRAY", "+66812345678"));
}

TEST_F(GoldenAlertTest, WindowOfAPossibleVictim) {
  expect_golden_alert("window_trafficking", finding_alert("HOTSPOT", "520-03-1234,+66812345678"));
}

// Codes leave in no form, whatever the policy.
TEST_F(GoldenAlertTest, NeverShowsACode) {
  for (const TextPrivacy text : {TextPrivacy::kSpan, TextPrivacy::kFull, TextPrivacy::kNone}) {
    PrivacyPolicy policy;
    policy.numbers = NumberPrivacy::kClear;
    policy.text = text;
    const Alert alert = content_alert("Your card is on hold, code 482913", policy);
    std::string json;
    append_json(alert, json);
    EXPECT_THAT(json + render_text(alert), ::testing::Not(::testing::HasSubstr("4829")));
  }
}

struct SubjectCase {
  std::string name;
  std::string rule;
  std::string subject;
  bool withhold;
  std::string type;
  std::string value;
};

class SubjectTest : public GoldenAlertTest, public ::testing::WithParamInterface<SubjectCase> {};

TEST_P(SubjectTest, IsTypedAndMasked) {
  PrivacyPolicy policy;
  policy.withhold_trafficked = GetParam().withhold;
  const Alert alert = finding_alert(GetParam().rule, GetParam().subject, policy);
  EXPECT_EQ(alert.subject_type, GetParam().type);
  EXPECT_EQ(alert.subject, GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    Subjects, SubjectTest,
    ::testing::Values(
        SubjectCase{"Number", "SPRAY", "+66812345678", true, "msisdn", "+6681****678"},
        SubjectCase{"SenderId", "SPRAY", "DEMOBANK", true, "alpha", "DEMOBANK"},
        SubjectCase{"ShortCode", "SPRAY", "45678", true, "short", "45678"},
        SubjectCase{"NationalNumber", "SPRAY", "0812345678", true, "unknown", "0812***678"},
        SubjectCase{"PossibleVictim", "HOTSPOT", "C1,+66812345678", true, "combination",
                    "C1,[withheld]"},
        SubjectCase{"ShownOnRequest", "HOTSPOT", "C1,+66812345678", false, "combination",
                    "C1,+6681****678"},
        SubjectCase{"PartsNotToBeTold", "HOTSPOT", "C,1,+66812345678", false, "combination",
                    "C,1,+*********78"}),
    [](const auto& param_info) { return param_info.param.name; });

}  // namespace
}  // namespace sieve
