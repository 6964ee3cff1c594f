#include "run/fit_run.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace sieve {
namespace {

constexpr int kScaleSteps = 100;

// A message that should not alert weighs so much more, in all of them together, than one that
// should: as the odds of a message without any score are.
double clean_odds() { return std::exp(kLogOddsAtThreshold); }

FitRule bounds_of(const Rule& rule, HeldReason held) {
  if (held != HeldReason::kFree) return {rule.score, rule.score, rule.score};
  const FitBounds bounds = rule.fit.value_or(FitBounds{});
  return {std::clamp(rule.score, bounds.min, bounds.max), bounds.min, bounds.max};
}

}  // namespace

std::vector<double> scores_now(const RuleSet& rules) {
  std::vector<double> scores;
  for (const CompiledRule& rule : rules.rules()) scores.push_back(rule.rule->score);
  return scores;
}

FitRun::FitRun(const RuleSet& rules, const FitData& data, const FitStudyOptions& options,
               CorpusFilter counts)
    : rules_(rules),
      data_(data),
      options_(options),
      counts_(std::move(counts)),
      sheet_(rules),
      hits_(rules.rules().size()) {
  count();
  for (size_t i = 0; i < hits_.size(); ++i) {
    held_.push_back(held_reason(i));
    fit_rules_.push_back(bounds_of(*rules_.rules()[i].rule, held_.back()));
  }
  add_rows();
}

void FitRun::count() {
  for (const auto& [corpus, counts] : data_.corpora) {
    for (size_t i = 0; counts_(corpus) && i < rows_.size(); ++i) rows_[i] += counts[i];
  }
  for (const FitMessage& message : data_.messages) {
    if (!counts_(message.corpus)) continue;
    for (const SheetHit& hit : message.hits) {
      ++hits_[hit.rule.index()][static_cast<size_t>(message.expect)];
    }
  }
}

HeldReason FitRun::held_reason(size_t index) const {
  const CompiledRule& compiled = rules_.rules()[index];
  const Rule& rule = *compiled.rule;
  const auto& asked = options_.held;
  if (std::find(asked.begin(), asked.end(), compiled.full_id) != asked.end()) {
    return HeldReason::kAsked;
  }
  const bool is_shadow = rule.mode == RuleMode::kShadow;
  if (is_shadow && options_.shadow == ShadowRules::kLeftOut) return HeldReason::kShadow;
  if (rule.tier > rules_.thresholds().review_tier_max) return HeldReason::kTier;
  if (!rule.fit && rule.score == 0) return HeldReason::kZero;
  if (rule.fit && rule.fit->min == rule.fit->max) return HeldReason::kPinned;
  const ExpectationCounts& hits = hits_[index];
  const uint64_t hits_known = hits[static_cast<size_t>(Expectation::kAlert)] +
                              hits[static_cast<size_t>(Expectation::kClean)];
  return hits_known < options_.hits_min ? HeldReason::kFewHits : HeldReason::kFree;
}

// Messages with the same hits and expectation are one row. Rules that are held give what they give.
void FitRun::add_rows() {
  using Key = std::tuple<std::vector<uint32_t>, double, bool>;
  std::map<Key, double> weights;
  const auto rows_of = [this](Expectation e) {
    return static_cast<double>(rows_[static_cast<size_t>(e)]);
  };
  const double clean_rows = std::max(rows_of(Expectation::kClean), 1.0);
  const double clean_weight = clean_odds() * rows_of(Expectation::kAlert) / clean_rows;
  for (const FitMessage& message : data_.messages) {
    if (message.expect == Expectation::kIgnore || !counts_(message.corpus)) continue;
    const bool alert = message.expect == Expectation::kAlert;
    std::vector<SheetHit> given;
    std::vector<uint32_t> free;
    double parts = 0;
    for (const SheetHit& hit : message.hits) {
      const bool is_free = held_[hit.rule.index()] == HeldReason::kFree;
      if (is_free) free.push_back(hit.rule.value);
      if (is_free) parts += hit.parts;
      if (!is_free) given.push_back(hit);
    }
    if (free.empty()) continue;
    const double held = sheet_.sum(given, scores_now(rules_), options_.shadow).firm;
    weights[{std::move(free), held + parts, alert}] += alert ? 1 : clean_weight;
  }
  for (const auto& [key, weight] : weights) {
    fit_rows_.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), weight});
  }
}

std::string FitRun::problem() const {
  if (rows_[static_cast<size_t>(Expectation::kAlert)] == 0) return "no row is to alert";
  if (rows_[static_cast<size_t>(Expectation::kClean)] == 0) return "no row is clean";
  const auto is_counted = [this](const FitMessage& message) { return counts_(message.corpus); };
  if (std::none_of(data_.messages.begin(), data_.messages.end(), is_counted)) {
    return "no rule hits";
  }
  if (fit_rows_.empty()) return "no rule whose score may move has enough hits";
  return {};
}

// The nearest that may be proposed.
double FitRun::settled(size_t rule, double score) const {
  const double now = rules_.rules()[rule].rule->score;
  const FitRule& bounds = fit_rules_[rule];
  const bool now_is_allowed = now >= bounds.min && now <= bounds.max;
  if (now_is_allowed && std::abs(score - now) < options_.step / 2) return now;
  return std::clamp(std::round(score / options_.step) * options_.step, bounds.min, bounds.max);
}

std::vector<double> FitRun::scaled(const std::vector<double>& fitted, double scale) const {
  std::vector<double> scores = scores_now(rules_);
  for (size_t i = 0; i < scores.size(); ++i) {
    if (held_[i] == HeldReason::kFree) scores[i] = settled(i, fitted[i] * scale);
  }
  return scores;
}

uint64_t FitRun::false_positives(std::span<const double> scores) const {
  uint64_t count = 0;
  for (const FitMessage& message : data_.messages) {
    if (message.expect != Expectation::kClean || !counts_(message.corpus)) continue;
    if (sheet_.verdict(message.hits, scores, options_.shadow) >= Verdict::kReview) ++count;
  }
  return count;
}

// The largest scale within the budget, or else with the fewest false positives.
FitResult FitRun::fit() const {
  const std::vector<double> fitted =
      fit_scores(fit_rules_, fit_rows_, {rules_.thresholds().review, options_.pull});
  const uint64_t allowed = options_.budget.allowed(rows_[static_cast<size_t>(Expectation::kClean)]);
  FitResult best;
  best.held = held_;
  uint64_t fewest = 0;
  for (int step = kScaleSteps; step > 0; --step) {
    const double scale = static_cast<double>(step) / kScaleSteps;
    std::vector<double> scores = scaled(fitted, scale);
    const uint64_t count = false_positives(scores);
    if (!best.scores.empty() && count >= fewest) continue;
    fewest = count;
    best.scores = std::move(scores);
    best.scale = scale;
    best.within_budget = count <= allowed;
    if (best.within_budget) break;
  }
  return best;
}

}  // namespace sieve
