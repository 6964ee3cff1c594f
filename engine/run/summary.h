// What a finished run did, in words for a terminal and as JSON: records with each outcome, adding
// up, and what was found.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "base/json_writer.h"
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

// A line for each reason for which records could not be decoded; empty when all were.
std::string render_dead_letters(const SourceCounts& counts);
// The same as the member `dead_letters` of an object.
void write_dead_letters(JsonWriter& json, const SourceCounts& counts);

}  // namespace sieve
