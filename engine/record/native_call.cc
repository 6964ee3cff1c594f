#include <memory>

#include "record/native_reader.h"

namespace sieve {
namespace {

enum CallKey {
  kSchema,
  kId,
  kTs,
  kKind,
  kFrom,
  kTo,
  kDuration,
  kAnsweredAt,
  kEndedAt,
  kRing,
  kCause,
  kAttestation,
  kChargeNumber,
  kForwardedFrom,
  kImsi,
  kImei,
  kCell,
  kTrunk,
  kRoaming,
  kCallRef,
  kPartial,
  kSim
};

constexpr KeyTable<22> kKeys({"schema",
                              "id",
                              "ts",
                              "kind",
                              "from",
                              "to",
                              "duration",
                              "answered_at",
                              "ended_at",
                              "ring",
                              "cause",
                              "attestation",
                              "charge_number",
                              "forwarded_from",
                              "imsi",
                              "imei",
                              "cell",
                              "trunk",
                              "roaming",
                              "call_ref",
                              "partial",
                              "sim"});
constexpr Call kEmpty;
constexpr uint32_t kRequired = key_bits(kSchema, kId, kTs, kKind, kFrom, kTo, kDuration);

constexpr AddressKeys kFromKeys({"from.addr", "from.type"}, KeyPart::kLast);
constexpr AddressKeys kToKeys({"to.addr", "to.type"}, KeyPart::kLast);
constexpr AddressKeys kChargeKeys({"charge_number.addr", "charge_number.type"}, KeyPart::kLast);
constexpr AddressKeys kForwardedKeys({"forwarded_from.addr", "forwarded_from.type"},
                                     KeyPart::kLast);

constexpr int64_t kCauseMax = 127;  // ITU-T Q.850: seven bits.
constexpr int64_t kPartialSeqMax = 1'000'000;

}  // namespace

DecodeError NativeReader::read_call(Call& call) {
  call = kEmpty;
  // `imsi` and `imei` may stand at the top or in `sim`; the top wins, whichever comes first.
  std::string_view imsi, imei;
  ObjectMarks marks;
  DecodeError error = read_object(kKeys, root_order_, marks, [&](int key) {
    if (key == kImsi) return read_string(imsi);
    if (key == kImei) return read_string(imei);
    return read_call_field(key, call);
  });
  if (error == DecodeError::kNone) error = require(kKeys, marks, kRequired);
  if (!imsi.empty()) call.sim.imsi = imsi;
  if (!imei.empty()) call.sim.imei = imei;
  return error;
}

DecodeError NativeReader::read_call_field(int key, Call& call) {
  switch (static_cast<CallKey>(key)) {
    case kSchema:
      return read_schema(RecordKind::kCall);
    case kId:
      return read_name(call.id);
    case kTs:
      return read_time(call.ts);
    case kKind:
      return read_enum(kCallKindNames, call.kind);
    case kFrom:
      return read_address(kFromKeys, call.from);
    case kTo:
      return read_address(kToKeys, call.to);
    case kDuration:
      return read_seconds(call.duration);
    case kAnsweredAt:
      return read_time(call.answered_at);
    case kEndedAt:
      return read_time(call.ended_at);
    case kRing:
      return read_seconds(call.ring.emplace());
    case kCause:
      return read_int({0, kCauseMax}, call.cause.emplace());
    case kAttestation:
      return read_string(call.attestation);
    case kChargeNumber:
      return read_address_or_text(kChargeKeys, call.charge_number);
    case kForwardedFrom:
      return read_address_or_text(kForwardedKeys, call.forwarded_from);
    case kCell:
      return read_cell(call.cell);
    case kTrunk:
      return read_trunk(call.trunk);
    case kRoaming:
      return read_roaming(call.roaming);
    case kCallRef:
      return read_string(call.call_ref);
    case kPartial:
      return read_partial(call);
    case kSim:
      return read_sim(call.sim);
    case kImsi:
    case kImei:
      break;  // Read by read_call.
  }
  return DecodeError::kNone;
}

DecodeError NativeReader::read_trunk(Call::Trunk& out) {
  static constexpr KeyTable<3> kTrunkKeys({"trunk.in", "trunk.out", "trunk.intl"}, KeyPart::kLast);
  ObjectMarks marks;
  return read_object(kTrunkKeys, trunk_order_, marks, [&](int key) {
    switch (key) {
      case 0:
        return read_string(out.in);
      case 1:
        return read_string(out.out);
      default:
        return read_bool(out.intl);
    }
  });
}

DecodeError NativeReader::read_roaming(Call::Roaming& out) {
  static constexpr KeyTable<2> kRoamingKeys({"roaming.network", "roaming.inbound"}, KeyPart::kLast);
  ObjectMarks marks;
  return read_object(kRoamingKeys, roaming_order_, marks, [&](int key) {
    return key == 0 ? read_string(out.network) : read_bool(out.inbound);
  });
}

DecodeError NativeReader::read_partial(Call& call) {
  static constexpr KeyTable<2> kPartialKeys({"partial.seq", "partial.last"}, KeyPart::kLast);
  Call::Partial& partial = call.partial.emplace();
  ObjectMarks marks;
  const DecodeError error = read_object(kPartialKeys, partial_order_, marks, [&](int key) {
    return key == 0 ? read_int({0, kPartialSeqMax}, partial.seq) : read_bool(partial.last);
  });
  return error == DecodeError::kNone ? require(kPartialKeys, marks, key_bits(0)) : error;
}

}  // namespace sieve
