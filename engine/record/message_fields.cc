#include "record/field_values.h"

namespace sieve {
namespace {

const Address& first(std::span<const Address> to) {
  static constexpr Address kNone;
  return to.empty() ? kNone : to.front();
}

FieldValue part_value(const Message& message, int64_t MessagePart::*member) {
  return message.part ? value_of((*message.part).*member) : FieldValue{};
}

template <class T>
FieldValue in_text(const FieldContext& context, T EntityCounts::*member) {
  return context.text != nullptr ? value_of(context.text->entities().*member) : FieldValue{};
}

FieldValue undone(const FieldContext& context, int64_t FoldCounts::*member) {
  return context.text != nullptr ? value_of(context.text->fold().*member) : FieldValue{};
}

constexpr RecordKind kKind = RecordKind::kMessage;

using Context = FieldContext;

constexpr FieldRow kRows[] = {
    {{"msg.id", FieldType::kString, kKind, true, "id of the record"},
     [](const Record& r, const Context&) { return value_of(r.message.id); }},
    {{"msg.ts", FieldType::kTime, kKind, true, "event time"},
     [](const Record& r, const Context&) { return value_of(r.message.ts); }},
    {{"msg.hour", FieldType::kNumber, kKind, true,
      "hour of the event, 0 to 23, in the configured time zone"},
     [](const Record& r, const Context& c) { return hour_of(r.message.ts, c); }},
    {{"msg.channel", FieldType::kString, kKind, true, "sms, mms, rcs, ott, ussd"},
     [](const Record& r, const Context&) { return value_of(name_of(r.message.channel)); }},
    {{"msg.direction", FieldType::kString, kKind, false, "mo, mt, a2p, p2a"},
     [](const Record& r, const Context&) { return value_of(name_of(r.message.direction)); }},
    {{"msg.from", FieldType::kString, kKind, true,
      "sender: the number in E.164, or the address as received"},
     [](const Record& r, const Context&) { return value_of(r.message.from.key()); }},
    {{"msg.from.raw", FieldType::kString, kKind, true, "sender, as received"},
     [](const Record& r, const Context&) { return value_of(r.message.from.raw); }},
    {{"msg.from.type", FieldType::kString, kKind, true,
      "kind of the sender: msisdn, alpha, short, unknown"},
     [](const Record& r, const Context&) { return type_of(r.message.from); }},
    {{"msg.from.country", FieldType::kString, kKind, false, "country of the number of the sender"},
     [](const Record& r, const Context&) { return value_of(r.message.from.country); }},
    {{"msg.to", FieldType::kString, kKind, true,
      "first recipient: the number in E.164, or the address as received"},
     [](const Record& r, const Context&) { return value_of(first(r.message.to).key()); }},
    {{"msg.to.raw", FieldType::kString, kKind, true, "first recipient, as received"},
     [](const Record& r, const Context&) { return value_of(first(r.message.to).raw); }},
    {{"msg.to.type", FieldType::kString, kKind, true,
      "kind of the first recipient: msisdn, alpha, short, unknown"},
     [](const Record& r, const Context&) { return type_of(first(r.message.to)); }},
    {{"msg.to.country", FieldType::kString, kKind, false,
      "country of the number of the first recipient"},
     [](const Record& r, const Context&) { return value_of(first(r.message.to).country); }},
    {{"msg.to.count", FieldType::kNumber, kKind, true, "number of recipients"},
     [](const Record& r, const Context&) {
       return value_of(static_cast<int64_t>(r.message.to.size()));
     }},
    {{"msg.from.block", FieldType::kString, kKind, false,
      "number of the sender without its last four digits"},
     [](const Record& r, const Context&) { return block_of(r.message.from); }},
    {{"msg.to.block", FieldType::kString, kKind, false,
      "number of the first recipient without its last four digits"},
     [](const Record& r, const Context&) { return block_of(first(r.message.to)); }},
    {{"msg.party", FieldType::kString, kKind, true,
      "in windows: sender and recipients, each in turn"},
     [](const Record& r, const Context&) {
       return party_of(r.party, r.message.from, first(r.message.to));
     }},
    {{"msg.other", FieldType::kString, kKind, true, "in windows: whom the party wrote with"},
     [](const Record& r, const Context&) {
       return party_of(other_party(r.party), r.message.from, first(r.message.to));
     }},
    {{"msg.role", FieldType::kString, kKind, true,
      "in windows: what the party is, sender or recipient"},
     [](const Record& r, const Context&) { return role_of(r.party, "sender", "recipient"); }},
    {{"msg.text", FieldType::kString, kKind, true, "text of the message"},
     [](const Record& r, const Context&) {
       return FieldValue{true, 0, r.message.text};
     }},
    {{"msg.text_cut", FieldType::kBool, kKind, true,
      "the text was longer than the limit and was cut"},
     [](const Record& r, const Context&) { return value_of(r.message.text_cut); }},
    {{"msg.coding", FieldType::kString, kKind, true,
      "how the text was written: text, or of a payload gsm7, ascii, latin1, iso_8859_5, "
      "iso_8859_8, "
      "ucs2, utf8, binary"},
     [](const Record& r, const Context&) { return value_of(name_of(r.message.coding)); }},
    {{"msg.payload.fault", FieldType::kBool, kKind, true,
      "the payload was not what it says of itself, or could not be read whole"},
     [](const Record& r, const Context&) { return value_of(r.message.payload_notes.any()); }},
    {{"msg.url.count", FieldType::kNumber, kKind, true,
      "links in the text, however they are dressed up"},
     [](const Record&, const Context& c) {
       return c.text != nullptr ? value_of(c.text->url_count()) : FieldValue{};
     }},
    {{"msg.handle.count", FieldType::kNumber, kKind, true,
      "links and names of contact services in the text: LINE, Telegram, WhatsApp, ..."},
     [](const Record&, const Context& c) { return in_text(c, &EntityCounts::handles); }},
    {{"msg.phone.count", FieldType::kNumber, kKind, true, "telephone numbers in the text"},
     [](const Record&, const Context& c) { return in_text(c, &EntityCounts::phones); }},
    {{"msg.amount.count", FieldType::kNumber, kKind, true,
      "sums of money in the text, with their currency"},
     [](const Record&, const Context& c) { return in_text(c, &EntityCounts::amounts); }},
    {{"msg.amount.max", FieldType::kNumber, kKind, false,
      "the largest of these sums, whatever its currency"},
     [](const Record&, const Context& c) { return in_text(c, &EntityCounts::amount_max); }},
    {{"msg.code.count", FieldType::kNumber, kKind, true, "one-time codes in the text"},
     [](const Record&, const Context& c) { return in_text(c, &EntityCounts::codes); }},
    {{"msg.crypto.count", FieldType::kNumber, kKind, true,
      "addresses of crypto networks in the text, with a checksum that is right"},
     [](const Record&, const Context& c) { return in_text(c, &EntityCounts::crypto_addresses); }},
    {{"msg.fold.invisible", FieldType::kNumber, kKind, true,
      "zero-width and bidirectional controls and soft hyphens that the fold removed"},
     [](const Record&, const Context& c) { return undone(c, &FoldCounts::invisible); }},
    {{"msg.fold.full_width", FieldType::kNumber, kKind, true,
      "full-width characters and ideographic punctuation"},
     [](const Record&, const Context& c) { return undone(c, &FoldCounts::full_width); }},
    {{"msg.fold.styled", FieldType::kNumber, kKind, true,
      "mathematical, enclosed, squared and phonetic letters and the like"},
     [](const Record&, const Context& c) { return undone(c, &FoldCounts::styled); }},
    {{"msg.fold.look_alike", FieldType::kNumber, kKind, true,
      "letters of another script that stand for Latin ones"},
     [](const Record&, const Context& c) { return undone(c, &FoldCounts::look_alike); }},
    {{"msg.fold.mixed_script_tokens", FieldType::kNumber, kKind, true,
      "words of scripts that no word mixes"},
     [](const Record&, const Context& c) { return undone(c, &FoldCounts::mixed_script_tokens); }},
    {{"msg.fold.spaced_out", FieldType::kNumber, kKind, true,
      "runs of letters that are written apart"},
     [](const Record&, const Context& c) { return undone(c, &FoldCounts::spaced_out); }},
    {{"msg.fold.digit_for_letter", FieldType::kNumber, kKind, true,
      "digits within letters, and letters within digits, that stand for one another"},
     [](const Record&, const Context& c) { return undone(c, &FoldCounts::digit_for_letter); }},
    {{"msg.fold.marks_repaired", FieldType::kNumber, kKind, true,
      "marks that were dropped, moved or replaced: struck-through, doubled"},
     [](const Record&, const Context& c) { return undone(c, &FoldCounts::marks_repaired); }},
    {{"msg.fold.words_repaired", FieldType::kNumber, kKind, true,
      "words known to rules that were cut in pieces or written with digits"},
     [](const Record&, const Context& c) { return undone(c, &FoldCounts::words_repaired); }},
    {{"msg.fold.repairs", FieldType::kNumber, kKind, true,
      "all counts of `msg.fold` together, but `words_repaired`"},
     [](const Record&, const Context& c) {
       return c.text != nullptr ? value_of(c.text->fold().all()) : FieldValue{};
     }},
    {{"msg.lang", FieldType::kString, kKind, false, "language, as the gateway guessed it"},
     [](const Record& r, const Context&) { return value_of(r.message.lang); }},
    {{"msg.part.ref", FieldType::kNumber, kKind, false,
      "reference shared by the parts of one message"},
     [](const Record& r, const Context&) { return part_value(r.message, &MessagePart::ref); }},
    {{"msg.part.total", FieldType::kNumber, kKind, false, "number of parts"},
     [](const Record& r, const Context&) { return part_value(r.message, &MessagePart::total); }},
    {{"msg.part.seq", FieldType::kNumber, kKind, false, "number of this part, from 1"},
     [](const Record& r, const Context&) { return part_value(r.message, &MessagePart::seq); }},
    {{"msg.part.received", FieldType::kNumber, kKind, false,
      "number of parts the text was joined from"},
     [](const Record& r, const Context&) {
       const auto received = static_cast<int64_t>(r.message.parts_received);
       return received > 0 ? value_of(received) : FieldValue{};
     }},
    {{"msg.incomplete", FieldType::kBool, kKind, true, "parts of the text are missing"},
     [](const Record& r, const Context&) { return value_of(r.message.incomplete); }},
    {{"msg.route.peer", FieldType::kString, kKind, false, "aggregator or peer that sent it"},
     [](const Record& r, const Context&) { return value_of(r.message.route.peer); }},
    {{"msg.route.smsc", FieldType::kString, kKind, false, "short message service centre"},
     [](const Record& r, const Context&) { return value_of(r.message.route.smsc); }},
    {{"msg.route.country", FieldType::kString, kKind, false, "country the route comes from"},
     [](const Record& r, const Context&) { return value_of(r.message.route.country); }},
    {{"msg.route.intl", FieldType::kBool, kKind, false, "came in over an international route"},
     [](const Record& r, const Context&) { return value_of(r.message.route.intl); }},
    {{"msg.sender.registered", FieldType::kBool, kKind, false, "the sender id is registered"},
     [](const Record& r, const Context&) { return value_of(r.message.sender.registered); }},
    {{"msg.sender.brand", FieldType::kString, kKind, false,
      "brand the sender id is registered for"},
     [](const Record& r, const Context&) { return value_of(r.message.sender.brand); }},
    {{"msg.sender.category", FieldType::kString, kKind, false, "category of the registered sender"},
     [](const Record& r, const Context&) { return value_of(r.message.sender.category); }},
    {{"msg.sim.imsi", FieldType::kString, kKind, false, "IMSI of the subscriber"},
     [](const Record& r, const Context&) { return value_of(r.message.sim.imsi); }},
    {{"msg.sim.imei", FieldType::kString, kKind, false, "IMEI of the device"},
     [](const Record& r, const Context&) { return value_of(r.message.sim.imei); }},
    {{"msg.sim.activated_at", FieldType::kTime, kKind, false, "when the SIM was activated"},
     [](const Record& r, const Context&) { return value_of(r.message.sim.activated_at); }},
    {{"msg.sim.age", FieldType::kDuration, kKind, false,
      "how long before the message the SIM was activated"},
     [](const Record& r, const Context&) { return age_of(r.message.sim, r.message.ts); }},
    {{"msg.sim.prepaid", FieldType::kBool, kKind, false, "the SIM is prepaid"},
     [](const Record& r, const Context&) { return value_of(r.message.sim.prepaid); }},
    {{"msg.cell.id", FieldType::kString, kKind, false, "cell that served the subscriber"},
     [](const Record& r, const Context&) { return value_of(r.message.cell.id); }},
    {{"msg.cell.lat", FieldType::kNumber, kKind, false, "latitude of the cell, degrees"},
     [](const Record& r, const Context&) { return value_of(r.message.cell.lat); }},
    {{"msg.cell.lon", FieldType::kNumber, kKind, false, "longitude of the cell, degrees"},
     [](const Record& r, const Context&) { return value_of(r.message.cell.lon); }},
    {{"msg.cell.border", FieldType::kBool, kKind, false, "the cell lies at a border"},
     [](const Record& r, const Context&) { return value_of(r.message.cell.border); }},
};

}  // namespace

std::span<const FieldRow> message_field_rows() { return kRows; }

}  // namespace sieve
