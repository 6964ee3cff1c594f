// Where a true rule does not hit, and which exception says so.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "evaluate/evaluator.h"
#include "unit/evaluate/rules_of.h"

namespace sieve {
namespace {

using ::sieve::testing::compiled;
using ::sieve::testing::loaded_from;
using ::sieve::testing::message;

constexpr char kRules[] = R"(format: 1
namespace: demo
lists: {{ partners: {{ type: sender, items: [DEMOSHOP] }} }}
rules:
  - id: fee
    title: t
    class: c
    score: 4
    patterns: {{ fee: {{ words: fee }}, poll: {{ words: poll }} }}
    condition: fee
    exceptions:
      - {{ name: some, reason: r, expires: never, {} }}
)";

// The label of what excepts a message from `from`; empty: the rule hits.
std::string excepted(const std::string& exception, std::string_view text, std::string_view from,
                     Timestamp time = {}) {
  const auto rules = compiled(loaded_from(fmt::format(kRules, exception)));
  if (rules == nullptr) return "no rules";
  Evaluator evaluator(rules, {});
  Folder folder;
  Record record = message(text, from);
  record.message.ts = time;
  const Evaluation& evaluation = evaluator.evaluate(record, folder.fold(text));
  if (evaluation.excepted.empty()) return evaluation.hits.empty() ? "neither" : "";
  EXPECT_TRUE(evaluation.hits.empty());
  EXPECT_EQ(evaluation.score, 0);
  EXPECT_EQ(evaluation.verdict, Verdict::kClean);
  return rules->exceptions()[evaluation.excepted.front().exception].label;
}

struct Row {
  const char* name;
  const char* exception;
  const char* text;
  const char* from;
  bool is_excepted;
};

constexpr Row kRows[] = {
    {"Sender", "fields: msg.from, values: [DemoShop]", "fee", "DEMOSHOP", true},
    {"OtherSender", "fields: msg.from, values: [DemoShop]", "fee", "DEMOSHOPS", false},
    {"LookAlikeSender", "fields: msg.from, values: [DemoShop]", "fee", "DEM0SHOP", false},
    {"Number", "fields: msg.from, values: ['+66 81-234-5678']", "fee", "+66812345678", true},
    {"NationalNumber", "fields: msg.from, values: ['0812345678'], country: TH", "fee",
     "+66812345678", true},
    {"InList", "fields: msg.from, values: [partners], comparison: list", "fee", "demoshop", true},
    {"NotInList", "fields: msg.from, values: [partners], comparison: list", "fee", "demopost",
     false},
    {"NumberField", "fields: msg.url.count, values: [2, 3]",
     "fee https://a.example https://b.example", "A", true},
    {"NumberFieldOther", "fields: msg.url.count, values: [2, 3]", "fee https://a.example", "A",
     false},
    {"Flag", "fields: msg.text_cut, values: [false]", "fee", "A", true},
    {"AbsentField", "fields: msg.lang, values: [th]", "fee", "A", false},
    {"RowsDoNotMix", "fields: [msg.from, msg.url.count], values: [[A, 1], [B, 2]]",
     "fee https://a.example", "B", false},
    {"SecondRow", "fields: [msg.from, msg.url.count], values: [[A, 1], [B, 2]]",
     "fee https://a.example https://b.example", "b", true},
    {"ListOfValues", "fields: [msg.from, msg.url.count], values: [[[A, B], 1]]",
     "fee https://a.example", "B", true},
    {"Host", "fields: url.host, values: [Shop.Example]", "fee https://shop.example/a", "A", true},
    {"HostBelow", "fields: url.host, values: [shop.example]", "fee https://a.shop.example", "A",
     false},
    {"Subdomain", "fields: url.host, values: [shop.example], comparison: subdomain",
     "fee https://a.shop.example", "A", true},
    {"EveryLink", "fields: url.host, values: [a.example, b.example]",
     "fee https://a.example https://b.example", "A", true},
    {"NotEveryLink", "fields: url.host, values: [a.example, b.example]",
     "fee https://a.example https://b.example https://c.example", "A", false},
    {"NoLink", "fields: url.host, values: [a.example]", "fee", "A", false},
    {"EveryLinkOfARow", "fields: [msg.from, url.host], values: [[A, a.example], [B, b.example]]",
     "fee https://b.example https://b.example", "B", true},
    {"NotEveryLinkOfARow", "fields: [msg.from, url.host], values: [[A, a.example], [B, b.example]]",
     "fee https://a.example https://b.example", "B", false},
    {"When", "when: poll and msg.from in partners", "poll on the fee", "DEMOSHOP", true},
    {"WhenWithoutPattern", "when: poll and msg.from in partners", "fee", "DEMOSHOP", false},
    {"WhenCounts", "when: count(poll) >= 2", "poll fee poll", "A", true},
    {"WhenOfLinks", "when: any url where url.is_ip", "fee http://192.0.2.1/", "A", true},
};

class ExceptionTest : public ::testing::TestWithParam<Row> {};

TEST_P(ExceptionTest, HoldsForItsValuesAlone) {
  const Row& row = GetParam();
  EXPECT_EQ(excepted(row.exception, row.text, row.from), row.is_excepted ? "exception:some" : "");
}

INSTANTIATE_TEST_SUITE_P(Rows, ExceptionTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

// By the time of the record: old records are judged as they were.
TEST(ExceptionExpiryTest, HoldsUpToItsLastDay) {
  std::string text = fmt::format(kRules, "fields: msg.from, values: [A]");
  const std::string never = "expires: never";
  text.replace(text.find(never), never.size(), "expires: 2026-03-01");
  const auto rules = compiled(loaded_from(text));
  Evaluator evaluator(rules, {});
  Folder folder;
  const auto hits_at = [&](std::string_view time) {
    Record record = message("fee", "A");
    record.message.ts = *parse_rfc3339(time);
    return evaluator.evaluate(record, folder.fold("fee")).hits.size();
  };
  EXPECT_EQ(hits_at("2026-03-01T23:59:59Z"), 0U);
  EXPECT_EQ(hits_at("2026-03-02T00:00:00Z"), 1U);
}

TEST(ExceptionOrderTest, TheFirstThatHoldsIsTold) {
  const std::string more =
      "when: msg.url.count == 9 }\n      - { name: second, reason: r, expires: never, when: "
      "msg.hour < 24 }\n      - { name: third, reason: r, expires: never, when: msg.to.count >= 1";
  EXPECT_EQ(excepted(more, "fee", "A"), "exception:second");
}

TEST(ExceptionRuleTest, AShadowRuleIsExceptedToo) {
  std::string text = fmt::format(kRules, "fields: msg.from, values: [A]");
  const auto rules =
      compiled(loaded_from(text.replace(text.find("score: 4"), 8, "score: 4\n    mode: shadow")));
  Evaluator evaluator(rules, {});
  Folder folder;
  const Evaluation& evaluation = evaluator.evaluate(message("fee", "A"), folder.fold("fee"));
  EXPECT_TRUE(evaluation.shadow_hits.empty());
  EXPECT_EQ(evaluation.excepted.size(), 1U);
  EXPECT_TRUE(evaluator.evaluate(message("none", "A"), folder.fold("none")).excepted.empty());
}

// An honest link is no cover for one that nobody looked at.
TEST(ExceptionsTest, DoNotVouchForLinksBeyondThoseThatAreLookedAt) {
  const std::string hosts = "fields: url.host, values: [shop.example], comparison: subdomain";
  const std::string when = "when: none url where url.host == 'odd.example'";
  std::string text = "fee";
  for (size_t i = 0; i < limits::kUrlsPerMessageMax; ++i) {
    text += fmt::format(" https://a{}.shop.example/x", i);
  }
  for (const std::string& exception : {hosts, when}) {
    EXPECT_EQ(excepted(exception, text, "A"), "exception:some");
    EXPECT_EQ(excepted(exception, text + " https://odd.example", "A"), "");
  }
}

}  // namespace
}  // namespace sieve
