#include "run/fit_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/display.h"

namespace sieve {
namespace {

uint64_t count_of(const ExpectationCounts& counts, Expectation expect) {
  return counts[static_cast<size_t>(expect)];
}

std::string percent(double share, uint64_t whole, int digits) {
  return whole == 0 ? "-" : fmt::format("{:.{}f}%", share, digits);
}

std::string render_head(const FitReport& report) {
  const FitStudy& study = report.study;
  const FitStudyOptions& options = report.options;
  std::string text = fmt::format("{} corpora: {} rows to alert, {} clean; {} are ignored\n",
                                 study.corpora.size(), count_of(study.rows, Expectation::kAlert),
                                 count_of(study.rows, Expectation::kClean),
                                 count_of(study.rows, Expectation::kIgnore));
  text += fmt::format(
      "alert from {} (review), at most {}% of clean rows ({}); pull {}, steps of {}\n",
      study.threshold, options.budget.percent, options.budget.source, options.pull, options.step);
  if (study.scale < 1) {
    text += fmt::format("scores are scaled by {}, to stay within the budget\n", study.scale);
  }
  if (!study.within_budget) {
    text += "no scale stays within the budget: this one has the fewest false positives\n";
  }
  return text + "\n";
}

std::string note_of(const RuleStudy& rule) {
  if (rule.held != HeldReason::kFree) return fmt::format("stays: {}", describe(rule.held));
  if (!rule.folds) return "-";
  if (rule.folds->min == rule.folds->max) return fmt::format("{}", rule.folds->min);
  return fmt::format("{} to {}", rule.folds->min, rule.folds->max);
}

std::string render_rules(const FitReport& report) {
  std::string text =
      fmt::format("{:<34} {:>6} {:>6} {:>7} {:>6} {:>8} {:>7}  {}\n", "rule", "alert", "clean",
                  "ignored", "now", "proposed", "change", "with a corpus left out");
  size_t silent = 0;
  for (const RuleStudy& rule : report.study.rules) {
    const ExpectationCounts& hits = rule.hits;
    if (std::all_of(hits.begin(), hits.end(), [](uint64_t count) { return count == 0; })) {
      ++silent;
      continue;
    }
    const double change = rule.proposed - rule.now;
    text += fmt::format("{:<34} {:>6} {:>6} {:>7} {:>6} {:>8} {:>7}  {}\n",
                        report.rules.rule(rule.rule).full_id, count_of(hits, Expectation::kAlert),
                        count_of(hits, Expectation::kClean), count_of(hits, Expectation::kIgnore),
                        rule.now, rule.proposed, change == 0 ? "" : fmt::format("{:+}", change),
                        note_of(rule));
  }
  if (silent > 0) text += fmt::format("{} more rules hit in no row: their scores stay\n", silent);
  return text + "\n";
}

std::string render_comparison(std::string_view name, const Comparison& comparison) {
  const EvaluationCounts& now = comparison.now;
  const EvaluationCounts& then = comparison.proposed;
  return fmt::format("{:<34} {:>6} {:>8} {:>8}  {:>6} {:>8} {:>8}\n", name, now.alert_rows,
                     percent(now.recall(), now.alert_rows, 1),
                     percent(then.recall(), now.alert_rows, 1), now.clean_rows,
                     percent(now.false_positive_rate(), now.clean_rows, 2),
                     percent(then.false_positive_rate(), now.clean_rows, 2));
}

std::string render_corpora(const FitStudy& study) {
  std::string text = fmt::format("{:<34} {:>6} {:>8} {:>8}  {:>6} {:>8} {:>8}\n", "corpus left out",
                                 "alert", "recall", "proposed", "clean", "fpr", "proposed");
  for (const CorpusStudy& corpus : study.corpora) {
    text += corpus.is_fitted
                ? render_comparison(corpus.name, corpus.left_out)
                : fmt::format("{:<34} the others are too little to fit to\n", corpus.name);
  }
  text += render_comparison("all of these", study.left_out);
  return text + render_comparison("fitted to all", study.all);
}

// What the rows that a fit did not see say of it.
std::string render_advice(const FitReport& report) {
  const EvaluationCounts& now = report.study.left_out.now;
  const EvaluationCounts& then = report.study.left_out.proposed;
  const bool finds_less = then.alert_hits < now.alert_hits;
  const bool errs_more = then.clean_hits > now.clean_hits;
  const bool is_over =
      report.options.budget.use(then.clean_rows, then.clean_hits) == BudgetUse::kOver;
  if (finds_less && errs_more)
    return "on rows that a fit has not seen, it is worse: keep the scores\n";
  if (is_over) return "on rows that a fit has not seen, it is over the budget\n";
  return {};
}

std::string render_sample(const FitReport& report, const FitMessage& message) {
  std::string rules;
  for (const SheetHit& hit : message.hits) {
    rules += fmt::format("{}{}", rules.empty() ? "" : ", ", report.rules.rule(hit.rule).full_id);
  }
  const std::string label = message.label.empty() ? "" : "/" + message.label;
  return fmt::format("  {}{} {}: {}\n    \"{}\"\n", message.corpus, label, message.id, rules,
                     visible(message.sample));
}

std::string render_changes(const FitReport& report) {
  std::string text;
  for (const VerdictChange& change : report.study.changes) {
    text += fmt::format("\n{} -> {}: {} to alert, {} clean, {} ignored\n", name_of(change.before),
                        name_of(change.after), count_of(change.rows, Expectation::kAlert),
                        count_of(change.rows, Expectation::kClean),
                        count_of(change.rows, Expectation::kIgnore));
    const size_t shown = std::min(report.samples_max, change.messages.size());
    for (size_t i = 0; i < shown; ++i) {
      text += render_sample(report, report.data.messages[change.messages[i]]);
    }
  }
  return text.empty() ? "\nno verdict would change: there is no reason to change scores\n" : text;
}

}  // namespace

std::string render_fit(const FitReport& report) {
  return render_head(report) + render_rules(report) + render_corpora(report.study) +
         render_advice(report) + render_changes(report);
}

}  // namespace sieve
