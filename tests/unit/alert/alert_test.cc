#include "alert/alert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "alert/read.h"
#include "base/json_reader.h"

namespace sieve {
namespace {

TEST(AlertIdTest, IsStable) {
  EXPECT_EQ(content_alert_id({"messages", 3, 42}), "379abb6c30441406a546e88e3bc4913f");
  EXPECT_EQ(finding_alert_id("demo/W1", 2, 77, {3'600'000}), "712db72989acd04b1a2b5348a9a4b40b");
}

TEST(AlertIdTest, DependsOnEveryPart) {
  std::set<std::string> ids;
  ids.insert(content_alert_id({"a", 1, 2}));
  ids.insert(content_alert_id({"a1", 1, 2}));
  ids.insert(content_alert_id({"a", 2, 2}));
  ids.insert(content_alert_id({"a", 1, 22}));
  ids.insert(content_alert_id({"a", 12, 2}));
  ids.insert(content_alert_id({"", 1, 2}));
  ids.insert(finding_alert_id("a", 1, 2, {3}));
  ids.insert(finding_alert_id("b", 1, 2, {3}));
  ids.insert(finding_alert_id("a", 2, 2, {3}));
  ids.insert(finding_alert_id("a", 1, 3, {3}));
  ids.insert(finding_alert_id("a", 1, 2, {4}));
  ids.insert(finding_alert_id("a", 12, 2, {3}));
  EXPECT_EQ(ids.size(), 12U);
}

Alert hostile_alert() {
  Alert alert;
  alert.id = std::string(32, '0');
  alert.alert_class = "c";
  alert.subject_type = "alpha";
  alert.subject = "A\x1b[31m\"\\\xff";
  alert.summary = "one\ntwo\u202E";
  alert.hits.push_back({"demo/R",
                        1,
                        "title",
                        1,
                        2,
                        {{"p", View::kText, {0, 4}, "\u200Bok\t", {}, {}}},
                        {{1.5, "w\u200Bhy"}},
                        {{"listed", "v\n\x1b", "s\u202E"}}});
  alert.urls = {"http://a.example/\x07"};
  alert.source = AlertSource{"file\n", 0, 1};
  return alert;
}

TEST(AlertTest, IsAlwaysOneLineOfValidJson) {
  std::string json = "before ";
  append_json(hostile_alert(), json);
  ASSERT_TRUE(json.starts_with("before {"));
  json.erase(0, 7);
  EXPECT_EQ(json.find('\n'), std::string::npos);
  const auto value = parse_json(json);
  ASSERT_TRUE(value) << value.error().message;
  EXPECT_EQ(value->at("subject").at("value").as_string(), "A\x1b[31m\"\\\uFFFD");
}

TEST(AlertTest, ShowsHiddenCharactersByTheirNumbers) {
  const std::string text = render_text(hostile_alert());
  EXPECT_THAT(text, ::testing::HasSubstr("A\\u{1b}[31m\"\\\\u{fffd}"));
  EXPECT_THAT(text, ::testing::HasSubstr("one\\u{a}two\\u{202e}"));
  EXPECT_THAT(text, ::testing::HasSubstr("\"\\u{200b}ok\\u{9}\""));
  EXPECT_THAT(text, ::testing::HasSubstr("http://a.example/\\u{7}"));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.back(), '\n');
}

TEST(AlertTest, EntitiesAreReadBack) {
  Alert alert = hostile_alert();
  alert.hosts = {"a.example"};
  alert.handles = {"line:shop88", "whatsapp:+*********78"};
  alert.phones = {"+6681****678"};
  alert.amounts = {"3500.5 THB"};
  alert.crypto = {"bitcoin:1111111111111111111114oLvT2"};
  std::string json;
  append_json(alert, json);
  const auto value = parse_json(json);
  ASSERT_TRUE(value);
  const auto read = read_alert(*value);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->urls, alert.urls);
  EXPECT_EQ(read->hosts, alert.hosts);
  EXPECT_EQ(read->handles, alert.handles);
  EXPECT_EQ(read->phones, alert.phones);
  EXPECT_EQ(read->amounts, alert.amounts);
  EXPECT_EQ(read->crypto, alert.crypto);
}

TEST(AlertTest, LeavesOutWhatIsWithheld) {
  Alert alert = hostile_alert();
  alert.subject.clear();
  alert.hits[0].signals[0].text.clear();
  std::string json;
  append_json(alert, json);
  const auto value = parse_json(json);
  ASSERT_TRUE(value);
  EXPECT_FALSE(value->at("subject").at("value").exists());
  EXPECT_FALSE(value->at("hits").items[0].at("signals").items[0].at("text").exists());
  EXPECT_THAT(render_text(alert), ::testing::HasSubstr("withheld (alpha)"));
  EXPECT_THAT(render_text(alert), ::testing::HasSubstr("p  at 0-4"));
}

}  // namespace
}  // namespace sieve
