// An evaluation in words and tables for people, and as JSON for programs.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "run/evaluation.h"
#include "run/false_positive_budget.h"

namespace sieve {

std::string render_report(const EvaluationReport& report, const FalsePositiveBudget& budget);
std::string report_json(const EvaluationReport& report, const FalsePositiveBudget& budget);
std::string verdict_json(const RowVerdict& verdict);

}  // namespace sieve
