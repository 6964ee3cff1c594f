#include "traffic/staging.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "unit/traffic/generated.h"

namespace sieve::traffic {
namespace {

constexpr int64_t kMsPerMinute = 60'000;
constexpr int64_t kMsPerDay = 86'400'000;

Options a_day() {
  Options options;
  options.subscribers = 10'000;
  options.records = 40'000;
  options.length = {kMsPerDay};
  return options;
}

Options a_day_with(std::initializer_list<const char*> dials) {
  Options options = a_day();
  for (const char* dial : dials) {
    const auto set = options.dials.set(dial);
    EXPECT_TRUE(set) << dial;
  }
  return options;
}

std::vector<JsonValue> lines_of_kind(const Output& output, std::string_view kind) {
  std::vector<JsonValue> lines = parse_lines(output.truth);
  std::erase_if(lines, [&](const JsonValue& line) { return line.at("kind").as_string() != kind; });
  return lines;
}

std::set<std::string> strings_of(const JsonValue& array) {
  std::set<std::string> values;
  for (const JsonValue& item : array.items) values.insert(item.string);
  return values;
}

std::set<std::string> names_of(const std::vector<JsonValue>& lines) {
  std::set<std::string> names;
  for (const JsonValue& line : lines) names.insert(line.at("name").string);
  return names;
}

// What one number did, of the files.
struct Seen {
  std::vector<std::pair<int64_t, std::string>> sent;
  size_t received = 0;
};

std::map<std::string, Seen> seen_in(const Output& output) {
  std::map<std::string, Seen> seen;
  std::vector<JsonValue> records = parse_calls(output.calls);
  for (JsonValue& message : parse_lines(output.messages)) records.push_back(std::move(message));
  for (const JsonValue& record : records) {
    if (record.at("to").kind == JsonKind::kArray) continue;  // Only background chats.
    const std::string& to = record.at("to").at("addr").string;
    seen[record.at("from").at("addr").string].sent.emplace_back(time_of(record), to);
    ++seen[to].received;
  }
  return seen;
}

class PlantedKindTest : public ::testing::TestWithParam<size_t> {
 protected:
  static std::string name() { return std::string(name_of(static_cast<PlantedKind>(GetParam()))); }
  static std::string count(int count) {
    const auto dial = static_cast<size_t>(Dial::kManyCallees) + GetParam();
    return std::string(all_dials()[dial].name) + "=" + std::to_string(count);
  }
};

INSTANTIATE_TEST_SUITE_P(Kinds, PlantedKindTest, ::testing::Range(size_t{0}, kPlantedKindCount),
                         [](const auto& row) {
                           return std::string(name_of(static_cast<PlantedKind>(row.param)));
                         });

TEST_P(PlantedKindTest, HasTheDialOfItsName) {
  EXPECT_TRUE(count(1).starts_with(name() + ".count")) << count(1);
}

TEST_P(PlantedKindTest, IsPlantedAsOftenAsItsDialSays) {
  const Output three = generated(a_day_with({count(3).c_str(), "look_alike.share=0"}));
  std::map<std::string, std::set<std::string>> by_name;
  for (const JsonValue& line : lines_of_kind(three, "planted")) {
    const std::string& box = line.at("part_of").string;
    by_name[line.at("name").string].insert(box.empty() ? line.at("subject").string : box);
  }
  ASSERT_EQ(by_name.size(), kPlantedKindCount);
  for (const auto& [planted, subjects] : by_name) {
    EXPECT_EQ(subjects.size(), planted == name() ? 3u : 1u) << planted;
  }
  const Output none = generated(a_day_with({count(0).c_str()}));
  EXPECT_THAT(names_of(lines_of_kind(none, "planted")),
              ::testing::Not(::testing::Contains(name())));
}

struct StealthCase {
  std::string name;
  std::vector<const char*> dials;
  bool defined;  // Whether behaviours are what their definitions say.
};

class StealthTest : public ::testing::TestWithParam<StealthCase> {
 protected:
  static Output output() {
    Options options = a_day();
    for (const char* dial : GetParam().dials) EXPECT_TRUE(options.dials.set(dial)) << dial;
    return generated(options);
  }
};

INSTANTIATE_TEST_SUITE_P(Dials, StealthTest,
                         ::testing::Values(StealthCase{"Default", {}, true},
                                           StealthCase{"Blatant", {"planted.stealth=0"}, true},
                                           StealthCase{"Larger", {"planted.size=1.5"}, true},
                                           StealthCase{"Hidden", {"planted.stealth=1"}, false}),
                         [](const auto& row) { return row.param.name; });

TEST_P(StealthTest, DecidesWhetherDefinitionsHold) {
  const std::vector<JsonValue> planted = lines_of_kind(output(), "planted");
  ASSERT_EQ(names_of(planted).size(), kPlantedKindCount);
  for (const JsonValue& line : planted) {
    EXPECT_EQ(line.at("true_at").kind == JsonKind::kString, GetParam().defined)
        << line.at("name").as_string();
  }
}

TEST_P(StealthTest, MeasuresWhatARecountOfTheFilesDoes) {
  const Output out = output();
  std::map<std::string, Seen> seen = seen_in(out);
  for (const std::string_view kind : {"planted", "look_alike"}) {
    for (const JsonValue& line : lines_of_kind(out, kind)) {
      if (!line.at("measures").exists()) continue;  // Of the background.
      double sent = 0, received = 0;
      std::set<std::string> called;
      for (const std::string& number : strings_of(line.at("numbers"))) {
        sent += static_cast<double>(seen[number].sent.size());
        received += static_cast<double>(seen[number].received);
        for (const auto& [ts, to] : seen[number].sent) called.insert(to);
      }
      const std::string& name = line.at("name").string;
      EXPECT_EQ(line.at("measures").at("sent").number, sent) << name;
      // A shop's own number is called by the SIMs that it sells.
      if (name == "phone_shop") continue;
      EXPECT_EQ(line.at("measures").at("received").number, received) << name;
      EXPECT_EQ(line.at("measures").at("distinct").number, static_cast<double>(called.size()))
          << name;
    }
  }
}

TEST(StagingTruthTest, SaysWhenTheHundredAndFirstCallWasMade) {
  const Output output = generated(a_day());
  std::map<std::string, Seen> seen = seen_in(output);
  size_t checked = 0;
  for (const JsonValue& line : lines_of_kind(output, "planted")) {
    if (line.at("name").as_string() != "many_callees") continue;
    const auto& sent = seen[line.at("subject").string].sent;
    const auto true_at = parse_rfc3339(line.at("true_at").as_string());
    ASSERT_TRUE(true_at);
    EXPECT_EQ(sent.at(100).first, true_at->ms);
    ++checked;
  }
  EXPECT_EQ(checked, 1u);
}

TEST(StagingTruthTest, SaysWhenTheFiftiethNumberOfTenMinutesWasRung) {
  const Output output = generated(a_day());
  std::map<std::string, Seen> seen = seen_in(output);
  size_t checked = 0;
  for (const JsonValue& line : lines_of_kind(output, "planted")) {
    if (line.at("name").as_string() != "wangiri") continue;
    const auto true_at = parse_rfc3339(line.at("true_at").as_string());
    ASSERT_TRUE(true_at);
    std::set<std::string> rung;
    for (const auto& [ts, to] : seen[line.at("subject").string].sent) {
      if (ts > true_at->ms - 10 * kMsPerMinute && ts <= true_at->ms) rung.insert(to);
    }
    EXPECT_EQ(rung.size(), 50u);
    ++checked;
  }
  EXPECT_EQ(checked, 1u);
}

TEST(StagingTruthTest, NamesEverySimAndDeviceOfASubject) {
  const Output output = generated(a_day());
  std::map<std::string, std::set<std::string>> imsis_of_device, imeis_of_sim;
  for (const JsonValue& call : parse_calls(output.calls)) {
    if (!call.at("imsi").exists()) continue;
    imsis_of_device[call.at("imei").string].insert(call.at("imsi").string);
    imeis_of_sim[call.at("imsi").string].insert(call.at("imei").string);
  }
  for (const JsonValue& line : lines_of_kind(output, "planted")) {
    const std::string& subject = line.at("subject").string;
    if (line.at("name").as_string() == "many_imsis") {
      EXPECT_EQ(imsis_of_device[subject], strings_of(line.at("imsis")));
    }
    if (line.at("name").as_string() == "many_imeis") {
      EXPECT_EQ(imeis_of_sim[subject], strings_of(line.at("imeis")));
    }
  }
}

TEST(StagingRoomTest, PlantsNothingInPart) {
  Options options = a_day();
  options.records = 1'500;  // Half of the calls: some behaviours fit, not all.
  const Output output = generated(options);
  const std::vector<JsonValue> planted = lines_of_kind(output, "planted");
  EXPECT_FALSE(planted.empty());
  EXPECT_LT(names_of(planted).size(), kPlantedKindCount);
  for (const JsonValue& line : planted) {
    EXPECT_EQ(line.at("true_at").kind, JsonKind::kString) << line.at("name").as_string();
  }
}

TEST(LookAlikeTest, AreOfEveryKind) {
  const Output output = generated(a_day_with({"look_alike.share=20"}));
  EXPECT_THAT(
      names_of(lines_of_kind(output, "look_alike")),
      ::testing::ElementsAre("contact_centre", "family_device", "new_sim", "phone_shop",
                             "reminder_line", "rider", "school", "shop", "sim_swap", "taxi"));
}

TEST(LookAlikeTest, AreLeftOutOnRequestButForThoseOfTheBackground) {
  const Output output = generated(a_day_with({"look_alike.share=0"}));
  EXPECT_THAT(names_of(lines_of_kind(output, "look_alike")),
              ::testing::ElementsAre("contact_centre", "rider", "taxi"));
}

// Nobody honest with a SIM makes more than a hundred calls a day, or is never called.
TEST(LookAlikeTest, MakeFewerCallsThanPlantedBehaviours) {
  Options options = a_day();
  options.records = 60'000;
  const Output output = generated(options);
  std::map<std::string, Seen> seen = seen_in(output);
  size_t busy = 0;
  for (const JsonValue& line : lines_of_kind(output, "look_alike")) {
    const std::string& name = line.at("name").string;
    if (name != "rider" && name != "taxi" && name != "reminder_line") continue;
    const Seen& calls = seen[line.at("subject").string];
    EXPECT_LE(calls.sent.size(), 100u) << name;
    if (calls.sent.size() < 50) continue;
    EXPECT_GE(static_cast<double>(calls.received), 0.05 * static_cast<double>(calls.sent.size()))
        << name;
    ++busy;
  }
  EXPECT_GT(busy, 0u);
}

}  // namespace
}  // namespace sieve::traffic
