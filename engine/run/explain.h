// Explaining one message: how it was folded, which rules hold and why, which nearly do, the verdict
// with what the score is made of, and what it cost. It runs the production path.
//
// Thread safety: pure function.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/expected.h"
#include "base/time_zone.h"
#include "evaluate/explanation.h"
#include "run/engine_error.h"
#include "text/fold_trace.h"

namespace sieve {

struct ExplainOptions {
  std::string json;                 // The message, as our own JSON,
  std::optional<std::string> text;  // or its text, and
  // other fields, path and value, as in the events of rule tests: `from`, `sender.registered`.
  std::vector<std::pair<std::string, std::string>> fields;
  std::string only;  // Full id of the one rule to explain; empty: those that hold, and near misses.
  size_t near_misses_max = 3;
  bool measure = false;  // What the message costs.
  std::string default_country;
  FieldContext context;
};

struct ExplainedScore {
  RuleIndex rule;
  double own = 0;    // The rule's, with what its `score_if` adds.
  double given = 0;  // Of it, within the cap of its group.
  bool shadow = false;
  bool helper = false;
};

struct MessageExplanation {
  std::string text;  // As received.
  std::vector<FoldStage> stages;
  std::vector<ExplainedRule> rules;  // Those that hold first, in the order of hits.
  std::vector<ExplainedScore> scores;
  double score = 0;
  Verdict verdict = Verdict::kClean;
  // Medians of many runs on this machine; 0: not measured.
  int64_t fold_ns = 0;
  int64_t evaluate_ns = 0;      // Matching and conditions of all rules of the set.
  std::vector<RuleCost> costs;  // By rule, of so many runs; empty: not measured.
};

Expected<MessageExplanation, EngineError> explain_message(
    const std::shared_ptr<const RuleSet>& rules, const ExplainOptions& options);

}  // namespace sieve
