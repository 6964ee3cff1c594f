// `fields:` and `values:` of an exception: rows of values, of which each field has its own.
//
//   fields: [msg.from, url.domain]        msg.from is ROADDEMO, in any case, and every link is
//   values: [[ROADDEMO, road.example]]    under road.example (there is one)
//
// Thread safety: pure functions.
#pragma once

#include "rule/exception_def.h"

namespace sieve {

// What the keys of an exception say of its values; null: not given.
struct WrittenValues {
  const YamlNode* fields = nullptr;
  const YamlNode* comparison = nullptr;
  const YamlNode* values = nullptr;
  std::string country;  // Whose national numbers are read; may be empty.
};

// Gives `exception` the condition that the values come to. Values are read as those of lists are.
// Reports R012 unknown fields, R016 too many values, R084, R085 and R087 as lists do, R120 parts
// that do not fit, R121 a row or value that its fields cannot have. REQUIRES: fields and values are
// given.
void parse_values(const WrittenValues& written, const ExpressionScope& scope,
                  ExceptionDef& exception, const YamlContext& context);

}  // namespace sieve
