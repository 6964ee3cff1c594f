#include "run/fit_study.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "run/fit_run.h"

namespace sieve {
namespace {

size_t place(Expectation expect) { return static_cast<size_t>(expect); }

// Of the corpora that count, with the scores of today and others.
Comparison compare(const ScoreSheet& sheet, const FitData& data, const std::vector<double>& now,
                   const FitResult& fit, const FitStudyOptions& options,
                   const CorpusFilter& counts) {
  Comparison out;
  for (const auto& [corpus, rows] : data.corpora) {
    if (!counts(corpus)) continue;
    for (EvaluationCounts* one : {&out.now, &out.proposed}) {
      one->alert_rows += rows[place(Expectation::kAlert)];
      one->clean_rows += rows[place(Expectation::kClean)];
    }
  }
  const auto add = [](EvaluationCounts& into, Expectation expect, Verdict verdict) {
    if (verdict < Verdict::kReview) return;
    if (expect == Expectation::kAlert) ++into.alert_hits;
    if (expect == Expectation::kClean) ++into.clean_hits;
  };
  for (const FitMessage& message : data.messages) {
    if (!counts(message.corpus)) continue;
    add(out.now, message.expect, sheet.verdict(message.hits, now, ShadowRules::kLeftOut));
    add(out.proposed, message.expect, sheet.verdict(message.hits, fit.scores, options.shadow));
  }
  return out;
}

void add_counts(EvaluationCounts& into, const EvaluationCounts& counts) {
  into.alert_rows += counts.alert_rows;
  into.alert_hits += counts.alert_hits;
  into.clean_rows += counts.clean_rows;
  into.clean_hits += counts.clean_hits;
}

// Does the study, one part after the other.
class Study {
 public:
  Study(const RuleSet& rules, const FitData& data, const FitStudyOptions& options)
      : rules_(rules), data_(data), options_(options), sheet_(rules), now_(scores_now(rules)) {}

  FitStudy run(const FitRun& all) {
    const FitResult fit = all.fit();
    study_.rows = data_.rows();
    study_.threshold = rules_.thresholds().review;
    study_.scale = fit.scale;
    study_.within_budget = fit.within_budget;
    study_.all = compare(sheet_, data_, now_, fit, options_, [](const auto&) { return true; });
    add_rules(all, fit);
    for (const auto& [corpus, rows] : data_.corpora) leave_out(corpus);
    add_changes(fit);
    return std::move(study_);
  }

 private:
  void add_rules(const FitRun& all, const FitResult& fit) {
    for (size_t i = 0; i < rules_.rules().size(); ++i) {
      const CompiledRule& rule = rules_.rules()[i];
      if (!rule.active || !rule.rule->emit || rule.rule->kind() != RuleKind::kMessage) continue;
      RuleStudy& one = study_.rules.emplace_back();
      one.rule = RuleIndex(static_cast<uint32_t>(i));
      one.hits = all.hits()[i];
      one.now = now_[i];
      one.proposed = fit.scores[i];
      one.held = fit.held[i];
    }
    std::sort(study_.rules.begin(), study_.rules.end(), [this](const auto& a, const auto& b) {
      return rules_.rule(a.rule).full_id < rules_.rule(b.rule).full_id;
    });
  }

  void leave_out(const std::string& corpus) {
    CorpusStudy& out = study_.corpora.emplace_back();
    out.name = corpus;
    const FitRun others(rules_, data_, options_, [&](const auto& name) { return name != corpus; });
    if (!others.problem().empty()) return;
    const FitResult fit = others.fit();
    out.is_fitted = true;
    out.left_out = compare(sheet_, data_, now_, fit, options_,
                           [&](const auto& name) { return name == corpus; });
    add_counts(study_.left_out.now, out.left_out.now);
    add_counts(study_.left_out.proposed, out.left_out.proposed);
    for (RuleStudy& rule : study_.rules) {
      if (fit.held[rule.rule.index()] != HeldReason::kFree) continue;
      const double score = fit.scores[rule.rule.index()];
      if (!rule.folds) rule.folds = ScoreRange{score, score};
      rule.folds = {std::min(rule.folds->min, score), std::max(rule.folds->max, score)};
    }
  }

  void add_changes(const FitResult& fit) {
    std::map<std::pair<Verdict, Verdict>, VerdictChange> changes;
    for (size_t i = 0; i < data_.messages.size(); ++i) {
      const FitMessage& message = data_.messages[i];
      const Verdict before = sheet_.verdict(message.hits, now_, ShadowRules::kLeftOut);
      const Verdict after = sheet_.verdict(message.hits, fit.scores, options_.shadow);
      if (before == after) continue;
      VerdictChange& change = changes[{before, after}];
      change.before = before;
      change.after = after;
      ++change.rows[place(message.expect)];
      change.messages.push_back(i);
    }
    for (auto& [verdicts, change] : changes) study_.changes.push_back(std::move(change));
  }

  const RuleSet& rules_;
  const FitData& data_;
  const FitStudyOptions& options_;
  const ScoreSheet sheet_;
  const std::vector<double> now_;
  FitStudy study_;
};

std::string describe(const RuleSet& rules, const std::vector<DependentRule>& dependent) {
  std::string text = "rows cannot tell these rules apart, so that no scores of theirs are found:\n";
  for (const DependentRule& one : dependent) {
    std::vector<std::string_view> others;
    for (const uint32_t rule : one.on) others.push_back(rules.rules()[rule].full_id);
    text += fmt::format("  {} hits {} {}\n", rules.rules()[one.rule].full_id,
                        others.size() == 1 ? "in the same rows as" : "as follows from where hit",
                        fmt::join(others, ", "));
  }
  return text + "hold the score of all but one of them (--hold RULE), or add rows\n";
}

}  // namespace

std::string_view describe(HeldReason reason) {
  switch (reason) {
    case HeldReason::kFree:
      return "";
    case HeldReason::kAsked:
      return "it was asked to stay";
    case HeldReason::kShadow:
      return "in shadow it adds nothing";
    case HeldReason::kTier:
      return "no alert depends on rules of its tier";
    case HeldReason::kZero:
      return "it scores nothing, and has no `fit`";
    case HeldReason::kPinned:
      return "its `fit` allows no other";
    case HeldReason::kFewHits:
      return "it has too few hits";
  }
  return "";
}

Expected<FitStudy, std::string> study_fit(const RuleSet& rules, const FitData& data,
                                          const FitStudyOptions& options) {
  const FitRun all(rules, data, options, [](const auto&) { return true; });
  if (const std::string problem = all.problem(); !problem.empty()) {
    return Unexpected<std::string>(fmt::format("{}, of {} corpora: there is nothing to fit to\n",
                                               problem, data.corpora.size()));
  }
  if (data.corpora.size() < 2) {
    return Unexpected<std::string>(
        "one corpus cannot show what scores are worth on others: give several files, or rows with "
        "`corpus`\n");
  }
  const std::vector<DependentRule> dependent = all.dependent();
  if (!dependent.empty()) return Unexpected<std::string>(describe(rules, dependent));
  return Study(rules, data, options).run(all);
}

}  // namespace sieve
