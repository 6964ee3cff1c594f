// Which call a record is of. One call gives several records: legs, partial records, and what a
// switch sends again. They share `call_ref` where there is one; without it they have the same two
// parties and start within limits of each other (counted_calls.h), which the event time tells.
//
// Thread safety: plain data and pure functions.
#pragma once

#include <cstdint>

#include "record/record.h"

namespace sieve {

struct CallId {
  // A hash; 0: of no call. The lowest bit says whether it is of the reference.
  uint64_t value = 0;

  bool any() const { return value != 0; }
  bool is_of_ref() const { return (value & 1) != 0; }
  bool operator==(const CallId&) const = default;
};

// Of a message or report, and of a call without reference that lacks a party: none.
CallId call_id_of(const Record& record);

}  // namespace sieve
