// What people are told of rules that are sound and do not run, whatever the records: see
// RuleSet::inactive. Rules that only lack a field are left out.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "evaluate/rule_set.h"

namespace sieve {

// Of one: `inactive: local/otp-relay: ...`, and the end of the line.
std::string idle_line(const CompiledRule& rule, std::string_view reason);

// A line for each, in the order of the set.
std::string idle_lines(const RuleSet& rules);

}  // namespace sieve
