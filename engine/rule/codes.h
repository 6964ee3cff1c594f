// What each diagnostic of rule files means, as the reference in rules/README.md says it.
//
// Thread safety: immutable.
#pragma once

#include <span>

#include "base/sarif.h"

namespace sieve {

std::span<const DiagnosticCode> rule_codes();

}  // namespace sieve
