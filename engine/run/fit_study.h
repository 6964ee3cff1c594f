// Studies which scores labelled rows speak for: fits them to all rows, and, to see what that is
// worth on rows it has not seen, to all corpora but one, for each of them in turn.
//
// Thread safety: pure function.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.h"
#include "run/evaluation.h"
#include "run/false_positive_budget.h"
#include "run/fit_data.h"

namespace sieve {

struct FitStudyOptions {
  FalsePositiveBudget budget;
  double pull = 4;        // See FitOptions.
  double step = 0.5;      // Proposed scores are multiples of it.
  uint64_t hits_min = 5;  // In rows to alert and clean ones: of rules with fewer the score stays.
  ShadowRules shadow = ShadowRules::kLeftOut;
  std::vector<std::string> held;  // Full ids of rules whose score stays.
};

// Why a rule's score stays.
enum class HeldReason : uint8_t {
  kFree,  // It does not.
  kAsked,
  kShadow,
  kTier,  // Above review_tier_max: no alert depends on it.
  kZero,  // It scores nothing, and its rule says nothing of other scores.
  kPinned,
  kFewHits
};
// For people, such as `it has too few hits`.
std::string_view describe(HeldReason reason);

struct ScoreRange {
  double min = 0;
  double max = 0;
};

struct RuleStudy {
  RuleIndex rule;
  ExpectationCounts hits{};
  double now = 0;
  double proposed = 0;
  HeldReason held = HeldReason::kFree;
  std::optional<ScoreRange> folds;  // Of the proposals without one corpus, where it was fitted.
};

// Alerts with the scores of today, and with proposed ones; without ignored rows.
struct Comparison {
  EvaluationCounts now;
  EvaluationCounts proposed;
};

struct CorpusStudy {
  std::string name;
  Comparison left_out;     // With scores fitted to the others.
  bool is_fitted = false;  // False: what is left has no rows of one kind, or no hits.
};

struct VerdictChange {
  Verdict before = Verdict::kClean;
  Verdict after = Verdict::kClean;
  ExpectationCounts rows{};
  std::vector<size_t> messages;  // In FitData::messages.
};

struct FitStudy {
  ExpectationCounts rows{};
  double threshold = 0;
  double scale = 1;  // What the fit was multiplied with, to stay within the budget.
  bool within_budget = true;
  std::vector<RuleStudy> rules;  // On messages and active; by id.
  std::vector<CorpusStudy> corpora;
  Comparison left_out;  // Of all corpora that were left out.
  Comparison all;       // Of all rows, with scores fitted to all.
  std::vector<VerdictChange> changes;
};

// The text of an error is for people: too little to fit to, or rules that rows cannot tell apart.
Expected<FitStudy, std::string> study_fit(const RuleSet& rules, const FitData& data,
                                          const FitStudyOptions& options);

}  // namespace sieve
