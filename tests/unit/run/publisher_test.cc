#include "run/publisher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace sieve
