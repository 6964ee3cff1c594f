#include "run/engine_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "engine_fixture.h"

namespace sieve {
namespace {

using ::testing::HasSubstr;

constexpr int64_t kStartMs = 1'767'600'000'000;

// Values of a metrics page by series.
std::map<std::string, double> series_of(const std::string& page) {
  std::map<std::string, double> series;
  for (const std::string& line : lines_of(page)) {
    const size_t space = line.rfind(' ');
    if (line.empty() || line[0] == '#' || space == std::string::npos) continue;
    series[line.substr(0, space)] = std::stod(line.substr(space + 1));
  }
  return series;
}

double sum_of(const std::map<std::string, double>& series, const std::string& name) {
  double sum = 0;
  for (const auto& [key, value] : series) {
    if (key == name || key.starts_with(name + "{")) sum += value;
  }
  return sum;
}

// The metrics page once the engine has read what is in `directory`; empty when it did not start.
std::string page_behind(const TemporaryDirectory& directory) {
  auto engine = Engine::create(file_config(directory, 1), {});
  EXPECT_TRUE(engine.has_value()) << engine.error().text;
  if (!engine.has_value()) return "";
  Reloader reloader(**engine, {Duration{0}});
  EngineMetrics metrics(**engine, reloader, "1");
  (*engine)->start();
  while (!(*engine)->finished()) (*engine)->service(std::chrono::milliseconds(1));
  (*engine)->stop();
  return metrics.expose();
}

TEST(EngineMetricsTest, ThePageAddsUp) {
  const TemporaryDirectory directory;
  std::string messages = "{broken\n\n";
  for (int i = 0; i < 3'000; ++i) {
    messages += message_json(i, kStartMs + i, i % 10 == 0 ? "free credit" : "hello") + "\n";
  }
  directory.write("messages.jsonl", messages);
  directory.write("calls.jsonl", call_json(1, kStartMs, 5) + "\n" + call_json(2, kStartMs, 5) +
                                     "\n" + call_json(3, kStartMs, 5) + "\n");
  auto engine = Engine::create(file_config(directory, 2), {});
  ASSERT_TRUE(engine.has_value()) << engine.error().text;
  Reloader reloader(**engine, {Duration{0}});
  EngineMetrics metrics(**engine, reloader, "1.2.3");
  (*engine)->start();
  while (!(*engine)->finished()) {
    (*engine)->service(std::chrono::milliseconds(1));
    const auto during = series_of(metrics.expose());
    EXPECT_EQ(sum_of(during, "scamsieve_records_read_total"),
              sum_of(during, "scamsieve_records_total"));
  }
  (*engine)->stop();
  const std::string page = metrics.expose();
  const auto series = series_of(page);
  EXPECT_EQ(sum_of(series, "scamsieve_records_read_total"), 3'005);
  EXPECT_EQ(sum_of(series, "scamsieve_records_total"), 3'005);
  EXPECT_EQ(sum_of(series, "scamsieve_dead_letters_total"), 2);
  EXPECT_EQ(sum_of(series, "scamsieve_alerts_total"), 301);
  EXPECT_EQ(series.at("scamsieve_outputs_published_total{kind=\"alert\"}"), 301);
  EXPECT_EQ(sum_of(series, "scamsieve_facts_total"), 3);
  EXPECT_EQ(sum_of(series, "scamsieve_findings_total"), 1);
  EXPECT_THAT(page, HasSubstr("scamsieve_build_info{version=\"1.2.3\"} 1"));
  EXPECT_THAT(page, HasSubstr("scamsieve_rule_hits_total{"));
  EXPECT_GT(sum_of(series, "scamsieve_stage_seconds_total"), 0);
}

TEST(EngineMetricsTest, ThePageCountsWhatWasWrongWithPayloads) {
  const TemporaryDirectory directory;
  std::string utf8 = message_json(1, kStartMs, "X");
  utf8.replace(utf8.find(R"("text":"X")"), 10, R"("payload":{"hex":"636166C3A9"})");
  directory.write("messages.jsonl", utf8 + "\n" + message_json(2, kStartMs, "plain") + "\n");
  directory.write("calls.jsonl", "");
  const std::string page = page_behind(directory);
  EXPECT_EQ(sum_of(series_of(page), "scamsieve_payload_notes_total"), 1);
  EXPECT_THAT(page,
              HasSubstr("note=\"wrong_coding\",source=\"messages.jsonl\",stream=\"message\"} 1"));
}

TEST(EngineMetricsTest, ThePageNamesNobody) {
  const TemporaryDirectory directory;
  directory.write("messages.jsonl", message_json(777'123, kStartMs, "free credit") + "\n");
  directory.write("calls.jsonl", "");
  const std::string page = page_behind(directory);
  EXPECT_THAT(page, HasSubstr("scamsieve_alerts_total"));
  EXPECT_THAT(page, ::testing::Not(HasSubstr("777123")));
  EXPECT_THAT(page, ::testing::Not(HasSubstr("credit")));
}

}  // namespace
}  // namespace sieve
