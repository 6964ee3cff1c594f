#include "run/evaluation.h"

namespace sieve {
namespace {

double percent(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

void EvaluationCounts::add(Expectation expect, bool alerted) {
  const uint64_t hit = alerted ? 1 : 0;
  switch (expect) {
    case Expectation::kAlert:
      ++alert_rows;
      alert_hits += hit;
      return;
    case Expectation::kClean:
      ++clean_rows;
      clean_hits += hit;
      return;
    case Expectation::kIgnore:
      ++ignore_rows;
      ignore_hits += hit;
      return;
  }
}

double EvaluationCounts::recall() const { return percent(alert_hits, alert_rows); }
double EvaluationCounts::false_positive_rate() const { return percent(clean_hits, clean_rows); }
double EvaluationCounts::precision() const { return percent(alert_hits, alert_hits + clean_hits); }

RowEvaluator::RowEvaluator(std::shared_ptr<const RuleSet> rules)
    : rules_(std::move(rules)),
      evaluator_(rules_, FieldContext{}),
      by_rule_(rules_->rules().size()) {
  for (size_t i = 0; i < by_rule_.size(); ++i) {
    by_rule_[i].shadow = rules_->rules()[i].rule->mode == RuleMode::kShadow;
  }
}

void RowEvaluator::evade() { evaded_ = std::make_unique<EvadedRows>(rules_); }

Expected<RowVerdict, std::string> RowEvaluator::judge(std::string_view line,
                                                      std::string_view file) {
  const Expected<LabelledRow, std::string> row = read_labelled_row(line, file);
  if (!row) return Unexpected<std::string>(row.error());
  to_record(*row, record_);
  const Evaluation& evaluation = evaluator_.evaluate(record_, folder_.fold(record_.message.text));
  RowVerdict verdict;
  verdict.id = row->id;
  verdict.score = evaluation.score;
  verdict.verdict = evaluation.verdict;
  verdict.alert = evaluation.verdict >= Verdict::kReview;
  for (const Hit& hit : evaluation.hits) {
    verdict.rules.push_back(rules_->rule(hit.rule).full_id);
  }
  count_rules(evaluation, *row, verdict.alert);
  report_.all.add(row->expect, verdict.alert);
  report_.by_corpus[row->corpus].add(row->expect, verdict.alert);
  if (!row->label.empty()) {
    report_.by_label[row->corpus + "/" + row->label].add(row->expect, verdict.alert);
  }
  if (!row->lang.empty()) report_.by_lang[row->lang].add(row->expect, verdict.alert);
  const bool is_found = verdict.alert && row->expect == Expectation::kAlert;
  if (evaded_ != nullptr && is_found) evaded_->add(record_);
  return verdict;
}

void RowEvaluator::count_rules(const Evaluation& evaluation, const LabelledRow& row, bool alerted) {
  const bool should_alert = row.expect == Expectation::kAlert;
  for (const Hit& hit : evaluation.hits) {
    RuleEvaluation& rule = by_rule_[hit.rule.index()];
    rule.counts.add(row.expect, true);
    if (should_alert && alerted && evaluation.hits.size() == 1) ++rule.alone;
  }
  for (const Hit& hit : evaluation.shadow_hits) {
    RuleEvaluation& rule = by_rule_[hit.rule.index()];
    rule.counts.add(row.expect, true);
    if (should_alert && !alerted) ++rule.alone;
  }
}

EvaluationReport RowEvaluator::report() const {
  EvaluationReport report = report_;
  if (evaded_ != nullptr) report.evasions = evaded_->evaluation();
  for (size_t i = 0; i < by_rule_.size(); ++i) {
    const CompiledRule& rule = rules_->rules()[i];
    if (!rule.active || !rule.rule->emit || rule.rule->kind() != RuleKind::kMessage) continue;
    RuleEvaluation& one = report.by_rule[rule.full_id] = by_rule_[i];
    one.counts.alert_rows = report.all.alert_rows;
    one.counts.clean_rows = report.all.clean_rows;
    one.counts.ignore_rows = report.all.ignore_rows;
  }
  return report;
}

}  // namespace sieve
