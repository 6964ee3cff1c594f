// Reading an alert back from its JSON, for tools that show alerts to people.
//
// Thread safety: pure function.
#pragma once

#include "alert/alert.h"
#include "base/expected.h"
#include "base/json_reader.h"

namespace sieve {

// The alert that `json` (one `alert.v1` object) holds; fields that tools do not show are left at
// their defaults. An error when it is no alert. Lifetime: refers to `json`.
Expected<Alert, JsonError> read_alert(const JsonValue& json);

}  // namespace sieve
