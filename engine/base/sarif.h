// Diagnostics as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), which code
// hosting sites and editors show beside the lines they are about: levels, places in characters,
// both places of a conflict, patches as fixes, and what each code means.
//
// Thread safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace sieve {

// What a code means, in one sentence for people.
struct DiagnosticCode {
  std::string_view code;
  Severity severity;
  std::string_view about;
};

// One run of the tool `scamsieve` of that version. `codes` say what the codes of `diagnostics`
// mean; those that are not among them go without.
std::string render_sarif(const Diagnostics& diagnostics, std::span<const DiagnosticCode> codes,
                         std::string_view version);

}  // namespace sieve
