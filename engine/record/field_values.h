// Readings of one member as a FieldValue, for the tables behind fields.h.
//
// Thread safety: pure functions.
#pragma once

#include <span>

#include "record/fields.h"

namespace sieve {

// How the value of one field is read. REQUIRES: the record is of the field's kind.
using FieldGetter = FieldValue (*)(const Record& record, const FieldContext& context);

struct FieldRow {
  FieldInfo info;
  FieldGetter get;
};

// The fields of each kind, in the order of their ids.
std::span<const FieldRow> message_field_rows();
std::span<const FieldRow> call_field_rows();
std::span<const FieldRow> report_field_rows();

inline FieldValue value_of(std::string_view text) { return {!text.empty(), 0, text}; }
inline FieldValue value_of(int64_t number) { return {true, static_cast<double>(number), {}}; }
inline FieldValue value_of(double number) { return {true, number, {}}; }
inline FieldValue value_of(bool flag) { return {true, flag ? 1.0 : 0.0, {}}; }
inline FieldValue value_of(Timestamp time) { return value_of(time.ms); }
inline FieldValue value_of(Duration duration) { return value_of(duration.ms); }
inline FieldValue value_of(Tristate flag) {
  return {flag != Tristate::kAbsent, flag == Tristate::kTrue ? 1.0 : 0.0, {}};
}
template <class T>
FieldValue value_of(const std::optional<T>& value) {
  return value.has_value() ? value_of(*value) : FieldValue{};
}

inline FieldValue hour_of(Timestamp time, const FieldContext& context) {
  return value_of(int64_t{context.zone.hour_of(time)});
}

// The party that the record is looked at from, and the other one; absent from neither.
inline FieldValue party_of(Party party, const Address& from, const Address& to) {
  if (party == Party::kNone) return {};
  return value_of(party == Party::kFrom ? from.key() : to.key());
}
inline FieldValue role_of(Party party, std::string_view of_from, std::string_view of_to) {
  if (party == Party::kNone) return {};
  return value_of(party == Party::kFrom ? of_from : of_to);
}
inline Party other_party(Party party) {
  if (party == Party::kNone) return party;
  return party == Party::kFrom ? Party::kTo : Party::kFrom;
}

// The number without its last four digits: what numbers that were bought together share.
inline FieldValue block_of(const Address& address) {
  constexpr size_t kDigits = 4;
  const std::string_view number = address.key();
  const bool is_number = address.type == AddressType::kMsisdn && number.size() > kDigits;
  return is_number ? value_of(number.substr(0, number.size() - kDigits)) : FieldValue{};
}

// How long before `time` the SIM was activated.
inline FieldValue age_of(const Sim& sim, Timestamp time) {
  if (!sim.activated_at || time < *sim.activated_at) return {};
  return value_of(time - *sim.activated_at);
}

// The type of an address that the record has; absent for one that it lacks.
inline FieldValue type_of(const Address& address) {
  return address.raw.empty() ? FieldValue{} : value_of(name_of(address.type));
}

}  // namespace sieve
