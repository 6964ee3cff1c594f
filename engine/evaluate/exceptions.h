// Whether exceptions of rules hold for a record.
//
// Thread safety: pure; what `input` refers to is used.
#pragma once

#include "evaluate/program.h"
#include "evaluate/rule_set.h"

namespace sieve {

// Whether the record of `input` is from after `last_day`, in the context's zone.
bool is_over(Date last_day, const ProgramInput& input);

// Whether all links of the message of `input` are looked at, where a condition reads them: an
// exception cannot vouch for those that are not.
bool sees_all_links(bool reads_links, const ProgramInput& input);

// Whether `exception` holds for the record of `input`, which has the record's time and all that the
// exception's rule needs. After its last day, by the time of the record in the context's zone, it
// does not. Allocates nothing.
bool holds(const CompiledException& exception, const ProgramInput& input);

}  // namespace sieve
