// Values of fields as text for people.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "record/fields.h"

namespace sieve {

// `value`, of a field of `type`: `90s`, `2026-01-05T08:00:00Z`, `true`. REQUIRES: it is present.
std::string text_of(FieldType type, const FieldValue& value);

}  // namespace sieve
