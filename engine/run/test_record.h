// Making a record of a rule test: the fields its author wrote, completed with what every record
// needs, as our own JSON.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "base/time.h"
#include "rule/model.h"

namespace sieve {

// The event time at which tests start: 2026-01-05T08:00:00Z, a Monday.
inline constexpr Timestamp kTestStart{1'767'600'000'000};

// The JSON of repetition `n` (from 1) of `event`. Addresses may be written short (`from: A`).
std::string test_record_json(const TestEvent& event, int64_t n);

// The event time of that repetition.
Timestamp test_record_time(const TestEvent& event, int64_t n);

}  // namespace sieve
