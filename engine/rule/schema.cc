#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/json_writer.h"
#include "rule/schema_keys.h"

namespace sieve {
namespace {

constexpr std::string_view kDraft = "http://json-schema.org/draft-07/schema#";
constexpr std::string_view kIdentifierShape = "^[A-Za-z0-9_][A-Za-z0-9_.-]*$";
constexpr std::string_view kNameShape = "^[a-z][a-z0-9_]{0,63}$";
constexpr std::string_view kDurationShape = "^[0-9]+(ms|s|m|h|d)$";
// What YAML readers may take a text for when it has no quotes.
constexpr std::array<std::string_view, 3> kScalarTypes = {"string", "number", "boolean"};

class SchemaWriter {
 public:
  std::string write();

 private:
  void write_map(RuleMap map);
  void write_properties(RuleMap map);
  void write_required(RuleMap map, KeyNeed need);
  void write_needs(RuleMap map);
  void write_alternatives(std::string_view quantity, RuleMap map, KeyNeed need);
  void write_value(const KeyInfo& info);
  void write_shape(const ValueShape& shape);
  void write_range(std::string_view type, const ValueShape& shape);
  void write_collection(const ValueShape& shape);
  void write_text(std::string_view pattern);
  void write_scalar();
  void write_texts();
  void write_choices(std::span<const std::string_view> names);
  void write_record();
  void write_reference(RuleMap map);

  std::string out_;
  JsonWriter json_{out_};
};

std::string SchemaWriter::write() {
  json_.begin_object();
  json_.key("$schema").string(kDraft);
  json_.key("title").string("Rules of scamsieve, format 1");
  json_.key("$ref").string(fmt::format("#/definitions/{}", name_of(RuleMap::kFile)));
  json_.key("definitions").begin_object();
  for (const RuleMap map : all_rule_maps()) {
    json_.key(name_of(map));
    write_map(map);
  }
  json_.end_object().end_object();
  return std::move(out_);
}

void SchemaWriter::write_map(RuleMap map) {
  json_.begin_object();
  json_.key("type").string("object");
  json_.key("additionalProperties");
  if (map == RuleMap::kFinding) {
    json_.begin_object().key("type").string("number").end_object();
  } else {
    json_.boolean(false);
  }
  write_needs(map);
  write_properties(map);
  json_.end_object();
}

void SchemaWriter::write_required(RuleMap map, KeyNeed need) {
  json_.key("required").begin_array();
  for (const KeyInfo& info : all_keys()) {
    if (info.map == map && info.need == need) json_.string(info.key);
  }
  json_.end_array();
}

void SchemaWriter::write_needs(RuleMap map) {
  write_required(map, KeyNeed::kRequired);
  const auto has = [map](KeyNeed need) {
    return std::any_of(all_keys().begin(), all_keys().end(),
                       [&](const KeyInfo& info) { return info.map == map && info.need == need; });
  };
  if (has(KeyNeed::kUnlessHelper)) {
    json_.key("if").begin_object().key("properties").begin_object().key("emit").begin_object();
    json_.key("const").boolean(false).end_object().end_object();
    json_.key("required").begin_array().string("emit").end_array().end_object();
    json_.key("else").begin_object();
    write_required(map, KeyNeed::kUnlessHelper);
    json_.end_object();
  }
  if (has(KeyNeed::kOneOf)) write_alternatives("oneOf", map, KeyNeed::kOneOf);
  if (has(KeyNeed::kAnyOf)) write_alternatives("anyOf", map, KeyNeed::kAnyOf);
}

void SchemaWriter::write_alternatives(std::string_view quantity, RuleMap map, KeyNeed need) {
  json_.key(quantity).begin_array();
  for (const KeyInfo& info : all_keys()) {
    if (info.map != map || info.need != need) continue;
    json_.begin_object().key("required").begin_array().string(info.key).end_array().end_object();
  }
  json_.end_array();
}

void SchemaWriter::write_properties(RuleMap map) {
  json_.key("properties").begin_object();
  for (const KeyInfo& info : all_keys()) {
    if (info.map != map) continue;
    json_.key(info.key);
    write_value(info);
  }
  json_.end_object();
}

// Draft 7 lets nothing stand beside `$ref`, so the description does not.
void SchemaWriter::write_value(const KeyInfo& info) {
  json_.begin_object();
  json_.key("description").string(info.about);
  json_.key("allOf").begin_array();
  write_shape(info.shape);
  json_.end_array().end_object();
}

void SchemaWriter::write_shape(const ValueShape& shape) {
  switch (shape.kind) {
    case ValueKind::kText:
      return write_scalar();
    case ValueKind::kTexts:
      return write_texts();
    case ValueKind::kIdentifier:
      return write_text(kIdentifierShape);
    case ValueKind::kInteger:
      return write_range("integer", shape);
    case ValueKind::kNumber:
      return write_range("number", shape);
    case ValueKind::kFlag:
      json_.begin_object().key("type").string("boolean").end_object();
      return;
    case ValueKind::kChoice:
      return write_choices(shape.choices);
    case ValueKind::kDuration:
      return write_text(kDurationShape);
    case ValueKind::kExpression:
      json_.begin_object().key("type").string("string").end_object();
      return;
    case ValueKind::kRows:
      json_.begin_object().key("type").string("array").end_object();
      return;
    case ValueKind::kRecord:
      return write_record();
    case ValueKind::kMap:
      return write_reference(shape.map);
    default:
      return write_collection(shape);
  }
}

void SchemaWriter::write_range(std::string_view type, const ValueShape& shape) {
  json_.begin_object().key("type").string(type);
  json_.key("minimum").number(shape.min).key("maximum").number(shape.max).end_object();
}

void SchemaWriter::write_collection(const ValueShape& shape) {
  json_.begin_object();
  switch (shape.kind) {
    case ValueKind::kChoices:
      json_.key("type").string("array").key("items");
      write_choices(shape.choices);
      break;
    case ValueKind::kMaps:
      json_.key("type").string("array").key("items");
      write_reference(shape.map);
      break;
    case ValueKind::kTextsOrMaps:
      json_.key("type").string("array").key("items");
      json_.begin_object().key("anyOf").begin_array();
      write_scalar();
      write_reference(shape.map);
      json_.end_array().end_object();
      break;
    case ValueKind::kNamedMaps:
    case ValueKind::kNamedTexts:
      json_.key("type").string("object").key("propertyNames");
      write_text(kNameShape);
      json_.key("additionalProperties");
      if (shape.kind == ValueKind::kNamedMaps) write_reference(shape.map);
      if (shape.kind == ValueKind::kNamedTexts) write_text("");
      break;
    case ValueKind::kPairs:
      json_.key("type").string("array").key("items").begin_object();
      json_.key("type").string("array").key("items");
      write_scalar();
      json_.key("minItems").integer(2).key("maxItems").integer(2).end_object();
      break;
    default:  // kExpectations.
      json_.key("anyOf").begin_array();
      write_reference(shape.map);
      json_.begin_object().key("type").string("array").key("items");
      write_reference(RuleMap::kFinding);
      json_.end_object().end_array();
      break;
  }
  json_.end_object();
}

void SchemaWriter::write_text(std::string_view pattern) {
  json_.begin_object().key("type").string("string");
  if (!pattern.empty()) json_.key("pattern").string(pattern);
  json_.end_object();
}

void SchemaWriter::write_scalar() {
  json_.begin_object().key("type").begin_array();
  for (const std::string_view type : kScalarTypes) json_.string(type);
  json_.end_array().end_object();
}

void SchemaWriter::write_texts() {
  json_.begin_object().key("anyOf").begin_array();
  write_scalar();
  json_.begin_object().key("type").string("array").key("items");
  write_scalar();
  json_.end_object().end_array().end_object();
}

void SchemaWriter::write_choices(std::span<const std::string_view> names) {
  json_.begin_object().key("enum").begin_array();
  for (const std::string_view name : names) json_.string(name);
  json_.end_array().end_object();
}

// What fields there are depends on the kind of record, which the parser checks.
void SchemaWriter::write_record() {
  json_.begin_object().key("type").string("object").end_object();
}

void SchemaWriter::write_reference(RuleMap map) {
  json_.begin_object();
  json_.key("$ref").string(fmt::format("#/definitions/{}", name_of(map)));
  json_.end_object();
}

}  // namespace

std::string rule_schema() { return SchemaWriter().write(); }

}  // namespace sieve
