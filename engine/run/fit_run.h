// One fit of a study: the scores that some of the corpora speak for.
//
// Thread safety: none. Lifetime: refers to the rules, the data and the options.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "run/fit_study.h"
#include "run/score_fit.h"

namespace sieve {

// Which corpora count.
using CorpusFilter = std::function<bool(const std::string& corpus)>;

struct FitResult {
  std::vector<double> scores;    // By rule, of all: proposed, or today's.
  std::vector<HeldReason> held;  // By rule.
  double scale = 1;
  bool within_budget = true;
};

class FitRun {
 public:
  FitRun(const RuleSet& rules, const FitData& data, const FitStudyOptions& options,
         CorpusFilter counts);

  // What keeps it from being one: no rows to alert, no clean ones, no rule that hits and may move.
  std::string problem() const;
  // See dependent_rules().
  std::vector<DependentRule> dependent() const { return dependent_rules(fit_rules_, fit_rows_); }
  FitResult fit() const;

  const std::vector<ExpectationCounts>& hits() const { return hits_; }

 private:
  HeldReason held_reason(size_t rule) const;
  void count();
  void add_rows();
  std::vector<double> scaled(const std::vector<double>& fitted, double scale) const;
  double settled(size_t rule, double score) const;
  uint64_t false_positives(std::span<const double> scores) const;

  const RuleSet& rules_;
  const FitData& data_;
  const FitStudyOptions& options_;
  const CorpusFilter counts_;
  const ScoreSheet sheet_;
  ExpectationCounts rows_{};
  std::vector<ExpectationCounts> hits_;  // By rule.
  std::vector<HeldReason> held_;         // By rule.
  std::vector<FitRule> fit_rules_;       // By rule.
  std::vector<FitRow> fit_rows_;
};

// The scores of today, by rule.
std::vector<double> scores_now(const RuleSet& rules);

}  // namespace sieve
