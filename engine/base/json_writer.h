// A JsonWriter appends one JSON value to a string, escaping as RFC 8259 asks and keeping no tree.
//
//   JsonWriter json(out);
//   json.begin_object().key("id").string(id).key("score").number(4.5).end_object();
//
// Thread safety: none. Lifetime: refers to `out`. Allocates only when `out` grows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sieve {

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  // Invalid UTF-8 in `text` is written as U+FFFD: output is always valid JSON.
  JsonWriter& string(std::string_view text);
  JsonWriter& integer(int64_t value);
  JsonWriter& unsigned_integer(uint64_t value);
  // The shortest decimal that reads back; REQUIRES: finite.
  JsonWriter& number(double value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  // `json` is already one valid JSON value.
  JsonWriter& raw(std::string_view json);

 private:
  void before_value();

  std::string& out_;
  bool needs_comma_ = false;
};

}  // namespace sieve
