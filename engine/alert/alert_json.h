// The parts of an alert's JSON that alerts and roll-ups have in common.
//
// Thread safety: pure functions.
#pragma once

#include <string_view>

#include "alert/alert.h"
#include "base/json_writer.h"

namespace sieve {

// All keys but `state`, `detected_at` and `late_ms`, into the object that is open.
void put_alert(const Alert& alert, JsonWriter& json);
void put_time(JsonWriter& json, std::string_view name, Timestamp time);

}  // namespace sieve
