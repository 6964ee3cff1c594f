#include "record/mapped_reader.h"

#include <algorithm>
#include <array>
#include <memory>

#include "base/check.h"
#include "base/numbering_plans.h"
#include "base/utf8.h"
#include "record/address.h"
#include "record/csv_line.h"

namespace sieve {
namespace {

constexpr uint32_t kNone = 0;  // No node: nothing has the root as its child.

int64_t unit_ms_of(std::string_view unit) {
  if (unit == "ms") return 1;
  return unit == "m" ? 60'000 : 1'000;
}

// The text that a value of the source stands for; nothing when it stands for none.
std::optional<std::string_view> translate(const FieldMapping& field, std::string_view text) {
  if (field.values.empty()) return text;
  for (const auto& [from, to] : field.values) {
    if (from == text) return to;
  }
  if (field.otherwise.empty()) return {};
  return field.otherwise;
}

Tristate bool_of(std::string_view text) {
  if (text == "true" || text == "1") return Tristate::kTrue;
  if (text == "false" || text == "0") return Tristate::kFalse;
  return Tristate::kAbsent;
}

void clear(Record& record) {
  static const Message kMessage;
  static const Call kCall;
  static const Report kReport;
  switch (record.kind) {
    case RecordKind::kMessage:
      record.message = kMessage;
      break;
    case RecordKind::kCall:
      record.call = kCall;
      break;
    case RecordKind::kReport:
      record.report = kReport;
      break;
  }
}

}  // namespace

MappedReader::MappedReader(const Mapping& mapping)
    : mapping_(mapping), default_plan_(find_plan(mapping.default_country)), nodes_(1) {
  for (const FieldMapping& field : mapping.fields) {
    const Target* const target = find_target(mapping.kind, field.field);
    if (target == nullptr) continue;  // Reported when the mapping was read.
    SIEVE_CHECK(field.has_constant || !field.path.empty(), "{} has no path", field.field);
    SIEVE_CHECK(field.path.size() <= kMappingDepthMax, "{}: path too long", field.field);
    fields_.push_back({&field, target, unit_ms_of(field.unit), 0});
    if (!field.has_constant) add_path(static_cast<uint32_t>(fields_.size() - 1));
  }
  slots_.resize(fields_.size());
  for (const Target& target : targets_of(mapping.kind)) {
    const auto fills = [&target](const Field& field) { return field.target == &target; };
    if (target.required && std::ranges::none_of(fields_, fills)) unmapped_ = target.name;
  }
  for (uint32_t i = 0; i < fields_.size(); ++i) {
    if (brings_text(fields_[i].target->name)) texts_.push_back(i);
  }
  if (mapping.kind == RecordKind::kMessage && texts_.empty()) unmapped_ = "text";
  if (mapping.format == RecordFormat::kCsv && !mapping.columns.empty()) {
    bind_columns({mapping.columns.begin(), mapping.columns.end()});
  }
}

void MappedReader::add_path(uint32_t field) {
  uint32_t at = 0;
  for (const std::string& key : fields_[field].mapping->path) {
    uint32_t next = child_of(nodes_[at], key);
    if (next == kNone) {
      next = static_cast<uint32_t>(nodes_.size());
      nodes_[at].children.push_back(next);
      nodes_.push_back({key, {}, {}, 0});
    }
    at = next;
  }
  nodes_[at].fields.push_back(field);
}

uint32_t MappedReader::child_of(const PathNode& node, std::string_view key) const {
  for (const uint32_t child : node.children) {
    if (nodes_[child].key == key) return child;
  }
  return kNone;
}

DecodeFailure MappedReader::set_header(std::string_view line) {
  if (!is_valid_utf8(line)) return {DecodeError::kInvalidUtf8, {}};
  Arena arena;  // A header is read once per file.
  std::vector<std::string_view> names;
  if (!split_csv_line(line, mapping_.delimiter, arena, names)) {
    return {DecodeError::kMalformedCsv, {}};
  }
  return bind_columns(names);
}

DecodeFailure MappedReader::bind_columns(const std::vector<std::string_view>& names) {
  column_count_ = 0;
  for (Field& field : fields_) {
    if (field.mapping->has_constant) continue;
    const std::string& name = field.mapping->path.front();
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return {DecodeError::kMissingField, field.mapping->field};
    if (std::find(at + 1, names.end(), name) != names.end()) {
      return {DecodeError::kDuplicateKey, field.mapping->field};
    }
    field.column = static_cast<size_t>(at - names.begin());
  }
  column_count_ = names.size();
  cells_.reserve(column_count_);
  return {};
}

DecodeFailure MappedReader::read(std::string_view bytes, Arena& arena, Record& record) {
  if (!unmapped_.empty()) return {DecodeError::kMissingField, unmapped_};
  std::ranges::fill(slots_, Slot{});
  const bool json = mapping_.format == RecordFormat::kJson;
  DecodeFailure failure = json ? read_json(bytes, arena) : read_csv(bytes, arena);
  if (failure.error != DecodeError::kNone) return failure;
  clear(record);
  Address to;
  SmsPayload payload;
  const MappedRecord out{record, to, payload};
  failure = fill(out);
  return failure.error == DecodeError::kNone ? finish(out, arena) : failure;
}

DecodeFailure MappedReader::read_csv(std::string_view line, Arena& arena) {
  if (line.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return {DecodeError::kEmpty, {}};
  }
  if (!is_valid_utf8(line)) return {DecodeError::kInvalidUtf8, {}};
  if (!split_csv_line(line, mapping_.delimiter, arena, cells_) || cells_.size() != column_count_) {
    return {DecodeError::kMalformedCsv, {}};
  }
  for (size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].mapping->has_constant) continue;
    const std::string_view cell = cells_[fields_[i].column];
    // CSV has no null: an empty cell is an absent field, except where empty means something.
    const bool may_be_empty =
        fields_[i].target->type == TargetType::kAddress || fields_[i].target->name == "text";
    slots_[i] = {cell, may_be_empty || !cell.empty()};
  }
  return {};
}

DecodeFailure MappedReader::read_json(std::string_view bytes, Arena& arena) {
  DecodeError error = cursor_.open(bytes);
  if (error != DecodeError::kNone) return {error, {}};
  ++record_number_;
  // The objects that are open, as nodes. A path is no longer than this (see parse_mapping).
  std::array<uint32_t, kMappingDepthMax> open;
  size_t depth = 0;
  open[depth++] = 0;
  cursor_.take('{');
  bool first = true;  // Nothing of the innermost object was read yet.
  while (depth > 0) {
    if (!first || cursor_.peek() == '}') {
      if (cursor_.at_end()) return {DecodeError::kMalformedJson, {}};
      if (cursor_.take('}')) {
        --depth;
        first = false;
        continue;
      }
      if (!cursor_.take(',')) return {DecodeError::kMalformedJson, {}};
    }
    first = false;
    uint32_t at = open[depth - 1];
    error = read_pair(arena, at);
    if (error != DecodeError::kNone) return {error, path_};
    if (at != open[depth - 1]) {
      open[depth++] = at;
      first = true;
    }
  }
  return {cursor_.at_end() ? DecodeError::kNone : DecodeError::kMalformedJson, {}};
}

// Reads a key of the object of node `at` with its value. Where the value is an object that paths
// lead into, it only moves over its bracket, and `at` becomes its node.
DecodeError MappedReader::read_pair(Arena& arena, uint32_t& at) {
  path_ = {};
  if (cursor_.peek() != '"') return DecodeError::kMalformedJson;
  std::string_view key = cursor_.take_raw_string();
  if (!cursor_.take(':')) return DecodeError::kMalformedJson;
  if (cursor_.may_have_escapes() && !unescape_json(key, arena, key)) {
    return DecodeError::kMalformedJson;
  }
  const uint32_t child = child_of(nodes_[at], key);
  if (child == kNone)
    return cursor_.skip_value() ? DecodeError::kNone : DecodeError::kMalformedJson;
  PathNode& node = nodes_[child];
  path_ = node.fields.empty() ? node.key : fields_[node.fields.front()].mapping->field;
  if (node.seen_in == record_number_) return DecodeError::kDuplicateKey;
  node.seen_in = record_number_;
  if (cursor_.take_null()) return DecodeError::kNone;
  if (node.children.empty()) return read_leaf(node, arena);
  if (!cursor_.take('{')) return DecodeError::kWrongType;
  at = child;
  return DecodeError::kNone;
}

DecodeError MappedReader::read_leaf(const PathNode& node, Arena& arena) {
  std::string_view text;
  const char c = cursor_.peek();
  if (c == '"') {
    text = cursor_.take_raw_string();
    if (cursor_.may_have_escapes() && !unescape_json(text, arena, text)) {
      return DecodeError::kMalformedJson;
    }
  } else if (c == '{' || c == '[') {
    return DecodeError::kWrongType;
  } else if (c == '}' || c == ']' || c == ',' || c == ':') {
    return DecodeError::kMalformedJson;
  } else {
    text = cursor_.take_token();
    const bool literal = text == "true" || text == "false" || parse_json_number(text).has_value();
    if (!literal) return DecodeError::kMalformedJson;
  }
  for (const uint32_t field : node.fields) slots_[field] = {text, true};
  return DecodeError::kNone;
}

DecodeFailure MappedReader::fill(const MappedRecord& out) {
  for (size_t i = 0; i < fields_.size(); ++i) {
    const Field& field = fields_[i];
    std::optional<std::string_view> text;
    if (field.mapping->has_constant) {
      text = field.mapping->constant;
    } else if (slots_[i].present) {
      text = translate(*field.mapping, slots_[i].text);
      if (!text) return {DecodeError::kBadValue, field.mapping->field};
    } else if (field.target->required) {
      return {DecodeError::kMissingField, field.mapping->field};
    } else {
      continue;
    }
    const DecodeError error = set_field(field, *text, out);
    if (error != DecodeError::kNone) return {error, field.mapping->field};
  }
  return {};
}

DecodeError MappedReader::set_field(const Field& field, std::string_view text,
                                    const MappedRecord& out) {
  TargetValue value;
  value.text = text;
  bool ok = true;
  switch (field.target->type) {
    case TargetType::kText:
    case TargetType::kAddress:
      break;
    case TargetType::kName:
      ok = !text.empty();
      break;
    case TargetType::kTime:
      if (convert_time(text, value) != DecodeError::kNone) return DecodeError::kBadTime;
      break;
    case TargetType::kSpan: {
      const std::optional<Duration> span = parse_span(text, field.span_unit_ms);
      ok = span.has_value();
      value.number = span.value_or(Duration{}).ms;
      break;
    }
    case TargetType::kBool:
      value.flag = bool_of(text);
      ok = value.flag != Tristate::kAbsent;
      break;
    case TargetType::kInt: {
      const std::optional<int64_t> number = parse_json_int(text);
      ok = number.has_value();
      value.number = number.value_or(0);
      break;
    }
    case TargetType::kDegrees: {
      const std::optional<double> degrees = parse_json_number(text);
      ok = degrees.has_value();
      value.real = degrees.value_or(0);
      break;
    }
  }
  return ok ? field.target->set(out, value) : DecodeError::kBadValue;
}

DecodeError MappedReader::convert_time(std::string_view text, TargetValue& out) {
  std::optional<Timestamp> time;
  switch (mapping_.time_format) {
    case TimeFormat::kAuto:
      time = is_digits(text) ? parse_epoch_ms(text) : times_.read_rfc3339(text);
      break;
    case TimeFormat::kEpochSeconds:
      time = parse_epoch_seconds(text);
      break;
    case TimeFormat::kEpochMs:
      time = parse_epoch_ms(text);
      break;
    case TimeFormat::kRfc3339:
      time = times_.read_rfc3339(text);
      break;
    case TimeFormat::kPattern:
      time = parse_time_pattern(text, mapping_.time_pattern, mapping_.zone);
      break;
  }
  if (!time) return DecodeError::kBadTime;
  out.number = time->ms;
  return DecodeError::kNone;
}

void MappedReader::canonicalize(Address& address, Arena& arena) const {
  address = canonical_address(address.raw, address.type, default_plan_, arena);
}

DecodeFailure MappedReader::finish_message(const MappedRecord& out, Arena& arena) {
  Message& message = out.record.message;
  canonicalize(message.from, arena);
  canonicalize(out.to, arena);
  void* const memory = arena.allocate(sizeof(Address));
  message.to = {std::construct_at(static_cast<Address*>(memory), out.to), 1};
  const std::optional<MessagePart>& part = message.part;
  if (part && part->total == 0) return {DecodeError::kMissingField, "part.total"};
  if (part && part->seq == 0) return {DecodeError::kMissingField, "part.seq"};
  if (part && part->seq > part->total) return {DecodeError::kBadValue, "part.seq"};
  const SmsPayload& payload = out.payload;
  if (!message.text.empty() || !payload.has_octets()) {
    const auto is_there = [this](uint32_t field) {
      return fields_[field].mapping->has_constant || slots_[field].present;
    };
    if (std::ranges::any_of(texts_, is_there)) return {};
    return {DecodeError::kMissingField, fields_[texts_.front()].mapping->field};
  }
  const DecodeError error = decode_payload(payload, arena, message);
  if (error == DecodeError::kNone) return {};
  return {error, payload.b64 ? "payload.b64" : "payload.hex"};
}

// What can only be done when all fields are there.
DecodeFailure MappedReader::finish(const MappedRecord& out, Arena& arena) {
  Record& record = out.record;
  switch (record.kind) {
    case RecordKind::kMessage:
      return finish_message(out, arena);
    case RecordKind::kCall:
      canonicalize(record.call.from, arena);
      canonicalize(record.call.to, arena);
      canonicalize(record.call.charge_number, arena);
      canonicalize(record.call.forwarded_from, arena);
      break;
    case RecordKind::kReport:
      canonicalize(record.report.from, arena);
      canonicalize(record.report.to, arena);
      break;
  }
  return {};
}

}  // namespace sieve
