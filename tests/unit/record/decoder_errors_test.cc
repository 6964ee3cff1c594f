#include <gtest/gtest.h>

#include <array>

#include "record/decoder.h"
#include "unit/record/decoded.h"
#include "unit/record/record_json.h"

namespace sieve {
namespace {

using testing::call_with;
using testing::decoded;
using testing::message_with;
using testing::recipients;
using testing::report_with;

struct BadRow {
  const char* name;
  RecordKind kind;
  std::string json;
  const char* why;
};
class BadRecordTest : public ::testing::TestWithParam<BadRow> {};

TEST_P(BadRecordTest, IsRefusedWithItsReason) {
  EXPECT_EQ(decoded(GetParam().kind, GetParam().json).why(), GetParam().why);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

constexpr RecordKind kMessageKind = RecordKind::kMessage;
constexpr RecordKind kCallKind = RecordKind::kCall;
constexpr RecordKind kReportKind = RecordKind::kReport;
const std::string kGoodMessage = message_with(R"(,"text":"x")");
const std::string kGoodCall = call_with("");
const std::string kGoodReport = report_with("");

// A good message with more fields.
std::string extended(const char* rest) {
  return message_with(std::string(",\"text\":\"x\"") + rest);
}

const BadRow kBadRows[] = {
    {"RecordTooLarge", kMessageKind, std::string(limits::kRecordBytesMax + 1, ' '), "too_large"},
    {"RecordOfMaximumSize", kMessageKind, std::string(limits::kRecordBytesMax, ' '), "empty"},
    {"NoBytes", kMessageKind, "", "empty"},
    {"WhiteSpace", kMessageKind, " \t\r\n", "empty"},
    {"ByteOrderMarkOnly", kMessageKind, "\xEF\xBB\xBF", "empty"},
    {"InvalidUtf8InText", kMessageKind, message_with(",\"text\":\"a\xFFz\""), "invalid_utf8"},
    {"InvalidUtf8InSkipped", kMessageKind, extended(",\"zz\":\"\xC3\""), "invalid_utf8"},
    {"Overlong", kMessageKind, message_with(",\"text\":\"\xC0\x80\""), "invalid_utf8"},
    {"NotJson", kMessageKind, "hello", "malformed_json"},
    {"Array", kMessageKind, "[" + kGoodMessage + "]", "malformed_json"},
    {"Number", kMessageKind, "5", "malformed_json"},
    {"Truncated", kMessageKind, kGoodMessage.substr(0, kGoodMessage.size() - 1), "malformed_json"},
    {"TruncatedInString", kMessageKind, kGoodMessage.substr(0, kGoodMessage.size() - 2),
     "malformed_json"},
    {"TruncatedInRecipients", kMessageKind, recipients(2).substr(0, recipients(2).size() - 2),
     "malformed_json at to"},
    {"TruncatedInSkipped", kMessageKind, extended(R"(,"zz":{"a":[1)"), "malformed_json"},
    {"TrailingBracket", kMessageKind, kGoodMessage + "}", "malformed_json"},
    {"TrailingObject", kMessageKind, kGoodMessage + kGoodMessage, "malformed_json"},
    {"TrailingText", kMessageKind, kGoodMessage + "x", "malformed_json"},
    {"TrailingComma", kMessageKind, extended(","), "malformed_json"},
    {"MissingComma", kMessageKind, extended(R"( "lang":"th")"), "malformed_json"},
    {"MissingColon", kMessageKind, extended(R"(,"lang" "th")"), "malformed_json"},
    {"MissingValue", kMessageKind, extended(R"(,"lang":)"), "malformed_json at lang"},
    {"KeyIsNumber", kMessageKind, extended(R"(,5:"th")"), "malformed_json"},
    {"ControlCharacter", kMessageKind, message_with(",\"text\":\"a\nb\""), "malformed_json"},
    {"BadEscape", kMessageKind, message_with(R"(,"text":"a\x41")"), "malformed_json at text"},
    {"BadUnicodeEscape", kMessageKind, message_with(R"(,"text":"\u12G4")"),
     "malformed_json at text"},
    {"ShortUnicodeEscape", kMessageKind, message_with(R"(,"text":"\u12")"),
     "malformed_json at text"},
    {"BadLiteral", kMessageKind, extended(R"(,"route":{"intl":tru})"),
     "malformed_json at route.intl"},
    {"DuplicateId", kMessageKind, extended(R"(,"id":"m1")"), "duplicate_key at id"},
    {"DuplicateNull", kMessageKind, extended(R"(,"lang":null,"lang":"th")"),
     "duplicate_key at lang"},
    {"DuplicateEscaped", kMessageKind, extended(R"(,"\u0069d":"m1")"), "duplicate_key at id"},
    {"DuplicateInAddress", kMessageKind,
     replaced(kGoodMessage, R"("from":{)", R"("from":{"addr":"1",)"), "duplicate_key at from.addr"},
    {"DuplicateInRoute", kMessageKind, extended(R"(,"route":{"peer":"a","peer":"a"})"),
     "duplicate_key at route.peer"},
    {"DuplicateInPart", kMessageKind, extended(R"(,"part":{"ref":1,"ref":1})"),
     "duplicate_key at part.ref"},
    {"DuplicateInTrunk", kCallKind, call_with(R"(,"trunk":{"in":"a","in":"b"})"),
     "duplicate_key at trunk.in"},
    {"NoSchema", kMessageKind, replaced(kGoodMessage, R"("schema":"message.v1",)", ""),
     "missing_field at schema"},
    {"NoId", kMessageKind, replaced(kGoodMessage, R"("id":"m1",)", ""), "missing_field at id"},
    {"NullId", kMessageKind, replaced(kGoodMessage, R"("id":"m1")", R"("id":null)"),
     "missing_field at id"},
    {"NoText", kMessageKind, message_with(""), "missing_field at text"},
    {"EmptyObject", kMessageKind, "{}", "missing_field at schema"},
    {"NoAddr", kMessageKind, replaced(kGoodMessage, R"("addr":"+66812345678")", ""),
     "missing_field at from.addr"},
    {"NoRecipients", kMessageKind, recipients(0), "missing_field at to"},
    {"PartWithoutSeq", kMessageKind, extended(R"(,"part":{"ref":1,"total":2})"),
     "missing_field at part.seq"},
    {"NoDuration", kCallKind, replaced(kGoodCall, R"(,"duration":12)", ""),
     "missing_field at duration"},
    {"NoSource", kReportKind, replaced(kGoodReport, R"("source":"7726",)", ""),
     "missing_field at source"},
    {"IdIsNumber", kMessageKind, replaced(kGoodMessage, R"("id":"m1")", R"("id":1)"),
     "wrong_type at id"},
    {"TextIsObject", kMessageKind, message_with(R"(,"text":{})"), "wrong_type at text"},
    {"FromIsText", kMessageKind,
     replaced(kGoodMessage, R"({"addr":"+66812345678"})", R"("+66812345678")"),
     "wrong_type at from"},
    {"RecipientIsText", kMessageKind, replaced(recipients(1), R"({"addr":"123"})", R"("123")"),
     "wrong_type at to"},
    {"DurationIsText", kCallKind, replaced(kGoodCall, R"("duration":12)", R"("duration":"12")"),
     "wrong_type at duration"},
    {"BoolIsNumber", kMessageKind, extended(R"(,"route":{"intl":1})"), "wrong_type at route.intl"},
    {"PayloadIsText", kMessageKind, message_with(R"(,"payload":"AA==")"), "wrong_type at payload"},
    {"TimeIsBool", kCallKind, replaced(kGoodCall, "1767601800000", "true"), "wrong_type at ts"},
    {"TimeIsWords", kMessageKind, replaced(kGoodMessage, "2026-01-05T08:30:00Z", "yesterday"),
     "bad_time at ts"},
    {"TimeWithoutZone", kMessageKind, replaced(kGoodMessage, "08:30:00Z", "08:30:00"),
     "bad_time at ts"},
    {"TimeOfNoDay", kMessageKind, replaced(kGoodMessage, "01-05T", "02-30T"), "bad_time at ts"},
    {"TimeInSeconds", kCallKind, replaced(kGoodCall, "1767601800000", "1767601800"),
     "bad_time at ts"},
    {"TimeInNanoseconds", kCallKind, replaced(kGoodCall, "1767601800000", "1767601800000000000"),
     "bad_time at ts"},
    {"TimeWithFraction", kCallKind, replaced(kGoodCall, "1767601800000", "1767601800000.5"),
     "bad_time at ts"},
    {"EmptyId", kMessageKind, replaced(kGoodMessage, R"("id":"m1")", R"("id":"")"),
     "bad_value at id"},
    {"UnknownChannel", kMessageKind, replaced(kGoodMessage, R"("sms")", R"("fax")"),
     "bad_value at channel"},
    {"UnknownChannelLonger", kMessageKind, replaced(kGoodMessage, R"("sms")", R"("sms\u0000")"),
     "bad_value at channel"},
    {"UnknownType", kMessageKind, replaced(kGoodMessage, R"("msisdn")", R"("MSISDN")"),
     "bad_value at to.type"},
    {"UnknownKind", kCallKind, replaced(kGoodCall, R"("mo")", R"("fax")"), "bad_value at kind"},
    {"NegativeDuration", kCallKind, replaced(kGoodCall, R"("duration":12)", R"("duration":-1)"),
     "bad_value at duration"},
    {"LeadingZero", kCallKind, replaced(kGoodCall, R"("duration":12)", R"("duration":012)"),
     "bad_value at duration"},
    {"CauseMaximumPlusOne", kCallKind, call_with(R"(,"cause":128)"), "bad_value at cause"},
    {"LatitudeTooLarge", kMessageKind, extended(R"(,"cell":{"lat":90.5})"),
     "bad_value at cell.lat"},
    {"PartBeyondTotal", kMessageKind, extended(R"(,"part":{"ref":1,"total":2,"seq":3})"),
     "bad_value at part.seq"},
    {"OtherVersion", kMessageKind, replaced(kGoodMessage, "message.v1", "message.v2"),
     "unsupported_schema at schema"},
    {"OtherKind", kCallKind, kGoodMessage, "unsupported_schema at schema"},
    {"PayloadNotBase64", kMessageKind, message_with(R"(,"payload":{"b64":"A*==","dcs":8})"),
     "bad_payload at payload.b64"},
    {"PayloadNotHex", kMessageKind, message_with(R"(,"payload":{"hex":"4"})"),
     "bad_payload at payload.hex"},
    {"PayloadWithoutOctets", kMessageKind, message_with(R"(,"payload":{"dcs":8})"),
     "missing_field at payload.b64"},
    {"PayloadIsNull", kMessageKind, message_with(R"(,"payload":null)"), "missing_field at text"},
    {"PayloadTwice", kMessageKind, message_with(R"(,"payload":{"hex":""},"payload":{"hex":""})"),
     "duplicate_key at payload"},
    {"DcsMaximumPlusOne", kMessageKind, message_with(R"(,"payload":{"hex":"","dcs":256})"),
     "bad_value at payload.dcs"},
    {"DcsNegative", kMessageKind, message_with(R"(,"payload":{"hex":"","dcs":-1})"),
     "bad_value at payload.dcs"},
    {"UdhiIsNumber", kMessageKind, message_with(R"(,"payload":{"hex":"","udhi":1})"),
     "wrong_type at payload.udhi"},
    {"TooManyRecipients", kMessageKind, recipients(limits::kRecipientsPerMessageMax + 1),
     "too_many_recipients at to"},
};
INSTANTIATE_TEST_SUITE_P(Rows, BadRecordTest, ::testing::ValuesIn(kBadRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(DecodeErrorTest, EveryReasonHasARowANameAndASentence) {
  std::array<bool, kDecodeErrorCount> shown{};
  shown[static_cast<size_t>(DecodeError::kNone)] = true;
  shown[static_cast<size_t>(DecodeError::kMalformedCsv)] = true;  // In mapping_test.
  shown[static_cast<size_t>(DecodeError::kFutureTime)] = true;    // In decoder_test.
  for (const BadRow& row : kBadRows) {
    shown[static_cast<size_t>(decoded(row.kind, row.json).error())] = true;
  }
  for (size_t i = 0; i < kDecodeErrorCount; ++i) {
    const DecodeError error = static_cast<DecodeError>(i);
    EXPECT_TRUE(shown[i]) << name_of(error);
    EXPECT_FALSE(name_of(error).empty());
    EXPECT_FALSE(describe(error).empty());
  }
}

}  // namespace
}  // namespace sieve
