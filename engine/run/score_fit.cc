#include "run/score_fit.h"

#include <algorithm>
#include <cmath>

namespace sieve {
namespace {

// A sweep moves every score once. Ordinary input takes some hundred.
constexpr int kSweepsMax = 20'000;
constexpr double kSettled = 1e-10;  // Units of log-odds.

constexpr double kDependent = 1e-9;  // Of a rule's hits: what others leave of them.
constexpr double kShareMin = 1e-6;

double logistic(double x) { return x >= 0 ? 1 / (1 + std::exp(-x)) : 1 - 1 / (1 + std::exp(x)); }

// In units of log-odds. All sums run in the order of the rows.
class Descent {
 public:
  Descent(std::span<const FitRule> rules, std::span<const FitRow> rows, const FitOptions& options)
      : rules_(rules),
        rows_(rows),
        unit_(options.threshold / kLogOddsAtThreshold),
        pull_(options.pull),
        rows_of_(rules.size()) {
    for (const FitRule& rule : rules) scores_.push_back(rule.now / unit_);
    for (uint32_t i = 0; i < rows.size(); ++i) {
      double margin = (rows[i].given - options.threshold) / unit_;
      for (const uint32_t rule : rows[i].rules) {
        rows_of_[rule].push_back(i);
        margin += scores_[rule];
      }
      margins_.push_back(margin);
    }
  }

  std::vector<double> run() {
    for (int sweep = 0; sweep < kSweepsMax; ++sweep) {
      double moved = 0;
      for (size_t i = 0; i < rules_.size(); ++i) moved = std::max(moved, move(i));
      if (moved < kSettled) break;
    }
    std::vector<double> scores;
    for (size_t i = 0; i < rules_.size(); ++i) {
      scores.push_back(std::clamp(scores_[i] * unit_, rules_[i].min, rules_[i].max));
    }
    return scores;
  }

 private:
  // Moves one score to the minimum of a parabola above the objective: what is bent least of all
  // that cannot be below it, for no logistic loss is bent by more than a quarter of its weight.
  double move(size_t rule) {
    if (rules_[rule].min == rules_[rule].max) return 0;
    double& score = scores_[rule];
    double slope = pull_ * (score - rules_[rule].now / unit_);
    double bend = pull_;
    for (const uint32_t i : rows_of_[rule]) {
      slope += rows_[i].weight * (logistic(margins_[i]) - (rows_[i].alert ? 1 : 0));
      bend += rows_[i].weight / 4;
    }
    const double wanted = score - slope / bend;
    const double next = std::clamp(wanted, rules_[rule].min / unit_, rules_[rule].max / unit_);
    const double step = next - score;
    for (const uint32_t i : rows_of_[rule]) margins_[i] += step;
    score = next;
    return std::abs(step);
  }

  std::span<const FitRule> rules_;
  std::span<const FitRow> rows_;
  const double unit_;
  const double pull_;
  std::vector<std::vector<uint32_t>> rows_of_;  // By rule.
  std::vector<double> scores_;                  // By rule.
  std::vector<double> margins_;                 // By row: its log-odds.
};

using Matrix = std::vector<std::vector<double>>;

// How often each two of the rules in `free` hit together.
Matrix common_hits(std::span<const FitRow> rows, const std::vector<uint32_t>& free,
                   size_t rule_count) {
  std::vector<size_t> place(rule_count, free.size());
  for (size_t i = 0; i < free.size(); ++i) place[free[i]] = i;
  Matrix common(free.size(), std::vector<double>(free.size()));
  for (const FitRow& row : rows) {
    for (const uint32_t a : row.rules) {
      for (const uint32_t b : row.rules) {
        if (place[a] < free.size() && place[b] < free.size()) common[place[a]][place[b]] += 1;
      }
    }
  }
  return common;
}

// What of each of the rules in `kept` makes up the one whose row of the Cholesky factor is `row`:
// solves transposed(factor) * shares = row from behind.
std::vector<double> shares_of(const Matrix& factor, const std::vector<double>& row) {
  std::vector<double> shares(row.size());
  for (size_t i = row.size(); i-- > 0;) {
    double rest = row[i];
    for (size_t k = i + 1; k < row.size(); ++k) rest -= factor[k][i] * shares[k];
    shares[i] = rest / factor[i][i];
  }
  return shares;
}

}  // namespace

std::vector<double> fit_scores(std::span<const FitRule> rules, std::span<const FitRow> rows,
                               const FitOptions& options) {
  return Descent(rules, rows, options).run();
}

// The Cholesky factor of the common hits, rule by rule: one that leaves nothing on the diagonal is
// a combination of those before it, and is left out of the factor.
std::vector<DependentRule> dependent_rules(std::span<const FitRule> rules,
                                           std::span<const FitRow> rows) {
  std::vector<uint32_t> free;
  for (uint32_t i = 0; i < rules.size(); ++i) {
    if (rules[i].min < rules[i].max) free.push_back(i);
  }
  const Matrix common = common_hits(rows, free, rules.size());
  std::vector<DependentRule> dependent;
  std::vector<size_t> kept;
  Matrix factor;
  for (size_t i = 0; i < free.size(); ++i) {
    if (common[i][i] == 0) continue;
    std::vector<double> row;
    double left = common[i][i];
    for (size_t k = 0; k < kept.size(); ++k) {
      double value = common[i][kept[k]];
      for (size_t m = 0; m < k; ++m) value -= row[m] * factor[k][m];
      row.push_back(value / factor[k][k]);
      left -= row[k] * row[k];
    }
    if (left > kDependent * common[i][i]) {
      row.push_back(std::sqrt(left));
      factor.push_back(row);
      kept.push_back(i);
      continue;
    }
    DependentRule& found = dependent.emplace_back();
    found.rule = free[i];
    const std::vector<double> shares = shares_of(factor, row);
    for (size_t k = 0; k < shares.size(); ++k) {
      if (std::abs(shares[k]) > kShareMin) found.on.push_back(free[kept[k]]);
    }
  }
  return dependent;
}

}  // namespace sieve
