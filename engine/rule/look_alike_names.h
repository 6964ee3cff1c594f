// What names of brands and of kinds of imitation mean, in conditions and in tests.
//
// Thread safety: pure functions. They report to the context, at `span`.
#pragma once

#include <optional>
#include <string_view>

#include "rule/definitions.h"
#include "rule/look_alike_kinds.h"

namespace sieve {

// The brand `name`. R140: it is not defined.
std::optional<uint32_t> brand_named(std::string_view name, SourceSpan span,
                                    const Definitions* definitions, const YamlContext& context);

// All brands, which count as used by that. R140: there are none.
void use_all_brands(SourceSpan span, const Definitions* definitions, const YamlContext& context);

// The kind `name`. R141: there is no such kind.
std::optional<LookAlikeKind> look_alike_kind_named(std::string_view name, SourceSpan span,
                                                   const YamlContext& context);

}  // namespace sieve
