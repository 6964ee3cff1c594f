// Addresses of records: telephone numbers become E.164 (base/phone.h), names and short codes are
// told from them. A number that cannot be read stays as received: it is never a reason to lose a
// record.
//
// Thread safety: pure.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "base/phone.h"
#include "record/record.h"

namespace sieve {

// Reads `raw` as a number: `+66...`, `0066...`, `66...` (long enough), or a national number of
// `default_plan` (may be null). Spaces, dots, dashes, slashes and brackets are ignored; of `tel:`
// and `sip:` addresses the user part is read. Sets `number` (in `arena` unless it is `raw`),
// `country` and `type`; `declared` (kUnknown: find out) wins for alpha and short addresses. After a
// `+` a length that the country has is enough; any other number must begin as the country's do.
Address canonical_address(std::string_view raw, AddressType declared,
                          const NumberingPlan* default_plan, Arena& arena);

}  // namespace sieve
