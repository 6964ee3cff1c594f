// List files, UTF-8, in the formats of feeds (list_feed.h) or in the plain one: an entry a line,
// and what belongs to it behind it.
//
//   # Hosts of last week's campaign.
//   bad.example                                        # an entry, and a comment
//   worse.example  expires=2027-06-30 source=feed-7    # counts up to that day
//
// Thread safety: pure functions. Units: columns count characters.
#pragma once

#include <string_view>

#include "base/date.h"
#include "rule/definitions.h"

namespace sieve {

// Adds the entries of `text`, the bytes of the file `file`, to `list`. Problems, of which at most
// limits::kDiagnosticsShownMax are reported, are those of ListBuilder, R094 for a column that
// does not exist, and R149 for a line that cannot be read.
void read_list_text(std::string_view file, std::string_view text, Date today, ListDef& list,
                    Diagnostics& diagnostics);

}  // namespace sieve
