// The definitions of a set of rules, each kind read by its own file. All report every problem to
// the context and go on.
//
// Thread safety: pure functions.
#pragma once

#include "rule/definitions.h"

namespace sieve {

// One entry of `lists:` (list_def.cc); of one with `file:`, everything but the entries.
ListDef parse_list(const YamlEntry& entry, Date today, const YamlContext& context);

// One entry of `brands:` (brand_def.cc).
BrandDef parse_brand(const YamlEntry& entry, const YamlContext& context);

// One entry of `macros:`, whose condition is not read yet (macro_def.cc).
MacroDef parse_macro(const YamlEntry& entry, const YamlContext& context);

}  // namespace sieve
