// The change of rule files that proposed scores ask for, as a unified diff.
//
// Thread safety: pure function; reads the files.
#pragma once

#include <string>

#include "run/fit_study.h"

namespace sieve {

struct FitPatch {
  std::string diff;   // Empty: nothing changes.
  std::string notes;  // Scores that are to be changed elsewhere, a line each.
};

// An error: a file cannot be read, or is no longer what was loaded.
Expected<FitPatch, std::string> fit_patch(const RuleSet& rules, const FitStudy& study);

}  // namespace sieve
