// A study of scores in words and tables for people, and as JSON for programs.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "run/fit_study.h"

namespace sieve {

// A study, and what it was made of.
struct FitReport {
  const RuleSet& rules;
  const FitData& data;
  const FitStudyOptions& options;
  const FitStudy& study;
  size_t samples_max = 3;  // Masked, of each change of verdicts.
};

std::string render_fit(const FitReport& report);
std::string fit_json(const FitReport& report);

}  // namespace sieve
