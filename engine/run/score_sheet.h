// A ScoreSheet says what the hits of a message come to when rules score something else than they
// do: the Evaluator's sums, caps and verdicts, for hits that it found before.
//
// Thread safety: immutable. Lifetime: refers to the RuleSet.
#pragma once

#include <span>
#include <vector>

#include "evaluate/evaluator.h"

namespace sieve {

// A rule that hit, live or in shadow.
struct SheetHit {
  RuleIndex rule;
  double parts = 0;  // What held of its `score_if`.

  bool operator==(const SheetHit&) const = default;
};

enum class ShadowRules : bool { kLeftOut, kAsIfLive };

class ScoreSheet {
 public:
  explicit ScoreSheet(const RuleSet& rules) : rules_(rules) {}

  // `scores` are by rule.
  ScoreSum sum(std::span<const SheetHit> hits, std::span<const double> scores,
               ShadowRules shadow) const;
  Verdict verdict(std::span<const SheetHit> hits, std::span<const double> scores,
                  ShadowRules shadow) const {
    return verdict_of(sum(hits, scores, shadow), rules_.thresholds());
  }

  // All hits of an evaluation, by rule.
  std::vector<SheetHit> hits_of(const Evaluation& evaluation) const;

 private:
  const RuleSet& rules_;
};

}  // namespace sieve
