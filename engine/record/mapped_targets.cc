#include "record/mapped_targets.h"

#include "record/names.h"
#include "record/text_limit.h"

namespace sieve {
namespace {

using Out = const MappedRecord&;
using In = const TargetValue&;

struct Bounds {
  int64_t min;
  int64_t max;
};

template <class Member, class Value>
DecodeError put(Member& out, const Value& value) {
  out = value;
  return DecodeError::kNone;
}

template <class TextRecord>
DecodeError set_text(std::string_view text, TextRecord& out) {
  out.text = text;
  out.text_cut = cut_text(out.text);
  return DecodeError::kNone;
}

template <class Names, class Enum>
DecodeError set_enum(const Names& names, std::string_view text, Enum& out) {
  const auto value = names.find(text);
  if (!value) return DecodeError::kBadValue;
  out = *value;
  return DecodeError::kNone;
}

DecodeError set_int(int64_t value, Bounds bounds, int64_t& out) {
  if (value < bounds.min || value > bounds.max) return DecodeError::kBadValue;
  out = value;
  return DecodeError::kNone;
}

DecodeError set_degrees(double value, double max, std::optional<double>& out) {
  if (value < -max || value > max) return DecodeError::kBadValue;
  out = value;
  return DecodeError::kNone;
}

MessagePart& part_of(const MappedRecord& out) {
  std::optional<MessagePart>& part = out.record.message.part;
  return part ? *part : part.emplace();
}

PartialCall& partial_of(const MappedRecord& out) {
  std::optional<PartialCall>& partial = out.record.call.partial;
  return partial ? *partial : partial.emplace();
}

constexpr Target kMessageTargets[] = {
    {"id", TargetType::kName, true,
     [](Out out, In v) { return put(out.record.message.id, v.text); }},
    {"ts", TargetType::kTime, true,
     [](Out out, In v) { return put(out.record.message.ts, Timestamp{v.number}); }},
    {"channel", TargetType::kName, true,
     [](Out out, In v) { return set_enum(kChannelNames, v.text, out.record.message.channel); }},
    {"from.addr", TargetType::kAddress, true,
     [](Out out, In v) { return put(out.record.message.from.raw, v.text); }},
    {"from.type", TargetType::kName, false,
     [](Out out, In v) {
       return set_enum(kAddressTypeNames, v.text, out.record.message.from.type);
     }},
    {"to.addr", TargetType::kAddress, true, [](Out out, In v) { return put(out.to.raw, v.text); }},
    {"to.type", TargetType::kName, false,
     [](Out out, In v) { return set_enum(kAddressTypeNames, v.text, out.to.type); }},
    {"text", TargetType::kText, false,
     [](Out out, In v) { return set_text(v.text, out.record.message); }},
    {"payload.b64", TargetType::kText, false,
     [](Out out, In v) { return put(out.payload.b64, v.text); }},
    {"payload.hex", TargetType::kText, false,
     [](Out out, In v) { return put(out.payload.hex, v.text); }},
    {"payload.dcs", TargetType::kInt, false,
     [](Out out, In v) {
       return set_int(v.number, {0, kDcsMax}, out.payload.dcs);
     }},
    {"payload.udhi", TargetType::kBool, false,
     [](Out out, In v) { return put(out.payload.udhi, v.flag); }},
    {"payload.packed", TargetType::kBool, false,
     [](Out out, In v) { return put(out.payload.packed, v.flag); }},
    {"direction", TargetType::kName, false,
     [](Out out, In v) { return set_enum(kDirectionNames, v.text, out.record.message.direction); }},
    {"lang", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.message.lang, v.text); }},
    {"part.ref", TargetType::kInt, false,
     [](Out out, In v) {
       return set_int(v.number, {0, 65'535}, part_of(out).ref);
     }},
    {"part.total", TargetType::kInt, false,
     [](Out out, In v) {
       return set_int(v.number, {1, 255}, part_of(out).total);
     }},
    {"part.seq", TargetType::kInt, false,
     [](Out out, In v) {
       return set_int(v.number, {1, 255}, part_of(out).seq);
     }},
    {"route.peer", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.message.route.peer, v.text); }},
    {"route.smsc", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.message.route.smsc, v.text); }},
    {"route.country", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.message.route.country, v.text); }},
    {"route.intl", TargetType::kBool, false,
     [](Out out, In v) { return put(out.record.message.route.intl, v.flag); }},
    {"sender.registered", TargetType::kBool, false,
     [](Out out, In v) { return put(out.record.message.sender.registered, v.flag); }},
    {"sender.brand", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.message.sender.brand, v.text); }},
    {"sender.category", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.message.sender.category, v.text); }},
    {"sim.imsi", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.message.sim.imsi, v.text); }},
    {"sim.imei", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.message.sim.imei, v.text); }},
    {"sim.activated_at", TargetType::kTime, false,
     [](Out out, In v) { return put(out.record.message.sim.activated_at, Timestamp{v.number}); }},
    {"sim.prepaid", TargetType::kBool, false,
     [](Out out, In v) { return put(out.record.message.sim.prepaid, v.flag); }},
    {"cell.id", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.message.cell.id, v.text); }},
    {"cell.lat", TargetType::kDegrees, false,
     [](Out out, In v) { return set_degrees(v.real, 90, out.record.message.cell.lat); }},
    {"cell.lon", TargetType::kDegrees, false,
     [](Out out, In v) { return set_degrees(v.real, 180, out.record.message.cell.lon); }},
    {"cell.border", TargetType::kBool, false,
     [](Out out, In v) { return put(out.record.message.cell.border, v.flag); }},
};

constexpr Target kCallTargets[] = {
    {"id", TargetType::kName, true, [](Out out, In v) { return put(out.record.call.id, v.text); }},
    {"ts", TargetType::kTime, true,
     [](Out out, In v) { return put(out.record.call.ts, Timestamp{v.number}); }},
    {"kind", TargetType::kName, true,
     [](Out out, In v) { return set_enum(kCallKindNames, v.text, out.record.call.kind); }},
    {"from.addr", TargetType::kAddress, true,
     [](Out out, In v) { return put(out.record.call.from.raw, v.text); }},
    {"from.type", TargetType::kName, false,
     [](Out out, In v) { return set_enum(kAddressTypeNames, v.text, out.record.call.from.type); }},
    {"to.addr", TargetType::kAddress, true,
     [](Out out, In v) { return put(out.record.call.to.raw, v.text); }},
    {"to.type", TargetType::kName, false,
     [](Out out, In v) { return set_enum(kAddressTypeNames, v.text, out.record.call.to.type); }},
    {"duration", TargetType::kSpan, true,
     [](Out out, In v) { return put(out.record.call.duration, Duration{v.number}); }},
    {"answered_at", TargetType::kTime, false,
     [](Out out, In v) { return put(out.record.call.answered_at, Timestamp{v.number}); }},
    {"ended_at", TargetType::kTime, false,
     [](Out out, In v) { return put(out.record.call.ended_at, Timestamp{v.number}); }},
    {"ring", TargetType::kSpan, false,
     [](Out out, In v) { return put(out.record.call.ring, Duration{v.number}); }},
    {"cause", TargetType::kInt, false,
     [](Out out, In v) {
       return set_int(v.number, {0, 127}, out.record.call.cause.emplace());
     }},
    {"attestation", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.call.attestation, v.text); }},
    {"charge_number.addr", TargetType::kAddress, false,
     [](Out out, In v) { return put(out.record.call.charge_number.raw, v.text); }},
    {"charge_number.type", TargetType::kName, false,
     [](Out out, In v) {
       return set_enum(kAddressTypeNames, v.text, out.record.call.charge_number.type);
     }},
    {"forwarded_from.addr", TargetType::kAddress, false,
     [](Out out, In v) { return put(out.record.call.forwarded_from.raw, v.text); }},
    {"forwarded_from.type", TargetType::kName, false,
     [](Out out, In v) {
       return set_enum(kAddressTypeNames, v.text, out.record.call.forwarded_from.type);
     }},
    {"imsi", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.call.sim.imsi, v.text); }},
    {"imei", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.call.sim.imei, v.text); }},
    {"trunk.in", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.call.trunk.in, v.text); }},
    {"trunk.out", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.call.trunk.out, v.text); }},
    {"trunk.intl", TargetType::kBool, false,
     [](Out out, In v) { return put(out.record.call.trunk.intl, v.flag); }},
    {"roaming.network", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.call.roaming.network, v.text); }},
    {"roaming.inbound", TargetType::kBool, false,
     [](Out out, In v) { return put(out.record.call.roaming.inbound, v.flag); }},
    {"call_ref", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.call.call_ref, v.text); }},
    {"partial.seq", TargetType::kInt, false,
     [](Out out, In v) {
       return set_int(v.number, {0, 1'000'000}, partial_of(out).seq);
     }},
    {"partial.last", TargetType::kBool, false,
     [](Out out, In v) { return put(partial_of(out).last, v.flag); }},
    {"sim.imsi", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.call.sim.imsi, v.text); }},
    {"sim.imei", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.call.sim.imei, v.text); }},
    {"sim.activated_at", TargetType::kTime, false,
     [](Out out, In v) { return put(out.record.call.sim.activated_at, Timestamp{v.number}); }},
    {"sim.prepaid", TargetType::kBool, false,
     [](Out out, In v) { return put(out.record.call.sim.prepaid, v.flag); }},
    {"cell.id", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.call.cell.id, v.text); }},
    {"cell.lat", TargetType::kDegrees, false,
     [](Out out, In v) { return set_degrees(v.real, 90, out.record.call.cell.lat); }},
    {"cell.lon", TargetType::kDegrees, false,
     [](Out out, In v) { return set_degrees(v.real, 180, out.record.call.cell.lon); }},
    {"cell.border", TargetType::kBool, false,
     [](Out out, In v) { return put(out.record.call.cell.border, v.flag); }},
};

constexpr Target kReportTargets[] = {
    {"id", TargetType::kName, true,
     [](Out out, In v) { return put(out.record.report.id, v.text); }},
    {"ts", TargetType::kTime, true,
     [](Out out, In v) { return put(out.record.report.ts, Timestamp{v.number}); }},
    {"source", TargetType::kName, true,
     [](Out out, In v) { return put(out.record.report.source, v.text); }},
    {"from.addr", TargetType::kAddress, true,
     [](Out out, In v) { return put(out.record.report.from.raw, v.text); }},
    {"from.type", TargetType::kName, false,
     [](Out out, In v) {
       return set_enum(kAddressTypeNames, v.text, out.record.report.from.type);
     }},
    {"to.addr", TargetType::kAddress, true,
     [](Out out, In v) { return put(out.record.report.to.raw, v.text); }},
    {"to.type", TargetType::kName, false,
     [](Out out, In v) { return set_enum(kAddressTypeNames, v.text, out.record.report.to.type); }},
    {"text", TargetType::kText, true,
     [](Out out, In v) { return set_text(v.text, out.record.report); }},
    {"received_at", TargetType::kTime, false,
     [](Out out, In v) { return put(out.record.report.received_at, Timestamp{v.number}); }},
    {"cell.id", TargetType::kText, false,
     [](Out out, In v) { return put(out.record.report.cell.id, v.text); }},
    {"cell.lat", TargetType::kDegrees, false,
     [](Out out, In v) { return set_degrees(v.real, 90, out.record.report.cell.lat); }},
    {"cell.lon", TargetType::kDegrees, false,
     [](Out out, In v) { return set_degrees(v.real, 180, out.record.report.cell.lon); }},
    {"cell.border", TargetType::kBool, false,
     [](Out out, In v) { return put(out.record.report.cell.border, v.flag); }},
};

}  // namespace

std::span<const Target> targets_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::kMessage:
      return kMessageTargets;
    case RecordKind::kCall:
      return kCallTargets;
    case RecordKind::kReport:
      return kReportTargets;
  }
  return {};
}

bool brings_text(std::string_view name) {
  return name == "text" || name == "payload.b64" || name == "payload.hex";
}

const Target* find_target(RecordKind kind, std::string_view name) {
  for (const Target& target : targets_of(kind)) {
    if (target.name == name) return &target;
  }
  return nullptr;
}

}  // namespace sieve
