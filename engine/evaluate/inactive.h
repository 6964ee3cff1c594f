// Which rules cannot be true here, and why: they are of a kind that does not run yet, have expired,
// need a field that the streams lack, or refer to a rule that is inactive.
//
// Thread safety: pure functions.
#pragma once

#include <span>
#include <vector>

#include "evaluate/rule_set.h"

namespace sieve {

// False for rules of a kind that is only checked.
bool runs(const Rule& rule);

// The inactive ones of `rules`, in their order. `today`: by which rules expire.
std::vector<InactiveRule> find_inactive(std::span<const CompiledRule> rules, Date today,
                                        const CompileOptions& options);

}  // namespace sieve
