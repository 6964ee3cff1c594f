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
// Whether the field is read in the text of a message, as msg.url.count is: a stream that has texts
// has it.
bool is_read_in_text(const FieldInfo& info);
// Whether the field depends on which party the record is looked at from (Record::party), as
// call.party does: it is absent where windows do not look from both sides.
bool is_of_party(const FieldInfo& info);

// A field's value in one record. Durations and times are milliseconds in `number`, booleans 0 or 1.
struct FieldValue {
  bool present = false;
  double number = 0;
  std::string_view text;
};

// What a message offers to get in touch by besides URLs, and asks for.
struct EntityCounts {
  int64_t handles = 0;
  int64_t phones = 0;
  int64_t amounts = 0;
  int64_t codes = 0;
  int64_t crypto_addresses = 0;
  std::optional<double> amount_max;  // The largest, whatever its currency.
};

// How often the fold undid what evaders do to letters.
struct FoldCounts {
  int64_t invisible = 0;
  int64_t full_width = 0;
  int64_t styled = 0;
  int64_t look_alike = 0;
  int64_t mixed_script_tokens = 0;
  int64_t spaced_out = 0;
  int64_t digit_for_letter = 0;
  int64_t marks_repaired = 0;
  int64_t words_repaired = 0;  // Also counted by what was done to them.

  int64_t all() const {
    return invisible + full_width + styled + look_alike + mixed_script_tokens + spaced_out +
           digit_for_letter + marks_repaired;
  }
};

// Reads the text of the message at hand, when a field asks: whoever can read texts implements it.
class TextReader {
 public:
  virtual ~TextReader() = default;
  virtual int64_t url_count() = 0;
  virtual const EntityCounts& entities() = 0;
  virtual FoldCounts fold() = 0;
};

// What derived fields need besides the record.
struct FieldContext {
  TimeZone zone;               // For msg.hour and call.hour.
  TextReader* text = nullptr;  // For fields that are read in a text, which are absent without.
};

// The value of `id` in `record`; absent when the record lacks it or, for an address, withholds it.
// REQUIRES: the field is of the record's kind. `msg.to` is the first recipient.
FieldValue field_value(FieldId id, const Record& record, const FieldContext& context);

}  // namespace sieve
