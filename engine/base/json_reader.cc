#include "base/json_reader.h"

#include <simdjson.h>

namespace sieve {
namespace {

constexpr size_t kDepthMax = 64;

// A container that is being filled: where its values come from and go to.
struct Open {
  simdjson::dom::element source;
  JsonValue* target;
};

// Sets all of `target` but the values inside a container; those are left for later on `open`.
void set_shallow(const simdjson::dom::element& source, JsonValue& target, std::vector<Open>& open) {
  using simdjson::dom::element_type;
  switch (source.type()) {
    case element_type::NULL_VALUE:
      target.kind = JsonKind::kNull;
      return;
    case element_type::BOOL:
      target.kind = JsonKind::kBool;
      target.boolean = source.get_bool().value_unsafe();
      return;
    case element_type::INT64:
    case element_type::UINT64:
    case element_type::DOUBLE:
      target.kind = JsonKind::kNumber;
      target.number = source.get_double().value_unsafe();
      return;
    case element_type::STRING:
      target.kind = JsonKind::kString;
      target.string = std::string(source.get_string().value_unsafe());
      return;
    case element_type::ARRAY:
      target.kind = JsonKind::kArray;
      break;
    case element_type::OBJECT:
      target.kind = JsonKind::kObject;
      break;
  }
  open.push_back({source, &target});
}

void fill(const Open& container, std::vector<Open>& open) {
  JsonValue& target = *container.target;
  if (target.kind == JsonKind::kArray) {
    const simdjson::dom::array array = container.source.get_array().value_unsafe();
    target.items.resize(array.size());
    size_t i = 0;
    for (const simdjson::dom::element item : array) set_shallow(item, target.items[i++], open);
    return;
  }
  const simdjson::dom::object object = container.source.get_object().value_unsafe();
  target.members.resize(object.size());
  size_t i = 0;
  for (const auto& member : object) {
    target.members[i].name = std::string(member.key);
    set_shallow(member.value, target.members[i++].value, open);
  }
}

}  // namespace

const JsonValue& JsonValue::at(std::string_view key) const {
  static const JsonValue missing;
  for (const auto& [name, value] : members) {
    if (name == key) return value;
  }
  return missing;
}

Expected<JsonValue, JsonError> parse_json(std::string_view text) {
  simdjson::dom::parser parser;
  if (parser.allocate(text.size(), kDepthMax) != simdjson::SUCCESS) {
    return Unexpected<JsonError>({"out of memory"});
  }
  simdjson::dom::element root;
  const auto error = parser.parse(text.data(), text.size(), true).get(root);
  if (error != simdjson::SUCCESS) return Unexpected<JsonError>({simdjson::error_message(error)});
  JsonValue value;
  std::vector<Open> open;
  set_shallow(root, value, open);
  while (!open.empty()) {
    const Open container = open.back();
    open.pop_back();
    fill(container, open);
  }
  return value;
}

}  // namespace sieve
