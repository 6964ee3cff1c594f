// Fits the scores of rules to messages of which it is known whether they should alert: a logistic
// regression on which rules hit, whose coefficients are scores.
//
// The threshold stays where it is. A message whose score is at it is taken to be as likely to be
// one to alert as not; one with no score at all has the odds e^-3 = 1 to 20. So a third of the
// threshold is one unit of log-odds, and the score of a rule, in such units, is the logarithm of
// how much more often it hits where it should than where it should not.
//
//   minimise over scores s, each within its bounds,
//     sum over rows  weight * log(1 + exp(-sign * (score of the row - threshold) / unit))
//     + pull / 2 * sum over rules  ((s - now) / unit)^2
//
// The second part keeps a score where it is unless rows speak against it: `pull` is in rows. It
// makes the minimum unique. It is found by coordinate descent in fixed order, so that the same
// input gives the same bits.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace sieve {

inline constexpr double kLogOddsAtThreshold = 3;

struct FitRule {
  double now = 0;  // Its score today. REQUIRES: min <= now <= max.
  double min = 0;
  double max = 0;  // Equal to min: the score stays.
};

// Messages in which the same rules hit, and of which the same is expected.
struct FitRow {
  std::vector<uint32_t> rules;  // Ascending, each once.
  double given = 0;             // Score that they have whatever the rules score.
  bool alert = false;
  double weight = 1;  // How many they are.
};

struct FitOptions {
  double threshold = 3;  // Above 0.
  double pull = 4;       // Above 0.
};

// A score for each of `rules`.
std::vector<double> fit_scores(std::span<const FitRule> rules, std::span<const FitRow> rows,
                               const FitOptions& options);

// A rule that hits just where others do: the sum or difference of their hits is its own, so that
// rows cannot tell what is its share.
struct DependentRule {
  uint32_t rule = 0;
  std::vector<uint32_t> on;  // Ascending; all before `rule`.
};

// Those among the rules whose score may move, each told by those before it. Rules that never hit
// are none.
std::vector<DependentRule> dependent_rules(std::span<const FitRule> rules,
                                           std::span<const FitRow> rows);

}  // namespace sieve
