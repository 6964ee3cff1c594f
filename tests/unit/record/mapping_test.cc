#include "record/mapping.h"

#include <gtest/gtest.h>

#include "unit/record/decoded.h"
#include "unit/record/mapping_of.h"

namespace sieve {
namespace {

using testing::codes_of;
using testing::Decoded;
using testing::mapping_of;

constexpr const char* kCallJson = R"(
format: json
default_country: TH
time: { format: epoch_s }
fields:
  id: cdr.ref
  ts: cdr.time.start
  kind: { path: rec_type, values: { "0": mo, "1": mt }, otherwise: transit }
  from: { path: a.number, type: msisdn }
  to: a.called
  duration: { path: minutes, unit: m }
  trunk.intl: cdr.intl
  cell.lat: lat
)";
constexpr const char* kMessageCsv = R"(
format: csv
delimiter: ";"
default_country: TH
time: { format: "%d/%m/%Y %H:%M:%S", zone: Asia/Bangkok }
fields:
  id: record_id
  ts: at
  channel: { constant: sms }
  from: sender
  to: recipient
  text: body
  lang: language
)";
constexpr const char* kHeader = "record_id;at;sender;recipient;body;language";

TEST(ParseMappingTest, WithoutFieldsReadsOurOwnJson) {
  const Mapping mapping = mapping_of(RecordKind::kCall, "default_country: TH");
  EXPECT_TRUE(mapping.native);
  EXPECT_EQ(mapping.default_country, "TH");
}

TEST(ParseMappingTest, DecidesTheHeaderByColumns) {
  const std::string fields = R"(
fields: { id: a, ts: b, source: c, from: d, to: e, text: f })";
  EXPECT_TRUE(mapping_of(RecordKind::kReport, "format: csv" + fields).header);
  EXPECT_FALSE(
      mapping_of(RecordKind::kReport, "format: csv\ncolumns: [a, b, c, d, e, f]" + fields).header);
}

TEST(MappedDecoderTest, ReadsAnOperatorsJson) {
  const Decoded got(mapping_of(RecordKind::kCall, kCallJson), R"(
    {"cdr":{"ref":77,"x":{"y":[1]},"time":{"start":"1767601800.5","end":0},"intl":1},
     "rec_type":"1","a":{"number":"081 234 5678","called":"\u0030898765432"},
     "minutes":1.5,"lat":"13.75","more":null})");
  ASSERT_EQ(got.why(), "none");
  EXPECT_EQ(got.call().id, "77");
  EXPECT_EQ(got.call().ts.ms, 1'767'601'800'500);
  EXPECT_EQ(got.call().kind, CallKind::kMt);
  EXPECT_EQ(got.call().from.key(), "+66812345678");
  EXPECT_EQ(got.call().to.key(), "+66898765432");
  EXPECT_EQ(got.call().duration.ms, 90'000);
  EXPECT_EQ(got.call().trunk.intl, Tristate::kTrue);
  EXPECT_EQ(got.call().cell.lat, 13.75);
}

TEST(MappedDecoderTest, ReadsAnOperatorsCsv) {
  const Decoded got(mapping_of(RecordKind::kMessage, kMessageCsv),
                    "7;05/01/2026 15:30:00;\"My \"\"Bank\"\"\";0812345678;\"a;b\";\r", kHeader);
  ASSERT_EQ(got.why(), "none");
  EXPECT_EQ(got.message().id, "7");
  EXPECT_EQ(format_rfc3339(got.message().ts), "2026-01-05T08:30:00.000Z");
  EXPECT_EQ(got.message().channel, Channel::kSms);
  EXPECT_EQ(got.message().from.key(), "My \"Bank\"");
  EXPECT_EQ(got.message().from.type, AddressType::kAlpha);
  ASSERT_EQ(got.message().to.size(), 1U);
  EXPECT_EQ(got.message().to[0].key(), "+66812345678");
  EXPECT_EQ(got.message().text, "a;b");
  EXPECT_EQ(got.message().lang, "");
}

TEST(MappedDecoderTest, ReadsCsvWithoutHeaderByColumns) {
  const Mapping mapping = mapping_of(RecordKind::kReport, R"(
format: csv
columns: [skip, id, ts, source, from, to, text]
fields: { id: id, ts: ts, source: source, from: from, to: to, text: text })");
  const Decoded got(mapping, "?,r1,1767601800000,app,BankSMS,,");
  ASSERT_EQ(got.why(), "none");
  EXPECT_EQ(got.report().text, "");
  EXPECT_EQ(got.report().to.key(), "");
}

TEST(MappedDecoderTest, ReadsFilesWhoseHeadersDiffer) {
  const Mapping mapping = mapping_of(RecordKind::kMessage, kMessageCsv);
  Decoder decoder(mapping);
  Arena arena;
  Record record;
  ASSERT_EQ(decoder.set_header(std::string(kHeader) + "\r\n").error, DecodeError::kNone);
  const testing::Padded first("1;05/01/2026 15:30:00;A;B;one;");
  ASSERT_EQ(decoder.decode(first.view(), arena, record).error, DecodeError::kNone);
  EXPECT_EQ(record.message.text, "one");
  ASSERT_EQ(decoder
                .set_header("\xEF\xBB\xBF"
                            "body;language;at;x;sender;recipient;record_id")
                .error,
            DecodeError::kNone);
  const testing::Padded second("two;;05/01/2026 15:30:00;;A;B;2");
  ASSERT_EQ(decoder.decode(second.view(), arena, record).error, DecodeError::kNone);
  EXPECT_EQ(record.message.text, "two");
}

struct HeaderRow {
  const char* name;
  const char* header;
  const char* why;
};
class CsvHeaderTest : public ::testing::TestWithParam<HeaderRow> {};

TEST_P(CsvHeaderTest, IsRefusedWithItsReason) {
  const Decoded got(mapping_of(RecordKind::kMessage, kMessageCsv), "x", GetParam().header);
  EXPECT_EQ(got.why(), GetParam().why);
}

const HeaderRow kHeaderRows[] = {
    {"MissingColumn", "record_id;at;sender;recipient;body", "missing_field at lang"},
    {"ColumnTwice", "record_id;at;sender;recipient;body;language;at", "duplicate_key at ts"},
    {"UnbalancedQuote", "record_id;\"at", "malformed_csv"},
    {"InvalidUtf8", "record_id;\xFF", "invalid_utf8"},
};
INSTANTIATE_TEST_SUITE_P(Rows, CsvHeaderTest, ::testing::ValuesIn(kHeaderRows),
                         [](const auto& row) { return std::string(row.param.name); });

struct BadMappedRow {
  const char* name;
  bool csv;
  const char* bytes;
  const char* why;
};
class BadMappedRecordTest : public ::testing::TestWithParam<BadMappedRow> {};

TEST_P(BadMappedRecordTest, IsRefusedWithItsReason) {
  const BadMappedRow& row = GetParam();
  const Mapping mapping = row.csv ? mapping_of(RecordKind::kMessage, kMessageCsv)
                                  : mapping_of(RecordKind::kCall, kCallJson);
  EXPECT_EQ(Decoded(mapping, row.bytes, row.csv ? kHeader : "").why(), row.why);
}

const BadMappedRow kBadMappedRows[] = {
    {"CsvUnclosedQuote", true, "7;\"05/01/2026 15:30:00;a;b;c;d", "malformed_csv"},
    {"CsvTextBehindQuote", true, "7;\"x\"y;a;b;c;d", "malformed_csv"},
    {"CsvColumnMissing", true, "7;05/01/2026 15:30:00;a;b;c", "malformed_csv"},
    {"CsvColumnTooMany", true, "7;05/01/2026 15:30:00;a;b;c;d;e", "malformed_csv"},
    {"CsvEmpty", true, "\r", "empty"},
    {"CsvInvalidUtf8", true, "7;05/01/2026 15:30:00;a;b;\xFF;d", "invalid_utf8"},
    {"CsvEmptyId", true, ";05/01/2026 15:30:00;a;b;c;d", "missing_field at id"},
    {"CsvBadTime", true, "7;31/02/2026 15:30:00;a;b;c;d", "bad_time at ts"},
    {"CsvOtherTimeFormat", true, "7;2026-01-05T15:30:00Z;a;b;c;d", "bad_time at ts"},
    {"JsonArray", false, "[]", "malformed_json"},
    {"JsonEmptyObject", false, "{}", "missing_field at id"},
    {"JsonTrailing", false, R"({"lat":1}})", "malformed_json"},
    {"JsonUnclosedInner", false, R"({"cdr":{"time":{}})", "malformed_json"},
    {"JsonTrailingComma", false, R"({"cdr":{"ref":1,}})", "malformed_json"},
    {"JsonLeadingComma", false, R"({,"lat":1})", "malformed_json"},
    {"JsonBadNumber", false, R"({"lat":1.})", "malformed_json at cell.lat"},
    {"JsonDuplicate", false, R"({"lat":1,"lat":1})", "duplicate_key at cell.lat"},
    {"JsonDuplicateInner", false, R"({"cdr":{"time":{"start":1,"start":2}}})",
     "duplicate_key at ts"},
    {"JsonDuplicateObject", false, R"({"cdr":{},"cdr":{}})", "duplicate_key at cdr"},
    {"JsonValueIsObject", false, R"({"lat":{}})", "wrong_type at cell.lat"},
    {"JsonValueIsList", false, R"({"lat":[1]})", "wrong_type at cell.lat"},
    {"JsonObjectIsValue", false, R"({"cdr":5})", "wrong_type at cdr"},
    {"JsonInvalidUtf8", false, "{\"lat\":\"\xFF\"}", "invalid_utf8"},
    {"JsonNegativeDuration", false,
     R"({"cdr":{"ref":1,"time":{"start":1767601800}},"rec_type":"9","a":{"number":"1",)"
     R"("called":"2"},"minutes":-1})",
     "bad_value at duration"},
    {"JsonBadLatitude", false,
     R"({"cdr":{"ref":1,"time":{"start":1767601800}},"rec_type":"9","a":{"number":"1",)"
     R"("called":"2"},"minutes":1,"lat":"91"})",
     "bad_value at cell.lat"},
    {"JsonBadBool", false,
     R"({"cdr":{"ref":1,"time":{"start":1767601800},"intl":"si"},"rec_type":"9",)"
     R"("a":{"number":"1","called":"2"},"minutes":1})",
     "bad_value at trunk.intl"},
};
INSTANTIATE_TEST_SUITE_P(Rows, BadMappedRecordTest, ::testing::ValuesIn(kBadMappedRows),
                         [](const auto& row) { return std::string(row.param.name); });

constexpr const char* kPayloadFields = R"(
fields:
  id: id
  ts: ts
  channel: { constant: sms }
  from: from
  to: to
  part.ref: ref
  part.total: total
  part.seq: seq
  payload.hex: sm
  payload.dcs: dcs
  payload.udhi: { path: esm, values: { "64": "true" }, otherwise: "false" }
)";

TEST(MappedDecoderTest, ReadsPayloadsOfAnOperatorsJson) {
  const Mapping mapping = mapping_of(RecordKind::kMessage, kPayloadFields);
  const std::string start = R"({"id":"1","ts":1767601800000,"from":"A","to":"B",)";
  const Decoded got(mapping, start + R"("sm":"050003cc0201 0e1f0e23","dcs":8,"esm":64})");
  ASSERT_EQ(got.why(), "none");
  EXPECT_EQ(got.message().text, "ฟร");
  EXPECT_EQ(got.message().part->seq, 1);
  EXPECT_EQ(Decoded(mapping, start + R"("dcs":8,"esm":64})").why(), "missing_field at payload.hex");
  EXPECT_EQ(Decoded(mapping, start + R"("sm":"0","esm":0})").why(), "bad_payload at payload.hex");
  EXPECT_EQ(Decoded(mapping, start + R"("sm":"","dcs":256,"esm":0})").why(),
            "bad_value at payload.dcs");
}

TEST(MappedDecoderTest, ReadsThePayloadWhereTheTextIsEmpty) {
  const Mapping mapping = mapping_of(RecordKind::kMessage, R"(
format: csv
fields:
  { id: id, ts: ts, channel: { constant: sms }, from: f, to: t, text: x, payload.b64: p,
    payload.packed: { constant: "true" } })");
  const auto text_of = [&mapping](const std::string& cells) {
    const Decoded got(mapping, "1,1767601800000,A,B," + cells, "id,ts,f,t,x,p");
    return got.error() == DecodeError::kNone ? std::string(got.message().text) : got.why();
  };
  EXPECT_EQ(text_of(",QSE"), "AB");
  EXPECT_EQ(text_of("hello,QSE"), "hello");
  EXPECT_EQ(text_of(","), "");
  EXPECT_EQ(text_of(",*"), "bad_payload at payload.b64");
}

TEST(ParseMappingTest, AMessageNeedsATextOrAPayload) {
  Diagnostics diagnostics;
  testing::parse_into(
      RecordKind::kMessage,
      "fields: { id: i, ts: t, channel: { constant: sms }, from: f, to: t2, payload.dcs: d }",
      diagnostics);
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].code, "C202");
  EXPECT_EQ(diagnostics[0].help, "or, where the text is encoded, `payload.b64` or `payload.hex`");
}

struct BadMappingRow {
  const char* name;
  std::string yaml;
  const char* codes;
};
class BadMappingTest : public ::testing::TestWithParam<BadMappingRow> {};

TEST_P(BadMappingTest, IsExplained) { EXPECT_EQ(codes_of(GetParam().yaml), GetParam().codes); }

const std::string kReportFields =
    "\nfields: { id: id, ts: ts, source: source, from: from, to: to, text: text";

const BadMappingRow kBadMappingRows[] = {
    {"UnknownKey", "fromat: csv", "C002"},
    {"UnknownFormat", "format: xml", "C005"},
    {"UnknownField", kReportFields + ", txt: x }", "C201"},
    {"RequiredFieldNotMapped", "fields: { id: id, ts: ts, source: s, from: f, to: t }", "C202"},
    {"UnknownTimeFormat", "time: { format: tomorrow }", "C203"},
    {"UnknownSpecifier", "time: { format: '%Y-%m-%d %Q' }", "C203"},
    {"UnknownZone", "time: { zone: Asia/Atlantis }", "C204"},
    {"UnknownCountry", "default_country: XX", "C205"},
    {"HeaderAndColumns",
     "format: csv\nheader: true\ncolumns: [id, ts, source, from, to, text]" + kReportFields + " }",
     "C206"},
    {"NeitherHeaderNorColumns", "format: csv\nheader: false" + kReportFields + " }", "C206"},
    {"ColumnNotNamed", "format: csv\ncolumns: [id, ts, source, from, to]" + kReportFields + " }",
     "C206"},
    {"PathAndConstant", kReportFields + ", cell.id: { path: a, constant: b } }", "C207"},
    {"NeitherPathNorConstant", kReportFields + ", cell.id: { } }", "C207"},
    {"OtherwiseWithoutValues", kReportFields + ", cell.id: { path: a, otherwise: b } }", "C207"},
    {"MappedTwice", kReportFields + ", from.addr: x }", "C207"},
    {"LongDelimiter", "format: csv\ndelimiter: ';;'" + kReportFields + " }", "C208"},
    {"EmptyKeyInPath", kReportFields + ", cell.id: a..b }", "C209"},
    {"PathMaximumPlusOne", kReportFields + ", cell.id: a.b.c.d.e.f.g.h.i }", "C209"},
    {"PathThroughValue", kReportFields + ", cell.id: id.x }", "C209"},
    {"UnknownAddressType",
     "fields: { id: id, ts: ts, source: s, to: to, text: text, from: { path: f, type: fax } }",
     "C210"},
    {"CsvWithoutFields", "format: csv", "C001"},
};
INSTANTIATE_TEST_SUITE_P(Rows, BadMappingTest, ::testing::ValuesIn(kBadMappingRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ParseMappingTest, SuggestsTheNearestField) {
  Diagnostics diagnostics;
  testing::parse_into(RecordKind::kReport, kReportFields + ", recieved_at: x }", diagnostics);
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].help, "did you mean `received_at`?");
  EXPECT_EQ(diagnostics[0].span.line, 2U);
}

}  // namespace
}  // namespace sieve
