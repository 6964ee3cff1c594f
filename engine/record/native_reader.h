// A NativeReader decodes our own JSON (`message.v1`, `call.v1`, `report.v1`) in one walk over its
// tokens. Every read_ function takes one value or says why it cannot.
//
// Thread safety: none. Lifetime: what it fills refers to the record's bytes and to the arena.
#pragma once

#include <array>
#include <bit>
#include <optional>
#include <string_view>

#include "base/arena.h"
#include "base/limits.h"
#include "record/address.h"
#include "record/decoder.h"
#include "record/json_cursor.h"
#include "record/key_table.h"
#include "record/names.h"
#include "record/sms_payload.h"
#include "record/value_text.h"

namespace sieve {

// Which keys of a KeyTable an object had, as bits by their place in the table.
struct ObjectMarks {
  uint32_t seen = 0;
  uint32_t present = 0;  // Seen with a value other than null.
};

// The bits of keys, for required fields.
template <class... Keys>
constexpr uint32_t key_bits(Keys... keys) {
  return ((1U << static_cast<unsigned>(keys)) | ... | 0U);
}

// What an integer may be, ends included.
struct IntBounds {
  int64_t min;
  int64_t max;
};

using AddressKeys = KeyTable<2>;

class NativeReader {
 public:
  explicit NativeReader(const Mapping& mapping);

  // REQUIRES: as Decoder::decode; `record.kind` says what is expected.
  DecodeFailure read(std::string_view bytes, Arena& arena, Record& record);

 private:
  // One per kind; they read the object ahead.
  DecodeError read_message(Message& message);
  DecodeError read_message_field(int key, Message& message);
  DecodeError read_recipients(Message& message);
  DecodeError read_payload();
  DecodeError read_call(Call& call);
  DecodeError read_call_field(int key, Call& call);
  DecodeError read_report(Report& report);
  DecodeError read_report_field(int key, Report& report);

  // Objects.
  DecodeError read_address(const AddressKeys& keys, Address& out);
  DecodeError read_address_or_text(const AddressKeys& keys, Address& out);
  DecodeError read_cell(Cell& out);
  DecodeError read_sim(Sim& out);
  DecodeError read_part(Message& message);
  DecodeError read_route(Message::Route& out);
  DecodeError read_sender(Message::SenderProfile& out);
  DecodeError read_trunk(Call::Trunk& out);
  DecodeError read_roaming(Call::Roaming& out);
  DecodeError read_partial(Call& call);

  // Values.
  DecodeError read_schema(RecordKind kind);
  DecodeError read_string(std::string_view& out) {
    if (cursor_.peek() != '"') return type_error();
    out = cursor_.take_raw_string();
    if (!cursor_.may_have_escapes() || unescape_json(out, *arena_, out)) return DecodeError::kNone;
    return DecodeError::kMalformedJson;
  }
  DecodeError read_name(std::string_view& out);  // A string that is not empty.
  DecodeError read_text(std::string_view& text, bool& cut);
  DecodeError read_bool(Tristate& out);
  DecodeError read_int(IntBounds bounds, int64_t& out);
  DecodeError read_degrees(double max, std::optional<double>& out);
  DecodeError read_seconds(Duration& out);
  DecodeError read_time(Timestamp& out);
  DecodeError read_time(std::optional<Timestamp>& out) { return read_time(out.emplace()); }
  template <class Names, class Enum>
  DecodeError read_enum(const Names& names, Enum& out);

  // Reads the object ahead; calls `on_key(place)` for each key of `keys` whose value is not null,
  // and skips the other keys. A failure gets the name of its key as path, unless it has one.
  template <size_t kSize, class OnKey>
  DecodeError read_object(const KeyTable<kSize>& keys, KeyOrder& order, ObjectMarks& marks,
                          OnKey on_key);
  // Reads a key and its colon; `place` is the key's in `keys`, or -1.
  template <size_t kSize>
  DecodeError read_key(const KeyTable<kSize>& keys, int& place);
  // Fails with the first of `required` that is not present.
  template <size_t kSize>
  DecodeError require(const KeyTable<kSize>& keys, const ObjectMarks& marks, uint32_t required) {
    const uint32_t missing = required & ~marks.present;
    if (missing == 0) return DecodeError::kNone;
    path_ = keys.name(static_cast<size_t>(std::countr_zero(missing)));
    return DecodeError::kMissingField;
  }
  // What it means that the token ahead cannot begin what is wanted.
  DecodeError type_error() const;

  const NumberingPlan* default_plan_;
  JsonCursor cursor_;
  TimeReader times_;
  std::array<Address, limits::kRecipientsPerMessageMax> recipients_;
  // How the producer orders the keys of each kind of object.
  KeyOrder root_order_, address_order_, cell_order_, sim_order_, part_order_, payload_order_,
      route_order_, sender_order_, trunk_order_, roaming_order_, partial_order_;

  // Of the record being read.
  Arena* arena_ = nullptr;
  SmsPayload payload_;     // Stale unless the record has one.
  std::string_view path_;  // Of the field that failed.
};

template <size_t kSize>
DecodeError NativeReader::read_key(const KeyTable<kSize>& keys, int& place) {
  if (cursor_.peek() != '"') return DecodeError::kMalformedJson;
  std::string_view key = cursor_.take_raw_string();
  if (!cursor_.take(':')) return DecodeError::kMalformedJson;
  if (cursor_.may_have_escapes() && !unescape_json(key, *arena_, key)) {
    return DecodeError::kMalformedJson;
  }
  place = keys.find_padded(key);
  return DecodeError::kNone;
}

template <size_t kSize, class OnKey>
DecodeError NativeReader::read_object(const KeyTable<kSize>& keys, KeyOrder& order,
                                      ObjectMarks& marks, OnKey on_key) {
  static_assert(kSize <= KeyOrder::kFirst);
  if (!cursor_.take('{')) return type_error();
  if (cursor_.take('}')) return DecodeError::kNone;
  size_t before = KeyOrder::kFirst;
  for (;;) {
    DecodeError error = DecodeError::kNone;
    int place = order.next[before];
    if (keys.stands_quoted(cursor_.here(), static_cast<size_t>(place))) {
      cursor_.skip_key();
    } else {
      error = read_key(keys, place);
      if (error != DecodeError::kNone) return error;
    }
    if (place < 0) {
      if (!cursor_.skip_value()) return DecodeError::kMalformedJson;
    } else {
      order.next[before] = static_cast<uint8_t>(place);
      before = static_cast<size_t>(place);
      const uint32_t bit = 1U << place;
      const bool again = (marks.seen & bit) != 0;
      marks.seen |= bit;
      if (again) {
        error = DecodeError::kDuplicateKey;
      } else if (!cursor_.take_null()) {
        marks.present |= bit;
        error = on_key(place);
      }
      if (error != DecodeError::kNone) {
        if (path_.empty()) path_ = keys.name(before);
        return error;
      }
    }
    if (cursor_.at_end()) return DecodeError::kMalformedJson;
    if (cursor_.take(',')) continue;
    return cursor_.take('}') ? DecodeError::kNone : DecodeError::kMalformedJson;
  }
}

template <class Names, class Enum>
DecodeError NativeReader::read_enum(const Names& names, Enum& out) {
  std::string_view text;
  if (const DecodeError error = read_string(text); error != DecodeError::kNone) return error;
  const auto value = names.find_padded(text);
  if (!value) return DecodeError::kBadValue;
  out = *value;
  return DecodeError::kNone;
}

}  // namespace sieve
