#include "run/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace sieve {
namespace {

constexpr char kGood[] = R"(
sources:
  - { name: messages, stream: message, file: messages.jsonl }
rules: { paths: [rules] }
)";

Expected<Config, Diagnostics> parse(const std::string& text,
                                    const std::vector<std::string>& overrides = {}) {
  return parse_config("test.yaml", text, "/etc/demo", overrides);
}

TEST(ConfigTest, ReadsTheLeastConfigurationWithItsDefaults) {
  const auto config = parse(kGood);
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->sources[0].files, std::vector<std::string>{"/etc/demo/messages.jsonl"});
  EXPECT_EQ(config->rules.paths, std::vector<std::string>{"/etc/demo/rules"});
  EXPECT_EQ(config->http_listen, "127.0.0.1:9464");
  EXPECT_EQ(config->publish_from, Verdict::kReview);
  EXPECT_EQ(config->privacy.numbers, NumberPrivacy::kMasked);
  EXPECT_EQ(config->privacy.text, TextPrivacy::kSpan);
  EXPECT_FALSE(config->uses_kafka());
}

TEST(ConfigTest, OverridesReplaceAndAddKeys) {
  const auto config =
      parse(kGood, {"sources.0.file=/data/a.jsonl", "http.listen=off", "engine.threads=3"});
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->sources[0].files, std::vector<std::string>{"/data/a.jsonl"});
  EXPECT_EQ(config->http_listen, "");
  EXPECT_EQ(config->engine.threads, 3);
}

TEST(ConfigTest, BoundsCompiling) {
  const auto config = parse(
      "sources: [{ name: m, file: a }]\n"
      "rules: { paths: [r], compile_timeout: 2m, compile_memory: 512MiB }\n");
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->rules.compiler.timeout.ms, 120'000);
  EXPECT_EQ(config->rules.compiler.memory_bytes, uint64_t{512} << 20);
}

TEST(ConfigTest, MeasuresWhatRulesCostUnlessToldNotTo) {
  const auto defaults = parse(kGood);
  ASSERT_TRUE(defaults.has_value());
  EXPECT_EQ(defaults->rules.cost_every, 1'024);
  EXPECT_EQ(defaults->rules.cost_max_us, 50);
  const auto off = parse(
      "sources: [{ name: m, file: a }]\n"
      "rules: { paths: [r], cost_every: 0, suspend_for: 30m }\n");
  ASSERT_TRUE(off.has_value());
  EXPECT_EQ(off->rules.cost_every, 0);
  EXPECT_EQ(off->rules.cost_max_us, 0);
  EXPECT_EQ(off->rules.suspend_for.ms, 1'800'000);
}

TEST(ConfigTest, TakesVariablesFromTheEnvironment) {
  ::setenv("SIEVE_TEST_FILE", "/data/b.jsonl", 1);
  const auto config = parse(R"(
sources: [{ name: m, file: "${SIEVE_TEST_FILE}" }]
rules: { paths: ["${SIEVE_TEST_ABSENT:-/srv/rules}"] }
)");
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->sources[0].files, std::vector<std::string>{"/data/b.jsonl"});
  EXPECT_EQ(config->rules.paths, std::vector<std::string>{"/srv/rules"});
}

TEST(ConfigTest, ReadsHowFactsTravel) {
  const auto config = parse(R"(
sources:
  - { name: m, topic: messages, key: msg.from }
  - { name: c, stream: call, topic: calls, incarnation: 2 }
kafka: { brokers: b, group: g }
exchange: { kind: kafka, topic: facts }
rules: { paths: [r] }
)");
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->exchange.kind, ExchangeKind::kKafka);
  EXPECT_EQ(config->exchange.topic, "facts");
  EXPECT_EQ(config->facts_group(), "g.facts");
  EXPECT_EQ(config->sources[0].key, find_field("msg.from"));
  EXPECT_EQ(config->sources[0].incarnation, 0);
  EXPECT_EQ(config->sources[1].key, std::nullopt);
  EXPECT_EQ(config->sources[1].incarnation, 2);
}

TEST(ConfigTest, ReadsHowLateRecordsMayCome) {
  const auto config = parse(R"(
sources:
  - { name: m, file: a }
  - { name: c, stream: call, file: b }
  - { name: r, stream: report, file: c, event_time: { out_of_order: 1m, late: 0s } }
rules: { paths: [r] }
output: { late: { file: late.jsonl } }
)");
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->sources[0].event_time.out_of_order, Duration{30'000});
  EXPECT_EQ(config->sources[0].event_time.late, Duration{86'400'000});
  EXPECT_EQ(config->sources[1].event_time.out_of_order, Duration{900'000});
  EXPECT_EQ(config->sources[2].event_time.out_of_order, Duration{60'000});
  EXPECT_EQ(config->sources[2].event_time.late, Duration{0});
  EXPECT_EQ(config->late.file, "/etc/demo/late.jsonl");
}

TEST(ConfigTest, ATopicOfLateRecordsNeedsKafka) {
  const auto config = parse(
      "sources: [{ name: m, file: a }]\nrules: { paths: [r] }\n"
      "output: { late: { topic: t } }\nkafka: { brokers: b }\n");
  ASSERT_TRUE(config.has_value());
  EXPECT_TRUE(config->uses_kafka());
}

TEST(ConfigTest, FactsStayInMemoryUnlessTheyAreSaidToTravel) {
  const auto config = parse("sources: [{ name: m, file: a }]\nrules: { paths: [r] }\n");
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->exchange.kind, ExchangeKind::kMemory);
}

struct BadRow {
  std::string name;
  std::string text;
  std::vector<std::string> overrides;
  std::string code;
  std::string title_part;
};

class BadConfigTest : public ::testing::TestWithParam<BadRow> {};

TEST_P(BadConfigTest, IsExplained) {
  const auto config = parse(GetParam().text, GetParam().overrides);
  ASSERT_FALSE(config.has_value());
  const auto matches = [](const Diagnostic& d) {
    return d.code == GetParam().code && d.title.find(GetParam().title_part) != std::string::npos;
  };
  std::string all;
  for (const Diagnostic& d : config.error()) all += d.code + ": " + d.title + "\n";
  EXPECT_TRUE(std::any_of(config.error().begin(), config.error().end(), matches)) << all;
}

const char kWithSource[] = "sources: [{ name: m, file: a }]\nrules: { paths: [r] }\n";

INSTANTIATE_TEST_SUITE_P(
    Rows, BadConfigTest,
    ::testing::Values(
        BadRow{"no_sources", "rules: { paths: [r] }\n", {}, "C001", "sources"},
        BadRow{"empty_sources", "sources: []\nrules: { paths: [r] }\n", {}, "C104", "at least one"},
        BadRow{"no_rules", "sources: [{ name: m, file: a }]\n", {}, "C001", "rules"},
        BadRow{"unknown_key",
               std::string(kWithSource) + "htpp: { listen: off }\n",
               {},
               "C002",
               "htpp"},
        BadRow{"file_and_topic",
               "sources: [{ name: m, file: a, topic: t }]\nrules: { paths: [r] }\n",
               {},
               "C104",
               "either"},
        BadRow{"topic_without_kafka",
               "sources: [{ name: m, topic: t }]\nrules: { paths: [r] }\n",
               {},
               "C104",
               "kafka"},
        BadRow{"files_and_topics",
               "sources: [{ name: m, topic: t }, { name: c, file: a }]\nrules: { paths: [r] }\n"
               "kafka: { brokers: b }\n",
               {},
               "C109",
               "some sources"},
        BadRow{"facts_of_files_through_kafka",
               std::string(kWithSource) + "exchange: { kind: kafka }\n",
               {},
               "C111",
               "files"},
        BadRow{"key_of_another_kind",
               "sources: [{ name: m, topic: t, key: call.from }]\nrules: { paths: [r] }\n"
               "kafka: { brokers: b }\n",
               {},
               "C110",
               "`call.from`"},
        BadRow{"same_name",
               "sources: [{ name: m, file: a }, { name: m, file: b }]\n"
               "rules: { paths: [r] }\n",
               {},
               "C105",
               "`m`"},
        BadRow{"wrong_type",
               std::string(kWithSource) + "engine: { threads: many }\n",
               {},
               "C003",
               "threads"},
        BadRow{"out_of_range",
               std::string(kWithSource) + "engine: { threads: 999 }\n",
               {},
               "C004",
               "threads"},
        BadRow{"compile_timeout_too_short",
               "sources: [{ name: m, file: a }]\nrules: { paths: [r], compile_timeout: 10ms }\n",
               {},
               "C004",
               "`compile_timeout` must be from 1s to 1h"},
        BadRow{"budget_without_costs",
               "sources: [{ name: m, file: a }]\n"
               "rules: { paths: [r], cost_every: 0, cost_max_us: 10 }\n",
               {},
               "C104",
               "without `cost_every`, costs are not known"},
        BadRow{"compile_memory_too_large",
               "sources: [{ name: m, file: a }]\nrules: { paths: [r], compile_memory: 1024GiB }\n",
               {},
               "C004",
               "`compile_memory` must be from 64MiB to 64GiB"},
        BadRow{"late_too_long",
               "sources: [{ name: m, file: a, event_time: { late: 400d } }]\n"
               "rules: { paths: [r] }\n",
               {},
               "C004",
               "`late` must be from 0s to 366d"},
        BadRow{"unknown_key_of_event_time",
               "sources: [{ name: m, file: a, event_time: { lateness: 1d } }]\n"
               "rules: { paths: [r] }\n",
               {},
               "C002",
               "lateness"},
        BadRow{"not_a_choice",
               std::string(kWithSource) + "privacy: { numbers: open }\n",
               {},
               "C005",
               "open"},
        BadRow{"unknown_zone",
               std::string(kWithSource) + "engine: { timezone: Asia/Nowhere }\n",
               {},
               "C107",
               "Asia/Nowhere"},
        BadRow{"unknown_country",
               std::string(kWithSource) + "engine: { default_country: QQ }\n",
               {},
               "C106",
               "QQ"},
        BadRow{"variable_not_set",
               "sources: [{ name: m, file: '${SIEVE_TEST_NOT_SET}' }]\n"
               "rules: { paths: [r] }\n",
               {},
               "C103",
               "SIEVE_TEST_NOT_SET"},
        BadRow{"override_without_value", kWithSource, {"http.listen"}, "C101", "http.listen"},
        BadRow{"override_of_nothing", kWithSource, {"sources.7.file=x"}, "C102", "sources.7"},
        BadRow{"missing_secret",
               std::string(kWithSource) + "kafka: { brokers: b, properties: { sasl.password: "
                                          "'file:/nonexistent/secret' } }\n",
               {},
               "C108",
               "/nonexistent/secret"},
        BadRow{"damaged_yaml", "sources: [{ name: 'm }]\n", {}, "Y001", ""}),
    [](const auto& row) { return row.param.name; });

TEST(ConfigTest, AMissingFileIsADiagnosticOfTheFile) {
  const auto config = load_config("/nonexistent/scamsieve.yaml", {});
  ASSERT_FALSE(config.has_value());
  ASSERT_EQ(config.error().diagnostics.size(), 1U);
  EXPECT_EQ(config.error().diagnostics[0].code, "C100");
  EXPECT_THAT(config.error().diagnostics[0].title,
              ::testing::HasSubstr("/nonexistent/scamsieve.yaml"));
}

}  // namespace
}  // namespace sieve
