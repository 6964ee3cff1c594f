// `expires:` of what a rule file says: the last day on which it holds.
//
// Thread safety: pure functions.
#pragma once

#include <string_view>

#include "base/date.h"
#include "base/yaml_reader.h"

namespace sieve {

// From so many days before on, its author is told.
inline constexpr int32_t kExpiryNoticeDays = 30;

// What expires, in words, and where it is named.
struct Expiring {
  std::string_view what;  // `exception`
  std::string_view name;
  SourceSpan span;
  bool must_say = false;  // It expires, or says `never`.
};

// The last day of the map of `reader`; kNoLastDay where it has none. Reports R093 no date, R122 it
// must say and does not, R123 over, R124 soon over.
Date read_last_day(YamlReader& reader, const Expiring& expiring, Date today,
                   const YamlContext& context);

}  // namespace sieve
