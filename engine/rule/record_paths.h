// What the fields of a record are called in it, for records that people write.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/fields.h"

namespace sieve {

// What stands before a field's name in conditions: `msg.`, `call.`, `report.`.
std::string_view field_prefix(RecordKind kind);

// The paths that a record of `kind` may have: `from`, `from.addr`, `cell.id`, ... Those of fields
// that the engine derives are not among them.
std::vector<std::string> record_paths(RecordKind kind);

}  // namespace sieve
