#include "run/publisher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/json_reader.h"

namespace sieve {
namespace {

// Keeps what is published; full or small when asked.
class MemorySink final : public RecordSink {
 public:
  bool publish(const OutputRecord& record, const DeliveryTicket&) override {
    if (full) return false;
    keys.emplace_back(record.key);
    values.emplace_back(record.value);
    headers.assign(record.headers.begin(), record.headers.end());
    return true;
  }
  void service(std::chrono::milliseconds) override {}
  bool flush(std::chrono::milliseconds) override { return true; }
  size_t pending() const override { return 0; }

  bool full = false;
  std::vector<std::string> keys;
  std::vector<std::string> values;
  std::vector<Header> headers;
};

DeadLetter letter_of(std::string_view value) {
  DeadLetter letter;
  letter.failure = {DecodeError::kMissingField, "from.addr"};
  letter.origin = "telecom.messages";
  letter.partition = 3;
  letter.offset = 42;
  letter.size_full = static_cast<int64_t>(value.size());
  letter.key = "k";
  letter.value = value;
  return letter;
}

TEST(PublisherTest, WithoutOutputsEverythingIsTaken) {
  Publisher publisher(nullptr, nullptr);
  EXPECT_FALSE(publisher.has_alert_output(0));
  EXPECT_FALSE(publisher.has_dead_letter_output());
  EXPECT_TRUE(publisher.publish_alert(0, "id", "{}", {}));
  EXPECT_TRUE(publisher.publish_dead_letter(letter_of("x"), {}));
  EXPECT_TRUE(publisher.flush(std::chrono::milliseconds(0)));
}

TEST(PublisherTest, AFullOutputIsReportedToTheCaller) {
  auto sink = std::make_unique<MemorySink>();
  MemorySink& alerts = *sink;
  Publisher publisher(std::move(sink), nullptr);
  alerts.full = true;
  EXPECT_FALSE(publisher.publish_alert(0, "id", "{}", {}));
  alerts.full = false;
  EXPECT_TRUE(publisher.publish_alert(0, "id", "{}", {}));
  EXPECT_EQ(alerts.keys, std::vector<std::string>{"id"});
}

struct LetterRow {
  std::string name;
  std::string value;
  std::string want_value;  // Of `value`; empty: expect `value_b64`.
  std::string want_b64;
};

class DeadLetterTest : public ::testing::TestWithParam<LetterRow> {};

TEST_P(DeadLetterTest, AsJsonKeepsTheBytes) {
  std::string json;
  append_dead_letter_json(letter_of(GetParam().value), json);
  const auto parsed = parse_json(json);
  ASSERT_TRUE(parsed.has_value()) << json;
  EXPECT_EQ(parsed->at("schema").as_string(), "dead_letter.v1");
  EXPECT_EQ(parsed->at("reason").as_string(), "missing_field");
  EXPECT_EQ(parsed->at("field").as_string(), "from.addr");
  EXPECT_EQ(parsed->at("source").at("origin").as_string(), "telecom.messages");
  EXPECT_EQ(parsed->at("source").at("partition").number, 3);
  EXPECT_EQ(parsed->at("source").at("offset").number, 42);
  EXPECT_EQ(parsed->at("value").as_string(), GetParam().want_value);
  EXPECT_EQ(parsed->at("value_b64").as_string(), GetParam().want_b64);
}

INSTANTIATE_TEST_SUITE_P(Rows, DeadLetterTest,
                         ::testing::Values(LetterRow{"empty", "", "", ""},
                                           LetterRow{"text", "{\"a\":1}", "{\"a\":1}", ""},
                                           LetterRow{"thai", "สวัสดี", "สวัสดี", ""},
                                           LetterRow{"control", std::string("a\0b", 3),
                                                     std::string("a\0b", 3), ""},
                                           LetterRow{"invalid_utf8", "\xFF\xFE", "", "//4="}),
                         [](const auto& row) { return row.param.name; });

TEST(DeadLetterJsonTest, SaysWhenTheValueWasCut) {
  DeadLetter letter = letter_of("abc");
  letter.size_full = 20'000'000;
  std::string json;
  append_dead_letter_json(letter, json);
  EXPECT_TRUE(parse_json(json)->at("cut").boolean);
  EXPECT_EQ(parse_json(json)->at("size").number, 20'000'000);
}

TEST(LateRecordTest, GoesToItsOwnOutputAndSaysHowLateItWas) {
  auto letters = std::make_unique<MemorySink>();
  auto late = std::make_unique<MemorySink>();
  const MemorySink& letters_seen = *letters;
  const MemorySink& late_seen = *late;
  Publisher publisher(nullptr, std::move(letters), nullptr, std::move(late));
  EXPECT_TRUE(publisher.has_late_output());
  DeadLetter letter = letter_of("{\"a\":1}");
  letter.failure = {};
  letter.late_by = Duration{90'000'000};
  EXPECT_TRUE(publisher.publish_late(letter, {}));
  EXPECT_TRUE(letters_seen.values.empty());
  ASSERT_EQ(late_seen.values.size(), 1U);
  const auto parsed = parse_json(late_seen.values[0]);
  ASSERT_TRUE(parsed.has_value()) << late_seen.values[0];
  EXPECT_EQ(parsed->at("reason").as_string(), "late");
  EXPECT_EQ(parsed->at("late_ms").number, 90'000'000);
  EXPECT_EQ(parsed->at("value").as_string(), "{\"a\":1}");
}

TEST(LateRecordTest, WithoutAnOutputItIsTaken) {
  Publisher publisher(nullptr, nullptr);
  EXPECT_FALSE(publisher.has_late_output());
  EXPECT_TRUE(publisher.publish_late(letter_of("x"), {}));
}

using Headers = std::map<std::string, std::string>;

Headers headers_of(const DeadLetter& letter) {
  Headers headers;
  for (const auto& [name, value] : dead_letter_headers(letter)) headers[name] = value;
  return headers;
}

TEST(DeadLetterHeadersTest, TellWhyAndWhence) {
  const std::vector<Header> own = {{"trace", "t1"}};
  DeadLetter letter = letter_of("abc");
  letter.headers = &own;
  const Headers decode = headers_of(letter);
  EXPECT_EQ(decode.at("trace"), "t1");
  EXPECT_EQ(decode.at("scamsieve-error-code"), "missing_field");
  EXPECT_EQ(decode.at("scamsieve-error-field"), "from.addr");
  EXPECT_EQ(decode.at("scamsieve-stage"), "decode");
  EXPECT_EQ(decode.count("scamsieve-late-ms"), 0U);
  letter.failure = {};
  letter.late_by = Duration{5'000};
  const Headers late = headers_of(letter);
  EXPECT_EQ(late.at("scamsieve-error-code"), "late");
  EXPECT_EQ(late.at("scamsieve-late-ms"), "5000");
  EXPECT_EQ(late.at("scamsieve-stage"), "late");
  EXPECT_EQ(late.at("scamsieve-source-topic"), "telecom.messages");
  EXPECT_EQ(late.at("scamsieve-source-offset"), "42");
}

}  // namespace
}  // namespace sieve
