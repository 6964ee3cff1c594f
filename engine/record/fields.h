// The fields that rules and mappings may name, with their types: one table from which the rule
// language, its JSON Schema, the record mapping and the documentation are read.
//
// Thread safety: immutable tables and pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/strong_id.h"
#include "base/time_zone.h"
#include "record/record.h"

namespace sieve {

using FieldId = StrongId<struct FieldTag, uint16_t>;

enum class FieldType : uint8_t { kString, kNumber, kBool, kDuration, kTime };
std::string_view name_of(FieldType type);

struct FieldInfo {
  std::string_view name;  // As rules write it: `msg.from`, `call.duration`, `report.source`.
  FieldType type;
  RecordKind kind;
  bool required;             // Every valid record has it; an address may still be withheld.
  std::string_view summary;  // One phrase for documentation.
};

// All fields; the index is the FieldId.
std::span<const FieldInfo> all_fields();
std::optional<FieldId> find_field(std::string_view name);
const FieldInfo& info_of(FieldId id);

// A field's value in one record. Durations and times are milliseconds in `number`, booleans 0 or 1.
struct FieldValue {
  bool present = false;
  double number = 0;
  std::string_view text;
};

// How many of each a message offers to get in touch by.
struct ContactCounts {
  int64_t urls = 0;
  int64_t handles = 0;
  int64_t phones = 0;
};

// Counts them in the message at hand, when a field asks: whoever can read texts implements it.
class ContactCounter {
 public:
  virtual ~ContactCounter() = default;
  virtual const ContactCounts& counts() = 0;
};

// What derived fields need besides the record.
struct FieldContext {
  TimeZone zone;                       // For msg.hour and call.hour.
  ContactCounter* contacts = nullptr;  // For msg.url.count and its like, which are absent without.
};

// The value of `id` in `record`; absent when the record lacks it or, for an address, withholds it.
// REQUIRES: the field is of the record's kind. `msg.to` is the first recipient.
FieldValue field_value(FieldId id, const Record& record, const FieldContext& context);

}  // namespace sieve
