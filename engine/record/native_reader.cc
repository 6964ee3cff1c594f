#include "record/native_reader.h"

#include "record/text_limit.h"

namespace sieve {
namespace {

constexpr KeyTable<kRecordKindCount> kSchemas({"message.v1", "call.v1", "report.v1"});

bool is_number_start(char c) { return c == '-' || (c >= '0' && c <= '9'); }

}  // namespace

NativeReader::NativeReader(const Mapping& mapping)
    : default_plan_(find_plan(mapping.default_country)) {}

DecodeFailure NativeReader::read(std::string_view bytes, Arena& arena, Record& record) {
  arena_ = &arena;
  path_ = {};
  DecodeError error = cursor_.open(bytes);
  if (error != DecodeError::kNone) return {error, {}};
  switch (record.kind) {
    case RecordKind::kMessage:
      error = read_message(record.message);
      break;
    case RecordKind::kCall:
      error = read_call(record.call);
      break;
    case RecordKind::kReport:
      error = read_report(record.report);
      break;
  }
  if (error == DecodeError::kNone && !cursor_.at_end()) error = DecodeError::kMalformedJson;
  return {error, path_};
}

DecodeError NativeReader::type_error() const {
  switch (cursor_.peek()) {
    case '"':
    case '{':
    case '[':
    case 't':
    case 'f':
      return DecodeError::kWrongType;
    default:
      return is_number_start(cursor_.peek()) ? DecodeError::kWrongType
                                             : DecodeError::kMalformedJson;
  }
}

DecodeError NativeReader::read_schema(RecordKind kind) {
  std::string_view schema;
  if (const DecodeError error = read_string(schema); error != DecodeError::kNone) return error;
  const bool same = kSchemas.find_padded(schema) == static_cast<int>(kind);
  return same ? DecodeError::kNone : DecodeError::kUnsupportedSchema;
}

DecodeError NativeReader::read_name(std::string_view& out) {
  const DecodeError error = read_string(out);
  return error == DecodeError::kNone && out.empty() ? DecodeError::kBadValue : error;
}

DecodeError NativeReader::read_text(std::string_view& text, bool& cut) {
  const DecodeError error = read_string(text);
  cut = cut_text(text);
  return error;
}

DecodeError NativeReader::read_bool(Tristate& out) {
  const char c = cursor_.peek();
  if (c != 't' && c != 'f') return type_error();
  if (cursor_.take_token() != (c == 't' ? "true" : "false")) return DecodeError::kMalformedJson;
  out = c == 't' ? Tristate::kTrue : Tristate::kFalse;
  return DecodeError::kNone;
}

DecodeError NativeReader::read_int(IntBounds bounds, int64_t& out) {
  if (!is_number_start(cursor_.peek())) return type_error();
  const std::optional<int64_t> value = parse_json_int(cursor_.take_token());
  if (!value || *value < bounds.min || *value > bounds.max) return DecodeError::kBadValue;
  out = *value;
  return DecodeError::kNone;
}

DecodeError NativeReader::read_degrees(double max, std::optional<double>& out) {
  if (!is_number_start(cursor_.peek())) return type_error();
  out = parse_json_number(cursor_.take_token());
  const bool inside = out.has_value() && *out >= -max && *out <= max;
  return inside ? DecodeError::kNone : DecodeError::kBadValue;
}

DecodeError NativeReader::read_seconds(Duration& out) {
  if (!is_number_start(cursor_.peek())) return type_error();
  const std::optional<Duration> span = parse_span(cursor_.take_token(), 1000);
  if (!span) return DecodeError::kBadValue;
  out = *span;
  return DecodeError::kNone;
}

DecodeError NativeReader::read_time(Timestamp& out) {
  std::optional<Timestamp> time;
  if (is_number_start(cursor_.peek())) {
    time = parse_epoch_ms(cursor_.take_token());
  } else {
    std::string_view text;
    if (const DecodeError error = read_string(text); error != DecodeError::kNone) return error;
    time = times_.read_rfc3339(text);
  }
  if (!time) return DecodeError::kBadTime;
  out = *time;
  return DecodeError::kNone;
}

DecodeError NativeReader::read_address(const AddressKeys& keys, Address& out) {
  ObjectMarks marks;
  std::string_view raw;
  AddressType type = AddressType::kUnknown;
  DecodeError error = read_object(keys, address_order_, marks, [&](int key) {
    return key == 0 ? read_string(raw) : read_enum(kAddressTypeNames, type);
  });
  if (error == DecodeError::kNone) error = require(keys, marks, key_bits(0));
  if (error == DecodeError::kNone) out = canonical_address(raw, type, default_plan_, *arena_);
  return error;
}

DecodeError NativeReader::read_address_or_text(const AddressKeys& keys, Address& out) {
  if (cursor_.peek() != '"') return read_address(keys, out);
  std::string_view raw;
  const DecodeError error = read_string(raw);
  out = canonical_address(raw, AddressType::kUnknown, default_plan_, *arena_);
  return error;
}

DecodeError NativeReader::read_cell(Cell& out) {
  static constexpr KeyTable<4> kKeys({"cell.id", "cell.lat", "cell.lon", "cell.border"},
                                     KeyPart::kLast);
  ObjectMarks marks;
  return read_object(kKeys, cell_order_, marks, [&](int key) {
    switch (key) {
      case 0:
        return read_string(out.id);
      case 1:
        return read_degrees(90, out.lat);
      case 2:
        return read_degrees(180, out.lon);
      default:
        return read_bool(out.border);
    }
  });
}

DecodeError NativeReader::read_sim(Sim& out) {
  static constexpr KeyTable<4> kKeys({"sim.imsi", "sim.imei", "sim.activated_at", "sim.prepaid"},
                                     KeyPart::kLast);
  ObjectMarks marks;
  return read_object(kKeys, sim_order_, marks, [&](int key) {
    switch (key) {
      case 0:
        return read_string(out.imsi);
      case 1:
        return read_string(out.imei);
      case 2:
        return read_time(out.activated_at);
      default:
        return read_bool(out.prepaid);
    }
  });
}

}  // namespace sieve
