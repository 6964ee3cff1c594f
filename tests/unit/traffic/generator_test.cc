#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "unit/traffic/generated.h"

namespace sieve::traffic {
namespace {

// The slow and obvious count: every window of ten minutes that ends at an event.
uint64_t distinct_in_ten_minutes(const std::vector<std::pair<int64_t, std::string>>& events) {
  size_t most = 0;
  for (size_t last = 0; last < events.size(); ++last) {
    std::set<std::string> inside;
    for (size_t i = 0; i <= last; ++i) {
      if (events[i].first > events[last].first - 600'000) inside.insert(events[i].second);
    }
    most = std::max(most, inside.size());
  }
  return most;
}

struct RunCase {
  std::string name;
  void (*change)(Options& options);
};

class GeneratorTest : public ::testing::TestWithParam<RunCase> {
 protected:
  static Options options() {
    Options options = small_run();
    GetParam().change(options);
    return options;
  }
};

INSTANTIATE_TEST_SUITE_P(
    Runs, GeneratorTest,
    ::testing::Values(
        RunCase{"Default", [](Options&) {}},
        RunCase{"Compact", [](Options& o) { o.compact = true; }},
        RunCase{"NoScam", [](Options& o) { o.scam_share = 0; }},
        RunCase{"OnlyScam", [](Options& o) { o.scam_share = 1; }},
        RunCase{"OneRecord", [](Options& o) { o.records = 1; }},
        RunCase{"NoRecords", [](Options& o) { o.records = 0; }},
        RunCase{"OneMillisecond",
                [](Options& o) {
                  o.length = {1};
                  o.records = 50;
                }},
        RunCase{"FewestSubscribers", [](Options& o) { o.subscribers = kSubscribersMin; }},
        RunCase{"TwoDays", [](Options& o) { o.length = {2 * 86'400'000}; }},
        RunCase{"WithoutBehaviours",
                [](Options& o) { (void)o.dials.set("behaviour.call_share=0"); }},
        RunCase{"Stealth", [](Options& o) { (void)o.dials.set("stealth=1"); }},
        RunCase{"AllEvading", [](Options& o) { (void)o.dials.set("evasion.share=1"); }},
        RunCase{"AllNoisy", [](Options& o) { (void)o.dials.set("chat.noise_share=1"); }}),
    [](const auto& row) { return row.param.name; });

TEST_P(GeneratorTest, WritesAsManyRecordsAsAsked) {
  const Output output = generated(options());
  const std::vector<JsonValue> messages = parse_lines(output.messages);
  const std::vector<JsonValue> calls = parse_lines(output.calls);
  EXPECT_EQ(messages.size() + calls.size(), options().records);
  EXPECT_EQ(output.summary.messages, messages.size());
  EXPECT_EQ(output.summary.calls, calls.size());
  const std::vector<JsonValue> truth = parse_lines(output.truth);
  ASSERT_FALSE(truth.empty());
  EXPECT_EQ(truth[0].at("kind").as_string(), "header");
  EXPECT_EQ(truth[0].at("messages").number, static_cast<double>(messages.size()));
  EXPECT_EQ(truth[0].at("calls").number, static_cast<double>(calls.size()));
}

TEST_P(GeneratorTest, WritesRequiredFieldsInEveryRecord) {
  const Output output = generated(options());
  EXPECT_TRUE(is_valid_utf8(output.messages));
  for (const JsonValue& message : parse_lines(output.messages)) {
    const std::string_view id = message.at("id").as_string();
    ASSERT_EQ(message.at("schema").as_string(), "message.v1") << id;
    ASSERT_FALSE(id.empty());
    ASSERT_FALSE(message.at("channel").as_string().empty()) << id;
    ASSERT_FALSE(message.at("from").at("addr").as_string().empty()) << id;
    ASSERT_FALSE(message.at("text").as_string().empty()) << id;
    const JsonValue& to = message.at("to");
    ASSERT_TRUE(to.kind == JsonKind::kArray || !to.at("addr").as_string().empty()) << id;
    ASSERT_EQ(message.at("direction").exists(), !options().compact) << id;
  }
  for (const JsonValue& call : parse_lines(output.calls)) {
    const std::string_view id = call.at("id").as_string();
    ASSERT_EQ(call.at("schema").as_string(), "call.v1") << id;
    ASSERT_FALSE(call.at("kind").as_string().empty()) << id;
    ASSERT_FALSE(call.at("from").at("addr").as_string().empty()) << id;
    ASSERT_FALSE(call.at("to").at("addr").as_string().empty()) << id;
    ASSERT_EQ(call.at("duration").kind, JsonKind::kNumber) << id;
    ASSERT_EQ(call.at("cause").exists(), !options().compact) << id;
  }
}

TEST_P(GeneratorTest, WritesRecordsInOrderOfEventTime) {
  const Output output = generated(options());
  for (const std::string& stream : {output.messages, output.calls}) {
    int64_t newest = options().start.ms;
    std::set<std::string> ids;
    for (const JsonValue& record : parse_lines(stream)) {
      const int64_t time = time_of(record);
      ASSERT_GE(time, newest) << record.at("id").as_string();
      ASSERT_TRUE(ids.insert(record.at("id").string).second) << record.at("id").as_string();
      newest = time;
    }
    EXPECT_LT(newest, (options().start + options().length).ms);
  }
}

TEST_P(GeneratorTest, NamesEveryScamMessageOnce) {
  const Output output = generated(options());
  std::set<std::string> ids;
  for (const JsonValue& message : parse_lines(output.messages)) ids.insert(message.at("id").string);
  std::map<std::string, uint64_t> sizes, announced;
  for (const JsonValue& line : parse_lines(output.truth)) {
    const std::string campaign = line.at("campaign").string;
    if (line.at("kind").as_string() == "campaign") {
      announced[campaign] = static_cast<uint64_t>(line.at("messages").number);
    }
    if (line.at("kind").as_string() != "message") continue;
    EXPECT_EQ(ids.erase(line.at("id").string), 1u) << line.at("id").as_string();
    ++sizes[campaign];
  }
  EXPECT_EQ(sizes, announced);
  uint64_t scam = 0;
  for (const auto& [campaign, size] : sizes) scam += size;
  EXPECT_EQ(scam, output.summary.scam_messages);
  const double wanted = options().scam_share * static_cast<double>(output.summary.messages);
  EXPECT_NEAR(static_cast<double>(scam), wanted, 0.5);
}

TEST_P(GeneratorTest, MeasuresBehavioursAsARecountOfTheFilesDoes) {
  const Output output = generated(options());
  std::map<std::string, std::vector<std::pair<int64_t, std::string>>> called, written;
  for (const JsonValue& call : parse_calls(output.calls)) {
    called[call.at("from").at("addr").string].emplace_back(time_of(call),
                                                           call.at("to").at("addr").string);
  }
  for (const JsonValue& message : parse_lines(output.messages)) {
    if (message.at("to").kind == JsonKind::kArray) continue;  // Only honest ones have several.
    written[message.at("from").at("addr").string].emplace_back(time_of(message),
                                                               message.at("to").at("addr").string);
  }
  for (const JsonValue& line : parse_lines(output.truth)) {
    const bool dialler = line.at("kind").as_string() == "dialler";
    if (!dialler && line.at("kind").as_string() != "fan_out") continue;
    const std::string& subject = line.at("subject").string;
    const auto& events = (dialler ? called : written)[subject];
    const JsonValue& measures = line.at("measures");
    EXPECT_EQ(measures.at(dialler ? "calls" : "messages").number,
              static_cast<double>(events.size()))
        << subject;
    // The recount is quadratic.
    if (events.size() > 1'000) continue;
    EXPECT_EQ(
        measures.at(dialler ? "distinct_callees_10m_max" : "distinct_recipients_10m_max").number,
        static_cast<double>(distinct_in_ten_minutes(events)))
        << subject;
  }
}

TEST_P(GeneratorTest, WritesTheSameBytesForTheSameSeed) {
  const Output first = generated(options());
  const Output second = generated(options());
  EXPECT_EQ(first.messages, second.messages);
  EXPECT_EQ(first.calls, second.calls);
  EXPECT_EQ(first.truth, second.truth);
}

TEST(GeneratorSeedTest, WritesOtherBytesForAnotherSeed) {
  Options options = small_run();
  const Output first = generated(options);
  options.seed = 2;
  const Output second = generated(options);
  EXPECT_NE(first.messages, second.messages);
  EXPECT_NE(first.calls, second.calls);
  EXPECT_NE(first.truth, second.truth);
}

TEST(GeneratorTruthTest, HasEveryKindOfBehaviour) {
  std::set<std::string> kinds;
  for (const JsonValue& line : parse_lines(generated(small_run()).truth)) {
    kinds.insert(line.at("kind").string);
  }
  EXPECT_THAT(kinds, ::testing::ElementsAre("campaign", "compound", "dialler", "fan_out", "header",
                                            "look_alike", "message", "sim_farm"));
}

TEST(GeneratorTruthTest, GivesAFarmOneDeviceAndManySims) {
  const Output output = generated(small_run());
  std::string device;
  double sims = 0;
  for (const JsonValue& line : parse_lines(output.truth)) {
    if (line.at("kind").as_string() != "sim_farm") continue;
    device = line.at("subject").string;
    sims = line.at("measures").at("sims").number;
  }
  std::set<std::string> imsis, cells;
  for (const JsonValue& message : parse_lines(output.messages)) {
    if (message.at("sim").at("imei").string != device) continue;
    imsis.insert(message.at("sim").at("imsi").string);
    cells.insert(message.at("cell").at("id").string);
  }
  EXPECT_EQ(static_cast<double>(imsis.size()), sims);
  EXPECT_GE(sims, 8);
  EXPECT_EQ(cells.size(), 1u);
}

TEST(GeneratorTruthTest, PutsACompoundInOneBorderCell) {
  const Output output = generated(small_run());
  std::string cell;
  double callers = 0, calls = 0;
  for (const JsonValue& line : parse_lines(output.truth)) {
    if (line.at("kind").as_string() != "compound") continue;
    cell = line.at("subject").string;
    callers = line.at("measures").at("callers").number;
    calls = line.at("measures").at("calls").number;
  }
  std::set<std::string> seen;
  double count = 0;
  for (const JsonValue& call : parse_calls(output.calls)) {
    if (call.at("cell").at("id").string != cell) continue;
    EXPECT_TRUE(call.at("cell").at("border").boolean);
    seen.insert(call.at("from").at("addr").string);
    ++count;
  }
  EXPECT_EQ(static_cast<double>(seen.size()), callers);
  EXPECT_EQ(count, calls);
  EXPECT_GE(callers, 8);
}

TEST(GeneratorLanguageTest, WritesOnlyTheChosenLanguages) {
  Options options = small_run();
  ASSERT_TRUE(restrict_languages("en,tl", options));
  const Output output = generated(options);
  std::set<std::string> langs;
  for (const JsonValue& message : parse_lines(output.messages)) {
    langs.insert(message.at("lang").string);
  }
  EXPECT_THAT(langs, ::testing::ElementsAre("en", "fil"));
}

class HonestTest : public ::testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Languages, HonestTest,
                         ::testing::Values("th", "en", "zh", "id", "vi", "fil"),
                         [](const auto& row) { return row.param; });

TEST_P(HonestTest, WritesVariedMessagesOfEveryKindInOneLanguageAndNothingElse) {
  Options options = small_run();
  ASSERT_TRUE(keep_only_honest(GetParam(), options));
  const Output output = generated(options);
  EXPECT_EQ(output.summary.messages, options.records);
  EXPECT_EQ(output.summary.calls, 0u);
  EXPECT_EQ(output.summary.scam_messages, 0u);
  EXPECT_THAT(output.summary.legit_counts, ::testing::Each(::testing::Gt(0u)));
  std::set<std::string> texts;
  for (const JsonValue& message : parse_lines(output.messages)) {
    ASSERT_EQ(message.at("lang").as_string(), GetParam());
    texts.insert(message.at("text").string);
  }
  EXPECT_GT(texts.size(), output.summary.messages / 2);
}

}  // namespace
}  // namespace sieve::traffic
