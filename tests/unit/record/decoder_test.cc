#include "record/decoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "unit/record/decoded.h"

namespace sieve {
namespace {

using testing::decoded;
using testing::Decoded;

// The required fields of a message, as the start of an object.
constexpr const char* kMessageStart =
    R"({"schema":"message.v1","id":"m1","ts":"2026-01-05T08:30:00Z","channel":"sms",)"
    R"("from":{"addr":"+66812345678"},"to":{"addr":"0898765432","type":"msisdn"})";
constexpr const char* kCallStart =
    R"({"schema":"call.v1","id":"c1","ts":1767601800000,"kind":"mo",)"
    R"("from":{"addr":"+66812345678"},"to":{"addr":"0898765432"},"duration":12)";
constexpr const char* kReportStart =
    R"({"schema":"report.v1","id":"r1","ts":1767601800000,"source":"7726",)"
    R"("from":{"addr":"BankSMS"},"to":{"addr":"0898765432"},"text":"won a prize")";

std::string message_with(const std::string& rest) { return kMessageStart + rest + "}"; }
std::string call_with(const std::string& rest) { return kCallStart + rest + "}"; }
std::string report_with(const std::string& rest) { return kReportStart + rest + "}"; }

TEST(DecoderTest, ReadsEveryFieldOfAMessage) {
  const Decoded got = decoded(
      RecordKind::kMessage,
      message_with(R"(,"text":"ชนะรางวัล","part":{"ref":7,"total":3,"seq":2},"direction":"a2p",)"
                   R"("lang":"th","route":{"peer":"agg","smsc":"+66","country":"KH","intl":true},)"
                   R"("sender":{"registered":false,"brand":"Bank","category":"finance"},)"
                   R"("sim":{"imsi":"520","imei":"35","activated_at":"2025-12-31T00:00:00+07:00",)"
                   R"("prepaid":true},"cell":{"id":"c9","lat":-13.5,"lon":100,"border":false})"));
  ASSERT_EQ(got.why(), "none");
  const Message& m = got.message();
  EXPECT_EQ(m.id, "m1");
  EXPECT_EQ(format_rfc3339(m.ts), "2026-01-05T08:30:00.000Z");
  EXPECT_EQ(m.channel, Channel::kSms);
  EXPECT_EQ(m.direction, Direction::kA2p);
  EXPECT_EQ(m.from.key(), "+66812345678");
  EXPECT_EQ(m.from.country, "TH");
  ASSERT_EQ(m.to.size(), 1U);
  EXPECT_EQ(m.to[0].key(), "+66898765432");
  EXPECT_EQ(m.to[0].raw, "0898765432");
  EXPECT_EQ(m.text, "ชนะรางวัล");
  EXPECT_EQ(m.lang, "th");
  ASSERT_TRUE(m.part.has_value());
  EXPECT_EQ(m.part->ref, 7);
  EXPECT_EQ(m.part->total, 3);
  EXPECT_EQ(m.part->seq, 2);
  EXPECT_EQ(m.route.peer, "agg");
  EXPECT_EQ(m.route.smsc, "+66");
  EXPECT_EQ(m.route.country, "KH");
  EXPECT_EQ(m.route.intl, Tristate::kTrue);
  EXPECT_EQ(m.sender.registered, Tristate::kFalse);
  EXPECT_EQ(m.sender.brand, "Bank");
  EXPECT_EQ(m.sender.category, "finance");
  EXPECT_EQ(m.sim.imsi, "520");
  EXPECT_EQ(m.sim.imei, "35");
  EXPECT_EQ(format_rfc3339(m.sim.activated_at.value_or(Timestamp{})), "2025-12-30T17:00:00.000Z");
  EXPECT_EQ(m.sim.prepaid, Tristate::kTrue);
  EXPECT_EQ(m.cell.id, "c9");
  EXPECT_EQ(m.cell.lat, -13.5);
  EXPECT_EQ(m.cell.lon, 100.0);
  EXPECT_EQ(m.cell.border, Tristate::kFalse);
}

TEST(DecoderTest, ReadsEveryFieldOfACall) {
  const Decoded got = decoded(
      RecordKind::kCall,
      call_with(R"(,"answered_at":"2026-01-05T08:30:05.25Z","ended_at":1767601817250,"ring":5.25,)"
                R"("cause":16,"attestation":"B","charge_number":"+6621234567",)"
                R"("forwarded_from":{"addr":"021234567","type":"msisdn"},"imsi":"520","imei":"35",)"
                R"("cell":{"id":"c9"},"trunk":{"in":"t1","out":"t2","intl":false},)"
                R"("roaming":{"network":"45601","inbound":true},"call_ref":"ref",)"
                R"("partial":{"seq":2,"last":true},"sim":{"imsi":"999","prepaid":false})"));
  ASSERT_EQ(got.why(), "none");
  const Call& c = got.call();
  EXPECT_EQ(c.kind, CallKind::kMo);
  EXPECT_EQ(c.duration.ms, 12'000);
  EXPECT_EQ(c.answered_at->ms, 1'767'601'805'250);
  EXPECT_EQ(c.ended_at->ms, 1'767'601'817'250);
  EXPECT_EQ(c.ring->ms, 5'250);
  EXPECT_EQ(c.cause, 16);
  EXPECT_EQ(c.attestation, "B");
  EXPECT_EQ(c.charge_number.key(), "+6621234567");
  EXPECT_EQ(c.forwarded_from.key(), "+6621234567");
  EXPECT_EQ(c.sim.imsi, "520");
  EXPECT_EQ(c.sim.imei, "35");
  EXPECT_EQ(c.sim.prepaid, Tristate::kFalse);
  EXPECT_EQ(c.trunk.in, "t1");
  EXPECT_EQ(c.trunk.out, "t2");
  EXPECT_EQ(c.trunk.intl, Tristate::kFalse);
  EXPECT_EQ(c.roaming.network, "45601");
  EXPECT_EQ(c.roaming.inbound, Tristate::kTrue);
  EXPECT_EQ(c.call_ref, "ref");
  EXPECT_EQ(c.partial->seq, 2);
  EXPECT_EQ(c.partial->last, Tristate::kTrue);
  EXPECT_TRUE(c.answered());
}

TEST(DecoderTest, ReadsEveryFieldOfAReport) {
  const Decoded got = decoded(RecordKind::kReport,
                              report_with(R"(,"received_at":1767601700000,"cell":{"id":"x"})"));
  ASSERT_EQ(got.why(), "none");
  EXPECT_EQ(got.report().source, "7726");
  EXPECT_EQ(got.report().from.type, AddressType::kAlpha);
  EXPECT_EQ(got.report().to.key(), "+66898765432");
  EXPECT_EQ(got.report().text, "won a prize");
  EXPECT_EQ(got.report().received_at->ms, 1'767'601'700'000);
  EXPECT_EQ(got.report().cell.id, "x");
}

std::string recipients(size_t count) {
  std::string list = R"({"schema":"message.v1","id":"m1","ts":1767601800000,"channel":"rcs",)"
                     R"("from":{"addr":"A"},"text":"x","to":[)";
  for (size_t i = 0; i < count; ++i) list += std::string(i > 0 ? "," : "") + R"({"addr":"123"})";
  return list + "]}";
}

TEST(DecoderTest, ReadsAListOfRecipientsUpToTheLimit) {
  const Decoded got = decoded(RecordKind::kMessage, recipients(limits::kRecipientsPerMessageMax));
  ASSERT_EQ(got.why(), "none");
  ASSERT_EQ(got.message().to.size(), limits::kRecipientsPerMessageMax);
  EXPECT_EQ(got.message().to.back().type, AddressType::kShort);
}

std::string text_of(const std::string& json_text) {
  const Decoded got =
      decoded(RecordKind::kMessage, message_with(",\"text\":\"" + json_text + "\""));
  return got.error() == DecodeError::kNone ? std::string(got.message().text) : got.why();
}

TEST(DecoderTest, ResolvesEscapes) {
  EXPECT_EQ(text_of(R"(a\"b\\c\/d\b\f\n\r\te)"), "a\"b\\c/d\b\f\n\r\te");
  EXPECT_EQ(text_of("\\u0e01\\u0E02z"), "กขz");
  EXPECT_EQ(text_of("\\ud83d\\ude00"), "😀");
  EXPECT_EQ(text_of("\\u0000").size(), 1U);
}

TEST(DecoderTest, ReadsALoneSurrogateAsReplacement) {
  EXPECT_EQ(text_of("a\\ud83d"), "a\uFFFD");
  EXPECT_EQ(text_of("\\ude00z"), "\uFFFDz");
  EXPECT_EQ(text_of("\\ud83d\\u0041"),
            "\uFFFD"
            "A");
  EXPECT_EQ(text_of("\\ud83d\\ud83d\\ude00"), "\uFFFD😀");
}

TEST(DecoderTest, ReadsEscapedKeysAndWords) {
  const Decoded got = decoded(
      RecordKind::kMessage,
      message_with(R"(,"t\u0065xt":"x","direct\u0069on":"\u006do","lan\u0067\u0075":"no")"));
  ASSERT_EQ(got.why(), "none");
  EXPECT_EQ(got.message().text, "x");
  EXPECT_EQ(got.message().direction, Direction::kMo);
  EXPECT_EQ(got.message().lang, "");
}

TEST(DecoderTest, CutsLongTextsBetweenCharacters) {
  const std::string full(limits::kTextBytesMax - 1, 'a');
  const Decoded whole = decoded(RecordKind::kMessage, message_with(",\"text\":\"" + full + "b\""));
  EXPECT_EQ(whole.message().text.size(), limits::kTextBytesMax);
  EXPECT_FALSE(whole.message().text_cut);
  const Decoded cut = decoded(RecordKind::kMessage, message_with(",\"text\":\"" + full + "ก\""));
  EXPECT_EQ(cut.message().text, full);
  EXPECT_TRUE(cut.message().text_cut);
}

TEST(DecoderTest, TakesWhatIsMappedNowhere) {
  for (const char* rest :
       {R"(,"text":"x","labels":{"a":[1,{"b":null}],"text":"y"})", R"(,"text":"x","zz":-1.5e3)",
        R"(,"text":"","lang":null,"part":null)", R"( , "text" : "x" , "route" : { } )",
        R"(,"text":"x","payload":{"b64":"AA=="})", R"(,"":1,"text":"x","direction_of_it":2)"}) {
    EXPECT_EQ(decoded(RecordKind::kMessage, message_with(rest)).why(), "none") << rest;
  }
}

TEST(DecoderTest, SkipsAByteOrderMark) {
  const std::string json = message_with(R"(,"text":"x")");
  EXPECT_EQ(decoded(RecordKind::kMessage, "\xEF\xBB\xBF" + json).why(), "none");
}

TEST(DecoderTest, KeepsAWithheldCallerAsEmpty) {
  const Decoded got = decoded(
      RecordKind::kCall, R"({"schema":"call.v1","id":"c1","ts":1767601800000,"kind":"attempt",)"
                         R"("from":{"addr":""},"to":{"addr":"1"},"duration":0})");
  ASSERT_EQ(got.why(), "none");
  EXPECT_EQ(got.call().from.key(), "");
  EXPECT_EQ(got.call().from.type, AddressType::kUnknown);
  EXPECT_FALSE(got.call().answered());
}

TEST(DecoderTest, RefusesTimesAheadOfTheLimit) {
  const testing::Padded bytes(message_with(R"(,"text":"x")"));
  const Mapping mapping = native_mapping(RecordKind::kMessage, "TH");
  Decoder decoder(mapping);
  Arena arena;
  Record record;
  const Timestamp ts = *parse_rfc3339("2026-01-05T08:30:00Z");
  decoder.set_options({.time_max = ts});
  EXPECT_EQ(decoder.decode(bytes.view(), arena, record).error, DecodeError::kNone);
  decoder.set_options({.time_max = ts - Duration{1}});
  EXPECT_EQ(decoder.decode(bytes.view(), arena, record).error, DecodeError::kFutureTime);
}

TEST(DecoderTest, ForgetsTheRecordBefore) {
  const testing::Padded rich(message_with(R"(,"text":"x","part":{"ref":1,"total":1,"seq":1})"));
  const testing::Padded poor(message_with(R"(,"text":"y")"));
  const Mapping mapping = native_mapping(RecordKind::kMessage, "TH");
  Decoder decoder(mapping);
  Arena arena;
  Record record;
  ASSERT_EQ(decoder.decode(rich.view(), arena, record).error, DecodeError::kNone);
  ASSERT_EQ(decoder.decode(poor.view(), arena, record).error, DecodeError::kNone);
  EXPECT_FALSE(record.message.part.has_value());
  EXPECT_EQ(record.time().ms, record.message.ts.ms);
  EXPECT_EQ(record.id(), "m1");
}

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

std::vector<BadRow> bad_rows() {
  constexpr RecordKind kM = RecordKind::kMessage;
  constexpr RecordKind kC = RecordKind::kCall;
  constexpr RecordKind kR = RecordKind::kReport;
  const std::string m = message_with(R"(,"text":"x")");
  const std::string c = call_with("");
  const std::string r = report_with("");
  const auto with = [](const char* rest) {
    return message_with(std::string(",\"text\":\"x\"") + rest);
  };
  return {
      {"RecordTooLarge", kM, std::string(limits::kRecordBytesMax + 1, ' '), "too_large"},
      {"RecordOfMaximumSize", kM, std::string(limits::kRecordBytesMax, ' '), "empty"},
      {"NoBytes", kM, "", "empty"},
      {"WhiteSpace", kM, " \t\r\n", "empty"},
      {"ByteOrderMarkOnly", kM, "\xEF\xBB\xBF", "empty"},
      {"InvalidUtf8InText", kM, message_with(",\"text\":\"a\xFFz\""), "invalid_utf8"},
      {"InvalidUtf8InSkipped", kM, with(",\"zz\":\"\xC3\""), "invalid_utf8"},
      {"Overlong", kM, message_with(",\"text\":\"\xC0\x80\""), "invalid_utf8"},
      {"NotJson", kM, "hello", "malformed_json"},
      {"Array", kM, "[" + m + "]", "malformed_json"},
      {"Number", kM, "5", "malformed_json"},
      {"Truncated", kM, m.substr(0, m.size() - 1), "malformed_json"},
      {"TruncatedInString", kM, m.substr(0, m.size() - 2), "malformed_json"},
      {"TruncatedInRecipients", kM, recipients(2).substr(0, recipients(2).size() - 2),
       "malformed_json at to"},
      {"TruncatedInSkipped", kM, with(R"(,"zz":{"a":[1)"), "malformed_json"},
      {"TrailingBracket", kM, m + "}", "malformed_json"},
      {"TrailingObject", kM, m + m, "malformed_json"},
      {"TrailingText", kM, m + "x", "malformed_json"},
      {"TrailingComma", kM, with(","), "malformed_json"},
      {"MissingComma", kM, with(R"( "lang":"th")"), "malformed_json"},
      {"MissingColon", kM, with(R"(,"lang" "th")"), "malformed_json"},
      {"MissingValue", kM, with(R"(,"lang":)"), "malformed_json at lang"},
      {"KeyIsNumber", kM, with(R"(,5:"th")"), "malformed_json"},
      {"ControlCharacter", kM, message_with(",\"text\":\"a\nb\""), "malformed_json"},
      {"BadEscape", kM, message_with(R"(,"text":"a\x41")"), "malformed_json at text"},
      {"BadUnicodeEscape", kM, message_with(R"(,"text":"\u12G4")"), "malformed_json at text"},
      {"ShortUnicodeEscape", kM, message_with(R"(,"text":"\u12")"), "malformed_json at text"},
      {"BadLiteral", kM, with(R"(,"route":{"intl":tru})"), "malformed_json at route.intl"},
      {"DuplicateId", kM, with(R"(,"id":"m1")"), "duplicate_key at id"},
      {"DuplicateNull", kM, with(R"(,"lang":null,"lang":"th")"), "duplicate_key at lang"},
      {"DuplicateEscaped", kM, with(R"(,"\u0069d":"m1")"), "duplicate_key at id"},
      {"DuplicateInAddress", kM, replaced(m, R"("from":{)", R"("from":{"addr":"1",)"),
       "duplicate_key at from.addr"},
      {"DuplicateInRoute", kM, with(R"(,"route":{"peer":"a","peer":"a"})"),
       "duplicate_key at route.peer"},
      {"DuplicateInPart", kM, with(R"(,"part":{"ref":1,"ref":1})"), "duplicate_key at part.ref"},
      {"DuplicateInTrunk", kC, call_with(R"(,"trunk":{"in":"a","in":"b"})"),
       "duplicate_key at trunk.in"},
      {"NoSchema", kM, replaced(m, R"("schema":"message.v1",)", ""), "missing_field at schema"},
      {"NoId", kM, replaced(m, R"("id":"m1",)", ""), "missing_field at id"},
      {"NullId", kM, replaced(m, R"("id":"m1")", R"("id":null)"), "missing_field at id"},
      {"NoText", kM, message_with(""), "missing_field at text"},
      {"EmptyObject", kM, "{}", "missing_field at schema"},
      {"NoAddr", kM, replaced(m, R"("addr":"+66812345678")", ""), "missing_field at from.addr"},
      {"NoRecipients", kM, recipients(0), "missing_field at to"},
      {"PartWithoutSeq", kM, with(R"(,"part":{"ref":1,"total":2})"), "missing_field at part.seq"},
      {"NoDuration", kC, replaced(c, R"(,"duration":12)", ""), "missing_field at duration"},
      {"NoSource", kR, replaced(r, R"("source":"7726",)", ""), "missing_field at source"},
      {"IdIsNumber", kM, replaced(m, R"("id":"m1")", R"("id":1)"), "wrong_type at id"},
      {"TextIsObject", kM, message_with(R"(,"text":{})"), "wrong_type at text"},
      {"FromIsText", kM, replaced(m, R"({"addr":"+66812345678"})", R"("+66812345678")"),
       "wrong_type at from"},
      {"RecipientIsText", kM, replaced(recipients(1), R"({"addr":"123"})", R"("123")"),
       "wrong_type at to"},
      {"DurationIsText", kC, replaced(c, R"("duration":12)", R"("duration":"12")"),
       "wrong_type at duration"},
      {"BoolIsNumber", kM, with(R"(,"route":{"intl":1})"), "wrong_type at route.intl"},
      {"PayloadIsText", kM, message_with(R"(,"payload":"AA==")"), "wrong_type at payload"},
      {"TimeIsBool", kC, replaced(c, "1767601800000", "true"), "wrong_type at ts"},
      {"TimeIsWords", kM, replaced(m, "2026-01-05T08:30:00Z", "yesterday"), "bad_time at ts"},
      {"TimeWithoutZone", kM, replaced(m, "08:30:00Z", "08:30:00"), "bad_time at ts"},
      {"TimeOfNoDay", kM, replaced(m, "01-05T", "02-30T"), "bad_time at ts"},
      {"TimeInSeconds", kC, replaced(c, "1767601800000", "1767601800"), "bad_time at ts"},
      {"TimeInNanoseconds", kC, replaced(c, "1767601800000", "1767601800000000000"),
       "bad_time at ts"},
      {"TimeWithFraction", kC, replaced(c, "1767601800000", "1767601800000.5"), "bad_time at ts"},
      {"EmptyId", kM, replaced(m, R"("id":"m1")", R"("id":"")"), "bad_value at id"},
      {"UnknownChannel", kM, replaced(m, R"("sms")", R"("fax")"), "bad_value at channel"},
      {"UnknownChannelLonger", kM, replaced(m, R"("sms")", R"("sms\u0000")"),
       "bad_value at channel"},
      {"UnknownType", kM, replaced(m, R"("msisdn")", R"("MSISDN")"), "bad_value at to.type"},
      {"UnknownKind", kC, replaced(c, R"("mo")", R"("fax")"), "bad_value at kind"},
      {"NegativeDuration", kC, replaced(c, R"("duration":12)", R"("duration":-1)"),
       "bad_value at duration"},
      {"LeadingZero", kC, replaced(c, R"("duration":12)", R"("duration":012)"),
       "bad_value at duration"},
      {"CauseMaximumPlusOne", kC, call_with(R"(,"cause":128)"), "bad_value at cause"},
      {"LatitudeTooLarge", kM, with(R"(,"cell":{"lat":90.5})"), "bad_value at cell.lat"},
      {"PartBeyondTotal", kM, with(R"(,"part":{"ref":1,"total":2,"seq":3})"),
       "bad_value at part.seq"},
      {"OtherVersion", kM, replaced(m, "message.v1", "message.v2"), "unsupported_schema at schema"},
      {"OtherKind", kC, m, "unsupported_schema at schema"},
      {"PayloadAlone", kM, message_with(R"(,"payload":{"b64":"AA==","dcs":8})"),
       "unsupported_payload at payload"},
      {"TooManyRecipients", kM, recipients(limits::kRecipientsPerMessageMax + 1),
       "too_many_recipients at to"},
  };
}
INSTANTIATE_TEST_SUITE_P(Rows, BadRecordTest, ::testing::ValuesIn(bad_rows()),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(DecodeErrorTest, EveryReasonHasARowANameAndASentence) {
  std::array<bool, kDecodeErrorCount> shown{};
  shown[static_cast<size_t>(DecodeError::kNone)] = true;
  shown[static_cast<size_t>(DecodeError::kMalformedCsv)] = true;  // In mapped_reader_test.
  shown[static_cast<size_t>(DecodeError::kFutureTime)] = true;    // Above.
  for (const BadRow& row : bad_rows()) {
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
