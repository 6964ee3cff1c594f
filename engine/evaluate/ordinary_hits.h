// Rules that are true for an ordinary message: they would be for much of the traffic.
//
// Thread safety: pure function.
#pragma once

#include <memory>

#include "base/diagnostic.h"
#include "evaluate/rule_set.h"

namespace sieve {

// A warning (R163) for each active message rule that needs a pattern and holds for one of
// kOrdinaryTexts, in the order of the rules. The message is sent by a number to another at noon,
// and says nothing else.
Diagnostics ordinary_hits(const std::shared_ptr<const RuleSet>& rules);

}  // namespace sieve
