#include "record/sms_payload.h"

#include "base/base64.h"
#include "base/hex.h"
#include "base/limits.h"
#include "record/sms_coding.h"
#include "record/sms_guess.h"
#include "record/sms_header.h"
#include "record/sms_text.h"

namespace sieve {
namespace {

std::optional<std::string_view> octets_of(const SmsPayload& payload, Arena& arena) {
  const std::string_view written = payload.b64 ? *payload.b64 : *payload.hex;
  char* const out = arena.allocate(written.size());
  const std::optional<size_t> size =
      payload.b64 ? read_base64(written, out) : read_hex(written, out);
  if (!size) return {};
  return std::string_view(out, *size);
}

// The part that the record and the header agree on; where they do not, the record's.
void take_part(const SmsHeader& header, Message& message) {
  if (!message.part) {
    message.part = header.part;
    return;
  }
  if (!header.part) return;
  const MessagePart& given = *message.part;
  const bool same = given.ref == header.part->ref && given.total == header.part->total &&
                    given.seq == header.part->seq;
  if (!same) message.payload_notes.add(PayloadNote::kPartDisagrees);
}

// A half at the edge is the other half's, in the neighbouring part, if there is one.
void take_halves(const SplitHalves& halves, Message& message) {
  const bool before = message.part && message.part->seq > 1;
  const bool after = message.part && message.part->seq < message.part->total;
  if (halves.head != 0 && before) message.part->head = halves.head;
  if (halves.tail != 0 && after) message.part->tail = halves.tail;
  if ((halves.head != 0 && !before) || (halves.tail != 0 && !after)) {
    message.payload_notes.add(PayloadNote::kLoneSurrogate);
  }
}

void decode_text(const SmsReading& reading, GsmLanguages languages, SmsTextWriter& out,
                 SplitHalves& halves) {
  switch (reading.coding) {
    case TextCoding::kGsm7:
      return decode_gsm(reading.text, languages, out);
    case TextCoding::kUcs2:
      halves = decode_utf16(reading.text, reading.order, out);
      return;
    case TextCoding::kCyrillic:
      return decode_iso_8859_5(reading.text, out);
    case TextCoding::kHebrew:
      return decode_iso_8859_8(reading.text, out);
    case TextCoding::kUtf8:
      return decode_utf8_octets(reading.text, out);
    case TextCoding::kBinary:
      if (!reading.text.empty()) out.note(PayloadNote::kBinary);
      return decode_printable(reading.text, out);
    case TextCoding::kText:
    case TextCoding::kAscii:
    case TextCoding::kLatin1:
      return decode_latin1(reading.text, out);
  }
}

}  // namespace

DecodeError decode_payload(const SmsPayload& payload, Arena& arena, Message& message) {
  std::optional<std::string_view> octets = octets_of(payload, arena);
  if (!octets) return DecodeError::kBadPayload;
  const bool cut = octets->size() > limits::kPayloadBytesMax;
  const std::string_view data = octets->substr(0, limits::kPayloadBytesMax);
  const SmsHeader header = read_sms_header(data, payload.udhi);
  const SmsCoding declared = coding_of(static_cast<uint8_t>(payload.dcs));
  const bool national = header.languages.locking != 0 || header.languages.shift != 0;
  const SmsReading reading =
      reading_of(declared.coding, {data, header.size, payload.packed, national}, arena);

  SmsTextWriter out(reading.text.size(), arena);
  SplitHalves halves;
  decode_text(reading, header.languages, out, halves);
  message.text = out.text();
  message.text_cut = cut || out.cut();
  if (message.text_cut) halves.tail = 0;
  message.coding = reading.coding;
  message.payload_notes = header.notes;
  message.payload_notes.add(out.notes());
  if (declared.uncommon) message.payload_notes.add(PayloadNote::kUncommonCoding);
  const bool as_declared = declared.coding == TextCoding::kBinary ||
                           (reading.coding == declared.coding && reading.order == ByteOrder::kBig);
  if (!as_declared) message.payload_notes.add(PayloadNote::kWrongCoding);
  take_part(header, message);
  take_halves(halves, message);
  return DecodeError::kNone;
}

}  // namespace sieve
