#include "record/fields.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "unit/record/decoded.h"

namespace sieve {
namespace {

using testing::decoded;
using testing::Decoded;

constexpr const char* kMessage =
    R"({"schema":"message.v1","id":"m1","ts":"2026-01-05T20:30:00Z","channel":"rcs",)"
    R"("from":{"addr":"Bank"},"to":[{"addr":"0898765432"},{"addr":"1441"}],"text":"",)"
    R"("part":{"ref":7,"total":3,"seq":2},"direction":"p2a","route":{"intl":false},)"
    R"("sim":{"activated_at":1767601800000},"cell":{"lat":1.5}})";
constexpr const char* kPayload =
    R"({"schema":"message.v1","id":"m1","ts":1767601800000,"channel":"sms",)"
    R"("from":{"addr":"A"},"to":{"addr":"B"},"payload":{"hex":"636166C3A9","dcs":3}})";
constexpr const char* kCall =
    R"({"schema":"call.v1","id":"c1","ts":1767601800000,"kind":"gateway_in",)"
    R"("from":{"addr":""},"to":{"addr":"+855 12 345 678"},"duration":12,"ring":1.5,"cause":16,)"
    R"("imsi":"520","forwarded_from":"021234567","partial":{"seq":1}})";
constexpr const char* kReport =
    R"({"schema":"report.v1","id":"r1","ts":1767601800000,"source":"1441",)"
    R"("from":{"addr":"+66812345678"},"to":{"addr":"0898765432"},"text":"x"})";

// `absent`, a text in quotes or a number.
std::string value_of(const char* name, const Record& record) {
  const std::optional<FieldId> id = find_field(name);
  if (!id) return "unknown";
  const FieldContext context{*TimeZone::load("Asia/Bangkok")};
  const FieldValue value = field_value(*id, record, context);
  if (!value.present) return "absent";
  if (info_of(*id).type == FieldType::kString) return '"' + std::string(value.text) + '"';
  std::string number = std::to_string(value.number);
  number.erase(number.find_last_not_of('0') + 1);
  if (number.back() == '.') number.pop_back();
  return number;
}

struct FieldRow {
  const char* name;
  const char* json;
  RecordKind kind;
  const char* field;
  const char* want;
};
class FieldValueTest : public ::testing::TestWithParam<FieldRow> {};

TEST_P(FieldValueTest, IsReadFromTheRecord) {
  const Decoded got = decoded(GetParam().kind, GetParam().json);
  ASSERT_EQ(got.why(), "none");
  EXPECT_EQ(value_of(GetParam().field, got.record()), GetParam().want);
}

constexpr RecordKind kM = RecordKind::kMessage;
constexpr RecordKind kC = RecordKind::kCall;
constexpr RecordKind kR = RecordKind::kReport;
const FieldRow kRows[] = {
    {"MessageId", kMessage, kM, "msg.id", "\"m1\""},
    {"MessageTime", kMessage, kM, "msg.ts", "1767645000000"},
    {"MessageHourIsLocal", kMessage, kM, "msg.hour", "3"},
    {"MessageChannel", kMessage, kM, "msg.channel", "\"rcs\""},
    {"MessageDirection", kMessage, kM, "msg.direction", "\"p2a\""},
    {"MessageFrom", kMessage, kM, "msg.from", "\"Bank\""},
    {"MessageFromType", kMessage, kM, "msg.from.type", "\"alpha\""},
    {"MessageFromCountry", kMessage, kM, "msg.from.country", "absent"},
    {"MessageTo", kMessage, kM, "msg.to", "\"+66898765432\""},
    {"MessageToRaw", kMessage, kM, "msg.to.raw", "\"0898765432\""},
    {"MessageToCountry", kMessage, kM, "msg.to.country", "\"TH\""},
    {"MessageToCount", kMessage, kM, "msg.to.count", "2"},
    {"MessageTextMayBeEmpty", kMessage, kM, "msg.text", "\"\""},
    {"MessageTextCut", kMessage, kM, "msg.text_cut", "0"},
    {"MessageCoding", kMessage, kM, "msg.coding", "\"text\""},
    {"MessageCodingOfPayload", kPayload, kM, "msg.coding", "\"utf8\""},
    {"MessageWithoutFault", kMessage, kM, "msg.payload.fault", "0"},
    {"MessageWithFault", kPayload, kM, "msg.payload.fault", "1"},
    {"MessagePart", kMessage, kM, "msg.part.seq", "2"},
    {"MessageRouteIntl", kMessage, kM, "msg.route.intl", "0"},
    {"MessageRoutePeer", kMessage, kM, "msg.route.peer", "absent"},
    {"MessageSenderRegistered", kMessage, kM, "msg.sender.registered", "absent"},
    {"MessageSimActivated", kMessage, kM, "msg.sim.activated_at", "1767601800000"},
    {"MessageSimAge", kMessage, kM, "msg.sim.age", "43200000"},
    {"MessageFromBlockOfAName", kMessage, kM, "msg.from.block", "absent"},
    {"MessageToBlock", kMessage, kM, "msg.to.block", "\"+6689876\""},
    {"MessagePartyOutsideOfWindows", kMessage, kM, "msg.party", "absent"},
    {"MessageCellLat", kMessage, kM, "msg.cell.lat", "1.5"},
    {"MessageCellLon", kMessage, kM, "msg.cell.lon", "absent"},
    {"CallFromWithheld", kCall, kC, "call.from", "absent"},
    {"CallFromTypeWithheld", kCall, kC, "call.from.type", "absent"},
    {"CallTo", kCall, kC, "call.to", "\"+85512345678\""},
    {"CallToCountry", kCall, kC, "call.to.country", "\"KH\""},
    {"CallToBlock", kCall, kC, "call.to.block", "\"+8551234\""},
    {"CallFromBlockWithheld", kCall, kC, "call.from.block", "absent"},
    {"CallRoleOutsideOfWindows", kCall, kC, "call.role", "absent"},
    {"CallSimAge", kCall, kC, "call.sim.age", "absent"},
    {"CallDirection", kCall, kC, "call.direction", "\"in\""},
    {"CallKind", kCall, kC, "call.kind", "\"gateway_in\""},
    {"CallDuration", kCall, kC, "call.duration", "12000"},
    {"CallAnswered", kCall, kC, "call.answered", "1"},
    {"CallAnsweredAt", kCall, kC, "call.answered_at", "absent"},
    {"CallRing", kCall, kC, "call.ring", "1500"},
    {"CallCause", kCall, kC, "call.cause", "16"},
    {"CallHour", kCall, kC, "call.hour", "15"},
    {"CallImsi", kCall, kC, "call.imsi", "\"520\""},
    {"CallForwardedFrom", kCall, kC, "call.forwarded_from", "\"+6621234567\""},
    {"CallPartialSeq", kCall, kC, "call.partial.seq", "1"},
    {"CallPartialLast", kCall, kC, "call.partial.last", "absent"},
    {"ReportSource", kReport, kR, "report.source", "\"1441\""},
    {"ReportFrom", kReport, kR, "report.from", "\"+66812345678\""},
    {"ReportReceivedAt", kReport, kR, "report.received_at", "absent"},
};
INSTANTIATE_TEST_SUITE_P(Rows, FieldValueTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(FieldsTest, ARecordCanBeLookedAtFromEitherParty) {
  const Decoded got = decoded(kM, kMessage);
  Record record = got.record();
  record.party = Party::kFrom;
  EXPECT_EQ(value_of("msg.party", record), "\"Bank\"");
  EXPECT_EQ(value_of("msg.other", record), "\"+66898765432\"");
  EXPECT_EQ(value_of("msg.role", record), "\"sender\"");
  record.party = Party::kTo;
  EXPECT_EQ(value_of("msg.party", record), "\"+66898765432\"");
  EXPECT_EQ(value_of("msg.other", record), "\"Bank\"");
  EXPECT_EQ(value_of("msg.role", record), "\"recipient\"");
}

// Somebody who can read texts has to; without, the fields are absent.
TEST(FieldsTest, TextIsReadByWhoeverCan) {
  class Reader final : public TextReader {
   public:
    int64_t url_count() override { return 3; }
    const EntityCounts& entities() override { return entities_; }
    FoldCounts fold() override { return {1, 2, 3, 4, 5, 6, 7, 8, 9}; }

   private:
    EntityCounts entities_ = {2, 1, 4, 5, 6, 99.5};
  };
  constexpr std::pair<std::string_view, double> kWant[] = {
      {"msg.url.count", 3},           {"msg.handle.count", 2},
      {"msg.phone.count", 1},         {"msg.amount.count", 4},
      {"msg.amount.max", 99.5},       {"msg.code.count", 5},
      {"msg.crypto.count", 6},        {"msg.fold.invisible", 1},
      {"msg.fold.full_width", 2},     {"msg.fold.styled", 3},
      {"msg.fold.look_alike", 4},     {"msg.fold.mixed_script_tokens", 5},
      {"msg.fold.spaced_out", 6},     {"msg.fold.digit_for_letter", 7},
      {"msg.fold.marks_repaired", 8}, {"msg.fold.words_repaired", 9},
      {"msg.fold.repairs", 36}};
  Reader reader;
  FieldContext context;
  const Decoded got = decoded(kM, kMessage);
  std::set<std::string_view> names;
  for (const auto& [name, want] : kWant) {
    names.insert(name);
    const FieldId id = *find_field(name);
    context.text = &reader;
    EXPECT_EQ(field_value(id, got.record(), context).number, want) << name;
    context.text = nullptr;
    EXPECT_FALSE(field_value(id, got.record(), context).present) << name;
  }
  for (const FieldInfo& info : all_fields()) {
    EXPECT_EQ(is_read_in_text(info), names.contains(info.name)) << info.name;
  }
}

TEST(FieldsTest, AreNamedOnceByKindAndFoundByName) {
  std::set<std::string_view> names;
  const std::string_view prefixes[] = {"msg.", "call.", "report."};
  for (size_t i = 0; i < all_fields().size(); ++i) {
    const FieldInfo& info = all_fields()[i];
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_TRUE(info.name.starts_with(prefixes[static_cast<size_t>(info.kind)])) << info.name;
    EXPECT_FALSE(info.summary.empty()) << info.name;
    ASSERT_TRUE(find_field(info.name).has_value()) << info.name;
    EXPECT_EQ(find_field(info.name)->index(), i);
  }
  EXPECT_FALSE(find_field("").has_value());
  EXPECT_FALSE(find_field("msg").has_value());
  EXPECT_FALSE(find_field("msg.from.").has_value());
}

TEST(FieldsTest, RequiredFieldsAreInTheSmallestRecord) {
  const FieldContext context;
  const Decoded got = decoded(kR, kReport);
  for (size_t i = 0; i < all_fields().size(); ++i) {
    const FieldInfo& info = all_fields()[i];
    if (info.kind != kR || !info.required) continue;
    EXPECT_TRUE(field_value(FieldId(static_cast<uint16_t>(i)), got.record(), context).present)
        << info.name;
  }
}

}  // namespace
}  // namespace sieve
