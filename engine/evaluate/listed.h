// Looking the value of a field up in a list.
//
// Thread safety: pure; what `input` refers to is used.
#pragma once

#include <string_view>

#include "evaluate/program.h"
#include "match/list_set.h"

namespace sieve {

// Whether `text`, of a field or a link of the record at hand, is in `list` at the record's time.
// Allocates nothing after warm-up. REQUIRES: for lists of text, `input` has a folder.
bool is_listed(const ListSet& list, std::string_view text, const ProgramInput& input);

}  // namespace sieve
