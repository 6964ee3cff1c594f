// Holds alerts against engine/alert/alert.schema.json: the keywords that the schema uses, and a
// violation for any other, so that none is silently ignored.
#pragma once

#include <algorithm>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/json_reader.h"

namespace sieve::testing {

struct SchemaStep {
  const JsonValue* schema;
  const JsonValue* value;
  std::string path;
};

inline bool has_type(std::string_view type, const JsonValue& value) {
  if (type == "object") return value.kind == JsonKind::kObject;
  if (type == "array") return value.kind == JsonKind::kArray;
  if (type == "string") return value.kind == JsonKind::kString;
  if (value.kind != JsonKind::kNumber) return false;
  return type == "number" ||
         (type == "integer" &&
          value.number == static_cast<double>(static_cast<int64_t>(value.number)));
}

inline std::string object_violation(const SchemaStep& step, std::vector<SchemaStep>& todo) {
  const JsonValue& properties = step.schema->at("properties");
  const JsonValue& additional = step.schema->at("additionalProperties");
  for (const JsonValue& name : step.schema->at("required").items) {
    if (!step.value->at(name.string).exists()) return step.path + " lacks " + name.string;
  }
  for (const JsonMember& member : step.value->members) {
    const std::string path = step.path + "." + member.name;
    const JsonValue& schema = properties.at(member.name);
    if (schema.exists()) {
      todo.push_back({&schema, &member.value, path});
    } else if (additional.kind == JsonKind::kObject) {
      todo.push_back({&additional, &member.value, path});
    } else {
      return path + " is not in the schema";
    }
  }
  return "";
}

inline std::string value_violation(const SchemaStep& step, std::vector<SchemaStep>& todo) {
  const JsonValue& value = *step.value;
  for (const JsonMember& keyword : step.schema->members) {
    const JsonValue& want = keyword.value;
    bool holds = true;
    if (keyword.name == "type") {
      holds = has_type(want.string, value);
    } else if (keyword.name == "const") {
      holds = value.string == want.string;
    } else if (keyword.name == "enum") {
      holds = std::any_of(want.items.begin(), want.items.end(),
                          [&](const JsonValue& item) { return item.string == value.string; });
    } else if (keyword.name == "pattern") {
      holds = std::regex_search(value.string, std::regex(want.string));
    } else if (keyword.name == "minItems") {
      holds = static_cast<double>(value.items.size()) >= want.number;
    } else if (keyword.name == "maxItems") {
      holds = static_cast<double>(value.items.size()) <= want.number;
    } else if (keyword.name == "minimum") {
      holds = value.number >= want.number;
    } else if (keyword.name == "items") {
      for (const JsonValue& item : value.items) todo.push_back({&want, &item, step.path + "[]"});
    } else if (keyword.name != "required" && keyword.name != "properties" &&
               keyword.name != "additionalProperties" && keyword.name != "description" &&
               keyword.name != "title" && !keyword.name.starts_with("$")) {
      return "the checker does not know the keyword " + keyword.name;
    }
    if (!holds) return step.path + " breaks " + keyword.name;
  }
  return value.kind == JsonKind::kObject ? object_violation(step, todo) : "";
}

// Empty, or the first place where `json` does not follow the schema.
inline std::string schema_violation(std::string_view json) {
  const auto schema_text =
      read_file(std::string(SIEVE_SOURCE_DIR) + "/engine/alert/alert.schema.json", 1 << 20);
  if (!schema_text) return schema_text.error().message;
  const auto schema = parse_json(*schema_text);
  const auto value = parse_json(json);
  if (!schema) return "the schema: " + schema.error().message;
  if (!value) return value.error().message;
  std::vector<SchemaStep> todo = {{&*schema, &*value, "$"}};
  while (!todo.empty()) {
    const SchemaStep step = todo.back();
    todo.pop_back();
    const std::string violation = value_violation(step, todo);
    if (!violation.empty()) return violation;
  }
  return "";
}

}  // namespace sieve::testing
