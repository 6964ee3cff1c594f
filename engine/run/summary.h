// What a finished run did, in words for a terminal and as JSON: records with each outcome, adding
// up, and what was found.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "evaluate/rule_set.h"
#include "run/totals.h"

namespace sieve {

struct SummaryOptions {
  double seconds = 0;  // Wall clock of the run.
  size_t rules_max = 20;
};

// A few lines; ends in a newline.
std::string render_summary(const Totals& totals, const RuleSet& rules,
                           const SummaryOptions& options);

// One JSON object without newline.
std::string summary_json(const Totals& totals, const RuleSet& rules, const SummaryOptions& options);

}  // namespace sieve
