// A JsonValue is one parsed JSON value as a tree: for the control path (evaluation rows, alerts
// shown to people, tests). The data path reads JSON in engine/record without a tree.
//
//   Expected<JsonValue, JsonError> row = parse_json(line);
//   std::string_view text = row->at("text").as_string();
//
// Thread safety: immutable after parse. Owns everything.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"

namespace sieve {

enum class JsonKind : uint8_t { kMissing, kNull, kBool, kNumber, kString, kArray, kObject };

struct JsonMember;

class JsonValue {
 public:
  JsonKind kind = JsonKind::kMissing;
  bool boolean = false;
  double number = 0;
  std::string string;
  std::vector<JsonValue> items;     // Of an array.
  std::vector<JsonMember> members;  // Of an object, in order.

  // The member called `key`; a value of kind kMissing when there is none or this is no object.
  const JsonValue& at(std::string_view key) const;
  // The string, or "" for any other kind.
  std::string_view as_string() const { return string; }
  bool exists() const { return kind != JsonKind::kMissing; }
};

struct JsonMember {
  std::string name;
  JsonValue value;
};

struct JsonError {
  std::string message;  // The parser's reason in one sentence.
};

// Parses exactly one value. Errors: malformed JSON, invalid UTF-8, deeper than 64 levels.
Expected<JsonValue, JsonError> parse_json(std::string_view text);

}  // namespace sieve
