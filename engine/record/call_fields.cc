#include "record/field_values.h"

namespace sieve {
namespace {

// Which way the served subscriber or the network saw the call go; empty where the kind does not
// say.
std::string_view direction_of(CallKind kind) {
  switch (kind) {
    case CallKind::kMo:
      return "mo";
    case CallKind::kMt:
      return "mt";
    case CallKind::kGatewayIn:
      return "in";
    case CallKind::kGatewayOut:
      return "out";
    case CallKind::kTransit:
      return "transit";
    case CallKind::kRoaming:
    case CallKind::kAttempt:
    case CallKind::kSip:
      break;
  }
  return {};
}

constexpr RecordKind kKind = RecordKind::kCall;

using Context = FieldContext;

constexpr FieldRow kRows[] = {
    {{"call.id", FieldType::kString, kKind, true, "id of the record"},
     [](const Record& r, const Context&) { return value_of(r.call.id); }},
    {{"call.ts", FieldType::kTime, kKind, true, "start of the call"},
     [](const Record& r, const Context&) { return value_of(r.call.ts); }},
    {{"call.hour", FieldType::kNumber, kKind, true,
      "hour of the start, 0 to 23, in the configured time zone"},
     [](const Record& r, const Context& c) { return hour_of(r.call.ts, c); }},
    {{"call.kind", FieldType::kString, kKind, true,
      "mo, mt, gateway_in, gateway_out, transit, roaming, attempt, sip"},
     [](const Record& r, const Context&) { return value_of(name_of(r.call.kind)); }},
    {{"call.direction", FieldType::kString, kKind, false,
      "mo, mt, in, out, transit; from the kind"},
     [](const Record& r, const Context&) { return value_of(direction_of(r.call.kind)); }},
    {{"call.from", FieldType::kString, kKind, true,
      "caller: the number in E.164, or the address as received"},
     [](const Record& r, const Context&) { return value_of(r.call.from.key()); }},
    {{"call.from.raw", FieldType::kString, kKind, true, "caller, as received"},
     [](const Record& r, const Context&) { return value_of(r.call.from.raw); }},
    {{"call.from.type", FieldType::kString, kKind, true,
      "kind of the caller: msisdn, alpha, short, unknown"},
     [](const Record& r, const Context&) { return type_of(r.call.from); }},
    {{"call.from.country", FieldType::kString, kKind, false, "country of the number of the caller"},
     [](const Record& r, const Context&) { return value_of(r.call.from.country); }},
    {{"call.to", FieldType::kString, kKind, true,
      "callee: the number in E.164, or the address as received"},
     [](const Record& r, const Context&) { return value_of(r.call.to.key()); }},
    {{"call.to.raw", FieldType::kString, kKind, true, "callee, as received"},
     [](const Record& r, const Context&) { return value_of(r.call.to.raw); }},
    {{"call.to.type", FieldType::kString, kKind, true,
      "kind of the callee: msisdn, alpha, short, unknown"},
     [](const Record& r, const Context&) { return type_of(r.call.to); }},
    {{"call.to.country", FieldType::kString, kKind, false, "country of the number of the callee"},
     [](const Record& r, const Context&) { return value_of(r.call.to.country); }},
    {{"call.from.block", FieldType::kString, kKind, false,
      "number of the caller without its last four digits"},
     [](const Record& r, const Context&) { return block_of(r.call.from); }},
    {{"call.to.block", FieldType::kString, kKind, false,
      "number of the callee without its last four digits"},
     [](const Record& r, const Context&) { return block_of(r.call.to); }},
    {{"call.party", FieldType::kString, kKind, true, "in windows: caller and callee, each in turn"},
     [](const Record& r, const Context&) { return party_of(r.party, r.call.from, r.call.to); }},
    {{"call.other", FieldType::kString, kKind, true, "in windows: whom the party talked to"},
     [](const Record& r, const Context&) {
       return party_of(other_party(r.party), r.call.from, r.call.to);
     }},
    {{"call.role", FieldType::kString, kKind, true,
      "in windows: what the party is, caller or callee"},
     [](const Record& r, const Context&) { return role_of(r.party, "caller", "callee"); }},
    {{"call.duration", FieldType::kDuration, kKind, true, "conversation; 0 when unanswered"},
     [](const Record& r, const Context&) { return value_of(r.call.duration); }},
    {{"call.answered", FieldType::kBool, kKind, true, "the call was answered"},
     [](const Record& r, const Context&) { return value_of(r.call.answered()); }},
    {{"call.answered_at", FieldType::kTime, kKind, false, "when it was answered"},
     [](const Record& r, const Context&) { return value_of(r.call.answered_at); }},
    {{"call.ended_at", FieldType::kTime, kKind, false, "when it ended"},
     [](const Record& r, const Context&) { return value_of(r.call.ended_at); }},
    {{"call.ring", FieldType::kDuration, kKind, false, "time it rang"},
     [](const Record& r, const Context&) { return value_of(r.call.ring); }},
    {{"call.cause", FieldType::kNumber, kKind, false, "release cause (Q.850)"},
     [](const Record& r, const Context&) { return value_of(r.call.cause); }},
    {{"call.attestation", FieldType::kString, kKind, false,
      "attestation of the caller: A, B, C, none"},
     [](const Record& r, const Context&) { return value_of(r.call.attestation); }},
    {{"call.charge_number", FieldType::kString, kKind, false, "number the network charges"},
     [](const Record& r, const Context&) { return value_of(r.call.charge_number.key()); }},
    {{"call.charge_number.country", FieldType::kString, kKind, false,
      "country of the charged number"},
     [](const Record& r, const Context&) { return value_of(r.call.charge_number.country); }},
    {{"call.forwarded_from", FieldType::kString, kKind, false, "number that forwarded the call"},
     [](const Record& r, const Context&) { return value_of(r.call.forwarded_from.key()); }},
    {{"call.forwarded_from.country", FieldType::kString, kKind, false,
      "country of the forwarding number"},
     [](const Record& r, const Context&) { return value_of(r.call.forwarded_from.country); }},
    {{"call.imsi", FieldType::kString, kKind, false, "IMSI of the served subscriber"},
     [](const Record& r, const Context&) { return value_of(r.call.sim.imsi); }},
    {{"call.imei", FieldType::kString, kKind, false, "IMEI of the served device"},
     [](const Record& r, const Context&) { return value_of(r.call.sim.imei); }},
    {{"call.sim.imsi", FieldType::kString, kKind, false, "IMSI of the subscriber"},
     [](const Record& r, const Context&) { return value_of(r.call.sim.imsi); }},
    {{"call.sim.imei", FieldType::kString, kKind, false, "IMEI of the device"},
     [](const Record& r, const Context&) { return value_of(r.call.sim.imei); }},
    {{"call.sim.activated_at", FieldType::kTime, kKind, false, "when the SIM was activated"},
     [](const Record& r, const Context&) { return value_of(r.call.sim.activated_at); }},
    {{"call.sim.age", FieldType::kDuration, kKind, false,
      "how long before the call the SIM was activated"},
     [](const Record& r, const Context&) { return age_of(r.call.sim, r.call.ts); }},
    {{"call.sim.prepaid", FieldType::kBool, kKind, false, "the SIM is prepaid"},
     [](const Record& r, const Context&) { return value_of(r.call.sim.prepaid); }},
    {{"call.cell.id", FieldType::kString, kKind, false, "cell that served the subscriber"},
     [](const Record& r, const Context&) { return value_of(r.call.cell.id); }},
    {{"call.cell.lat", FieldType::kNumber, kKind, false, "latitude of the cell, degrees"},
     [](const Record& r, const Context&) { return value_of(r.call.cell.lat); }},
    {{"call.cell.lon", FieldType::kNumber, kKind, false, "longitude of the cell, degrees"},
     [](const Record& r, const Context&) { return value_of(r.call.cell.lon); }},
    {{"call.cell.border", FieldType::kBool, kKind, false, "the cell lies at a border"},
     [](const Record& r, const Context&) { return value_of(r.call.cell.border); }},
    {{"call.trunk.in", FieldType::kString, kKind, false, "incoming trunk"},
     [](const Record& r, const Context&) { return value_of(r.call.trunk.in); }},
    {{"call.trunk.out", FieldType::kString, kKind, false, "outgoing trunk"},
     [](const Record& r, const Context&) { return value_of(r.call.trunk.out); }},
    {{"call.trunk.intl", FieldType::kBool, kKind, false, "the trunk is international"},
     [](const Record& r, const Context&) { return value_of(r.call.trunk.intl); }},
    {{"call.roaming.network", FieldType::kString, kKind, false, "visited network"},
     [](const Record& r, const Context&) { return value_of(r.call.roaming.network); }},
    {{"call.roaming.inbound", FieldType::kBool, kKind, false, "a foreign subscriber roams here"},
     [](const Record& r, const Context&) { return value_of(r.call.roaming.inbound); }},
    {{"call.call_ref", FieldType::kString, kKind, false,
      "reference shared by the records of one call"},
     [](const Record& r, const Context&) { return value_of(r.call.call_ref); }},
    {{"call.partial.seq", FieldType::kNumber, kKind, false, "number of this partial record"},
     [](const Record& r, const Context&) {
       return r.call.partial ? value_of(r.call.partial->seq) : FieldValue{};
     }},
    {{"call.partial.last", FieldType::kBool, kKind, false, "this is the last partial record"},
     [](const Record& r, const Context&) {
       return r.call.partial ? value_of(r.call.partial->last) : FieldValue{};
     }},
};

}  // namespace

std::span<const FieldRow> call_field_rows() { return kRows; }

}  // namespace sieve
