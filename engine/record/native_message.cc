#include <memory>

#include "record/native_reader.h"

namespace sieve {
namespace {

enum MessageKey {
  kSchema,
  kId,
  kTs,
  kChannel,
  kFrom,
  kTo,
  kText,
  kPayload,
  kPart,
  kDirection,
  kLang,
  kRoute,
  kSender,
  kSim,
  kCell
};

constexpr KeyTable<15> kKeys({"schema", "id", "ts", "channel", "from", "to", "text", "payload",
                              "part", "direction", "lang", "route", "sender", "sim", "cell"});
constexpr Message kEmpty;
constexpr uint32_t kRequired = key_bits(kSchema, kId, kTs, kChannel, kFrom, kTo);

constexpr AddressKeys kFromKeys({"from.addr", "from.type"}, KeyPart::kLast);
constexpr AddressKeys kToKeys({"to.addr", "to.type"}, KeyPart::kLast);

enum PayloadKey { kB64, kHex, kDcs, kUdhi, kPacked };
constexpr KeyTable<5> kPayloadKeys({"payload.b64", "payload.hex", "payload.dcs", "payload.udhi",
                                    "payload.packed"},
                                   KeyPart::kLast);

// Parts of one message: the count travels in one byte (3GPP TS 23.040 9.2.3.24.1).
constexpr int64_t kPartsMax = 255;
constexpr int64_t kPartRefMax = 65'535;

}  // namespace

DecodeError NativeReader::read_message(Message& message) {
  message = kEmpty;
  ObjectMarks marks;
  DecodeError error = read_object(kKeys, root_order_, marks,
                                  [&](int key) { return read_message_field(key, message); });
  if (error == DecodeError::kNone) error = require(kKeys, marks, kRequired);
  if (error != DecodeError::kNone || !message.text.empty()) return error;
  if ((marks.present & key_bits(kPayload)) == 0) return require(kKeys, marks, key_bits(kText));
  error = decode_payload(payload_, *arena_, message);
  if (error == DecodeError::kBadPayload) path_ = kPayloadKeys.name(payload_.b64 ? kB64 : kHex);
  return error;
}

DecodeError NativeReader::read_message_field(int key, Message& message) {
  switch (static_cast<MessageKey>(key)) {
    case kSchema:
      return read_schema(RecordKind::kMessage);
    case kId:
      return read_name(message.id);
    case kTs:
      return read_time(message.ts);
    case kChannel:
      return read_enum(kChannelNames, message.channel);
    case kFrom:
      return read_address(kFromKeys, message.from);
    case kTo:
      return read_recipients(message);
    case kText:
      return read_text(message.text, message.text_cut);
    case kPayload:
      return read_payload();
    case kPart:
      return read_part(message);
    case kDirection:
      return read_enum(kDirectionNames, message.direction);
    case kLang:
      return read_string(message.lang);
    case kRoute:
      return read_route(message.route);
    case kSender:
      return read_sender(message.sender);
    case kSim:
      return read_sim(message.sim);
    case kCell:
      return read_cell(message.cell);
  }
  return DecodeError::kNone;
}

DecodeError NativeReader::read_recipients(Message& message) {
  size_t count = 0;
  DecodeError error = DecodeError::kNone;
  if (cursor_.peek() == '{') {
    error = read_address(kToKeys, recipients_[count++]);
  } else {
    if (!cursor_.take('[')) return type_error();
    if (cursor_.peek() == ']') return DecodeError::kMissingField;
    do {
      if (count == recipients_.size()) return DecodeError::kTooManyRecipients;
      error = read_address(kToKeys, recipients_[count++]);
      if (cursor_.at_end()) error = DecodeError::kMalformedJson;
    } while (error == DecodeError::kNone && cursor_.take(','));
    if (error == DecodeError::kNone && !cursor_.take(']')) error = DecodeError::kMalformedJson;
  }
  void* const memory = arena_->allocate(count * sizeof(Address));
  Address* const to = static_cast<Address*>(memory);
  std::uninitialized_copy_n(recipients_.begin(), count, to);
  message.to = {to, count};
  return error;
}

DecodeError NativeReader::read_payload() {
  payload_ = {};
  ObjectMarks marks;
  const DecodeError error = read_object(kPayloadKeys, payload_order_, marks, [&](int key) {
    switch (key) {
      case kB64:
        return read_string(payload_.b64.emplace());
      case kHex:
        return read_string(payload_.hex.emplace());
      case kDcs:
        return read_int({0, kDcsMax}, payload_.dcs);
      case kUdhi:
        return read_bool(payload_.udhi);
      default:
        return read_bool(payload_.packed);
    }
  });
  if (error != DecodeError::kNone || payload_.has_octets()) return error;
  path_ = kPayloadKeys.name(kB64);
  return DecodeError::kMissingField;
}

DecodeError NativeReader::read_part(Message& message) {
  static constexpr KeyTable<3> kPartKeys({"part.ref", "part.total", "part.seq"}, KeyPart::kLast);
  Message::Part& part = message.part.emplace();
  ObjectMarks marks;
  DecodeError error = read_object(kPartKeys, part_order_, marks, [&](int key) {
    switch (key) {
      case 0:
        return read_int({0, kPartRefMax}, part.ref);
      case 1:
        return read_int({1, kPartsMax}, part.total);
      default:
        return read_int({1, kPartsMax}, part.seq);
    }
  });
  if (error == DecodeError::kNone) error = require(kPartKeys, marks, key_bits(0, 1, 2));
  if (error != DecodeError::kNone || part.seq <= part.total) return error;
  path_ = kPartKeys.name(2);
  return DecodeError::kBadValue;
}

DecodeError NativeReader::read_route(Message::Route& out) {
  static constexpr KeyTable<4> kRouteKeys(
      {"route.peer", "route.smsc", "route.country", "route.intl"}, KeyPart::kLast);
  ObjectMarks marks;
  return read_object(kRouteKeys, route_order_, marks, [&](int key) {
    switch (key) {
      case 0:
        return read_string(out.peer);
      case 1:
        return read_string(out.smsc);
      case 2:
        return read_string(out.country);
      default:
        return read_bool(out.intl);
    }
  });
}

DecodeError NativeReader::read_sender(Message::SenderProfile& out) {
  static constexpr KeyTable<3> kSenderKeys({"sender.registered", "sender.brand", "sender.category"},
                                           KeyPart::kLast);
  ObjectMarks marks;
  return read_object(kSenderKeys, sender_order_, marks, [&](int key) {
    switch (key) {
      case 0:
        return read_bool(out.registered);
      case 1:
        return read_string(out.brand);
      default:
        return read_string(out.category);
    }
  });
}

}  // namespace sieve
