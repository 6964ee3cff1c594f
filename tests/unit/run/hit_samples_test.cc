// Which hits are kept, and what is shown of them.
#include "run/hit_samples.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "run/message_sampler.h"
#include "run/rules_loader.h"
#include "unit/run/engine_fixture.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> sources(int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.push_back(fmt::format("m.jsonl:{}", i));
  return all;
}

void add(HitSamples& samples, const std::string& source, bool shadow = false) {
  if (samples.count({"n/r", shadow, source, source})) samples.keep({});
}

std::set<std::string> kept(const HitSamples& samples) {
  std::set<std::string> names;
  for (const auto& [hash, sample] : samples.by_rule().at("n/r").kept) names.insert(sample.source);
  return names;
}

TEST(HitSamplesTest, KeepsAllWhereThereAreFew) {
  HitSamples samples(3);
  add(samples, "a");
  add(samples, "b", true);
  EXPECT_EQ(kept(samples), (std::set<std::string>{"a", "b"}));
  EXPECT_EQ(samples.by_rule().at("n/r").live, 1U);
  EXPECT_EQ(samples.by_rule().at("n/r").shadow, 1U);
}

TEST(HitSamplesTest, TheOrderOfHitsDoesNotMatter) {
  std::vector<std::string> all = sources(500);
  std::set<std::string> first;
  for (unsigned seed = 0; seed < 5; ++seed) {
    std::shuffle(all.begin(), all.end(), std::mt19937(seed));
    HitSamples samples(7);
    for (const std::string& source : all) add(samples, source);
    EXPECT_EQ(kept(samples).size(), 7U);
    EXPECT_EQ(samples.by_rule().at("n/r").live, 500U);
    if (seed == 0) first = kept(samples);
    EXPECT_EQ(kept(samples), first);
  }
}

TEST(HitSamplesTest, MergedAreThoseOfAll) {
  HitSamples whole(5);
  HitSamples one(5);
  HitSamples other(5);
  for (const std::string& source : sources(100)) {
    add(whole, source);
    add(source.size() % 2 == 0 ? one : other, source);
  }
  one.merge(other);
  EXPECT_EQ(kept(one), kept(whole));
  EXPECT_EQ(one.by_rule().at("n/r").live, 100U);
}

TEST(HitSamplesTest, OfOneContentOneIsKept) {
  const std::vector<std::pair<std::string, std::string>> hits = {
      {"same", "b"}, {"same", "a"}, {"other", "c"}};
  for (const auto& order : {std::vector{0, 1, 2}, std::vector{2, 1, 0}}) {
    HitSamples samples(2);
    for (const int i : order) {
      const auto& [content, source] = hits[static_cast<size_t>(i)];
      if (samples.count({"n/r", false, content, source})) samples.keep({});
    }
    EXPECT_EQ(kept(samples), (std::set<std::string>{"a", "c"}));
    EXPECT_EQ(samples.by_rule().at("n/r").live, 3U);
  }
}

// Each hit is as likely as any other to be kept: neither the first nor the last.
TEST(HitSamplesTest, ChoosesFairly) {
  int early = 0;
  for (int round = 0; round < 200; ++round) {
    HitSamples samples(1);
    for (int i = 0; i < 10; ++i) {
      add(samples, fmt::format("{}:{}", round, i));
    }
    early += (*kept(samples).begin()).back() < '5' ? 1 : 0;
  }
  EXPECT_NEAR(early, 100, 35);
}

TEST(HitSamplesTest, NoneIsKeptWhereNoneIsWanted) {
  HitSamples samples(0);
  EXPECT_FALSE(samples.count({"n/r", false, "a", "a"}));
  EXPECT_EQ(samples.by_rule().at("n/r").live, 1U);
}

class MessageSamplerTest : public ::testing::Test {
 protected:
  // What is shown of one message.
  std::string shown(const std::string& rules, const std::string& text,
                    SamplerOptions options = {}) {
    const TemporaryDirectory directory;
    const auto compiled =
        compile_rules(rules_at({directory.write("t.rules.yaml", rules)}, {}), std::nullopt);
    SIEVE_CHECK(compiled.has_value(), "{}", compiled.error().text);
    Record record;
    record.kind = RecordKind::kMessage;
    record.message.id = "m1";
    record.message.from = {"+66812345678", "+66812345678", "TH", AddressType::kMsisdn};
    record.message.text = text;
    HitSamples samples(3);
    MessageSampler sampler(*compiled, std::move(options), samples);
    sampler.add(record, "m.jsonl:1");
    return render_samples(samples);
  }
};

TEST_F(MessageSamplerTest, ShowsLiveAndShadowHitsMasked) {
  EXPECT_EQ(shown(kTestRules, "free credit for lunch, call 0812345678"),
            "test/lure: 1 live, 0 in shadow\n"
            "  1970-01-01T00:00:00.000Z  +6681****678  act 7  m.jsonl:1 (id m1)\n"
            "    credit  \"free credit\"\n"
            "\n"
            "test/shade: 0 live, 1 in shadow\n"
            "  1970-01-01T00:00:00.000Z  +6681****678  act 7  m.jsonl:1 (id m1)  in shadow\n"
            "    lunch  \"lunch\"\n");
}

TEST_F(MessageSamplerTest, ShowsWholeTextsWhereAsked) {
  SamplerOptions options;
  options.whole_texts = true;
  const std::string text = shown(kTestRules, "free credit, call 0812345678", options);
  EXPECT_THAT(text, HasSubstr("    text  free credit, call ********78\n"));
}

TEST_F(MessageSamplerTest, TakesWhatTheFilterTakes) {
  SamplerOptions options;
  options.filter.shadow = true;
  EXPECT_THAT(shown(kTestRules, "free credit for lunch", options), Not(HasSubstr("test/lure")));
  options.filter = {"test/lure", {}};
  EXPECT_THAT(shown(kTestRules, "free credit for lunch", options), Not(HasSubstr("test/shade")));
  EXPECT_EQ(shown(kTestRules, "good morning"), "no rule hits\n");
}

// What any hit keeps out of an alert stays out of the samples of the others.
TEST_F(MessageSamplerTest, WithholdsWhatAlertsWithhold) {
  std::string rules = kTestRules;
  const size_t at = rules.find("    mode: shadow\n");
  rules.insert(at, "    route: trafficking\n");
  const std::string text = shown(rules, "free credit for lunch");
  EXPECT_THAT(text, Not(HasSubstr("+66")));
  EXPECT_THAT(text, HasSubstr("test/lure: 1 live"));
}

TEST_F(MessageSamplerTest, KeepsOutWhatRulesRedact) {
  std::string rules = kTestRules;
  const size_t at = rules.find("    condition: credit\n");
  rules.insert(at, "    alert: { summary: S, redact: [credit] }\n");
  SamplerOptions options;
  options.whole_texts = true;
  const std::string text = shown(rules, "free credit for lunch", options);
  EXPECT_THAT(text, Not(HasSubstr("free credit")));
  EXPECT_THAT(text, HasSubstr("[redacted]"));
}

TEST(SampleAlertTest, MasksAlertsThatWereWrittenClear) {
  const std::string alert =
      R"({"schema":"alert.v1","id":"a1","kind":"content","ts":"2026-01-05T08:00:00.000Z",)"
      R"("class":"c","severity":"high","verdict":"act","score":7,)"
      R"("subject":{"type":"msisdn","value":"+66812345678"},"record_id":"m1",)"
      R"("hits":[{"rule":"n/a","rev":1,"title":"A","score":4,"tier":1,"signals":)"
      R"([{"pattern":"p","view":"words","span":[0,4],"text":"code 123456"}]},)"
      R"({"rule":"n/b","rev":1,"title":"B","score":3,"tier":2,"signals":[]}],)"
      R"("entities":{"urls":["https://a55555.example/77777"],"hosts":["a55555.example"]}})";
  HitSamples samples(3);
  EXPECT_EQ(sample_alert(alert, {"n/a", {}}, samples), "");
  EXPECT_EQ(render_samples(samples),
            "n/a: 1 live, 0 in shadow\n"
            "  2026-01-05T08:00:00.000Z  +6681****678  act 7  a1 (id m1)\n"
            "    p  \"code ****56\"\n"
            "    link  https://a55555.example/***77\n");
  EXPECT_THAT(sample_alert("{}", {}, samples), HasSubstr("not an alert"));
  EXPECT_EQ(sample_alert(alert, {"", true}, samples), "");
  EXPECT_EQ(samples.by_rule().size(), 1U);
}

}  // namespace
}  // namespace sieve
