#include "record/decoder.h"

#include <gtest/gtest.h>

#include "unit/record/decoded.h"
#include "unit/record/record_json.h"

namespace sieve {
namespace {

using testing::call_with;
using testing::decoded;
using testing::Decoded;
using testing::message_with;
using testing::recipients;
using testing::report_with;

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
        R"(,"text":"x","payload":{"b64":"*"})", R"(,"":1,"text":"x","direction_of_it":2)"}) {
    EXPECT_EQ(decoded(RecordKind::kMessage, message_with(rest)).why(), "none") << rest;
  }
}

TEST(DecoderTest, ReadsTheTextFromThePayload) {
  const Decoded got =
      decoded(RecordKind::kMessage,
              message_with(R"(,"payload":{"dcs":8,"udhi":true,"b64":"BQADzAIB\nDh8OIw41"})"));
  ASSERT_EQ(got.why(), "none");
  EXPECT_EQ(got.message().text, "ฟรี");
  EXPECT_EQ(got.message().coding, TextCoding::kUcs2);
  EXPECT_FALSE(got.message().payload_notes.any());
  ASSERT_TRUE(got.message().part.has_value());
  EXPECT_EQ(got.message().part->ref, 204);
}

TEST(DecoderTest, PrefersTheTextToThePayload) {
  const char* const kBoth = R"(,"payload":{"hex":"4869"},"text":)";
  const Decoded text = decoded(RecordKind::kMessage, message_with(kBoth + std::string("\"x\"")));
  EXPECT_EQ(text.message().text, "x");
  EXPECT_EQ(text.message().coding, TextCoding::kText);
  const Decoded empty = decoded(RecordKind::kMessage, message_with(kBoth + std::string("\"\"")));
  EXPECT_EQ(empty.message().text, "Hi");
}

TEST(DecoderTest, ComparesThePartsWhicheverComesFirst) {
  const std::string part = R"(,"part":{"ref":9,"total":2,"seq":2})";
  const std::string payload = R"(,"payload":{"hex":"050003CC020141","udhi":true})";
  for (const std::string& rest : {part + payload, payload + part}) {
    const Decoded got = decoded(RecordKind::kMessage, message_with(rest));
    ASSERT_EQ(got.why(), "none");
    EXPECT_EQ(got.message().part->ref, 9);
    EXPECT_TRUE(got.message().payload_notes.has(PayloadNote::kPartDisagrees));
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

TEST(DecoderTest, ReadsKeysInAnyOrderAfterAnother) {
  const Mapping mapping = native_mapping(RecordKind::kMessage, "TH");
  Decoder decoder(mapping);
  Arena arena;
  Record record;
  const std::string rest = R"("schema":"message.v1","channel":"sms","ts":1767601800000,)"
                           R"("from":{"type":"alpha","addr":"A"},"to":{"addr":"1"})";
  const testing::Padded rows[] = {
      testing::Padded(R"({"id":"1","text":"x",)" + rest + "}"),
      testing::Padded("{" + rest + R"(,"text":"x","id":"2"})"),
      testing::Padded(R"({"zz":"x","id" : "3",)" + rest + R"(,"text":"x"})"),
      testing::Padded(R"({"id":"4","text":"x",)" + rest + R"(,"i":5})"),
  };
  const testing::Padded twice(R"({"id":"1","text":"x","id":"1",)" + rest + "}");
  for (int round = 0; round < 3; ++round) {
    for (size_t i = 0; i < std::size(rows); ++i) {
      ASSERT_EQ(decoder.decode(rows[i].view(), arena, record).error, DecodeError::kNone) << i;
      EXPECT_EQ(record.message.id, std::to_string(i + 1));
      EXPECT_EQ(record.message.from.type, AddressType::kAlpha);
    }
    EXPECT_EQ(decoder.decode(twice.view(), arena, record).error, DecodeError::kDuplicateKey);
  }
}

}  // namespace
}  // namespace sieve
