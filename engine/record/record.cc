#include "record/record.h"

#include <array>

#include "record/names.h"

namespace sieve {

std::string_view name_of(RecordKind kind) { return kRecordKindNames.name(kind); }
std::string_view name_of(AddressType type) { return kAddressTypeNames.name(type); }
std::string_view name_of(Channel channel) { return kChannelNames.name(channel); }
std::string_view name_of(TextCoding coding) { return kTextCodingNames.name(coding); }
std::string_view name_of(CallKind kind) { return kCallKindNames.name(kind); }

std::string_view name_of(Direction direction) {
  return direction == Direction::kAbsent ? std::string_view() : kDirectionNames.name(direction);
}

std::string_view name_of(PayloadNote note) {
  constexpr std::array<std::string_view, kPayloadNoteCount> kNames = {
      "wrong_coding", "uncommon_coding", "bad_header",        "bad_part", "part_disagrees",
      "truncated",    "lone_surrogate",  "no_such_character", "binary"};
  return kNames[static_cast<size_t>(note)];
}

Timestamp Record::time() const {
  switch (kind) {
    case RecordKind::kMessage:
      return message.ts;
    case RecordKind::kCall:
      return call.ts;
    case RecordKind::kReport:
      return report.ts;
  }
  return {};
}

std::string_view Record::id() const {
  switch (kind) {
    case RecordKind::kMessage:
      return message.id;
    case RecordKind::kCall:
      return call.id;
    case RecordKind::kReport:
      return report.id;
  }
  return {};
}

}  // namespace sieve
