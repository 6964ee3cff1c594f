#include <algorithm>

#include "base/json_writer.h"
#include "run/fit_report.h"

namespace sieve {
namespace {

void put_rows(JsonWriter& json, std::string_view key, const ExpectationCounts& counts) {
  json.key(key).begin_object();
  json.key("alert").unsigned_integer(counts[static_cast<size_t>(Expectation::kAlert)]);
  json.key("clean").unsigned_integer(counts[static_cast<size_t>(Expectation::kClean)]);
  json.key("ignore").unsigned_integer(counts[static_cast<size_t>(Expectation::kIgnore)]);
  json.end_object();
}

void put_counts(JsonWriter& json, std::string_view key, const EvaluationCounts& counts) {
  json.key(key).begin_object();
  json.key("alert_rows").unsigned_integer(counts.alert_rows);
  json.key("alert_hits").unsigned_integer(counts.alert_hits);
  json.key("recall_percent").number(counts.recall());
  json.key("clean_rows").unsigned_integer(counts.clean_rows);
  json.key("clean_hits").unsigned_integer(counts.clean_hits);
  json.key("false_positive_percent").number(counts.false_positive_rate());
  json.end_object();
}

void put_comparison(JsonWriter& json, std::string_view key, const Comparison& comparison) {
  json.key(key).begin_object();
  put_counts(json, "now", comparison.now);
  put_counts(json, "proposed", comparison.proposed);
  json.end_object();
}

void put_rules(JsonWriter& json, const FitReport& report) {
  json.key("rules").begin_array();
  for (const RuleStudy& rule : report.study.rules) {
    json.begin_object().key("rule").string(report.rules.rule(rule.rule).full_id);
    put_rows(json, "hits", rule.hits);
    json.key("now").number(rule.now);
    json.key("proposed").number(rule.proposed);
    if (rule.held != HeldReason::kFree) json.key("stays").string(describe(rule.held));
    if (rule.folds) {
      json.key("left_out").begin_object().key("min").number(rule.folds->min);
      json.key("max").number(rule.folds->max).end_object();
    }
    json.end_object();
  }
  json.end_array();
}

void put_corpora(JsonWriter& json, const FitStudy& study) {
  json.key("corpora").begin_array();
  for (const CorpusStudy& corpus : study.corpora) {
    json.begin_object().key("corpus").string(corpus.name);
    json.key("fitted").boolean(corpus.is_fitted);
    if (corpus.is_fitted) put_comparison(json, "left_out", corpus.left_out);
    json.end_object();
  }
  json.end_array();
}

void put_sample(JsonWriter& json, const FitReport& report, const FitMessage& message) {
  json.begin_object();
  json.key("corpus").string(message.corpus);
  json.key("label").string(message.label);
  json.key("id").string(message.id);
  json.key("text").string(message.sample);
  json.key("rules").begin_array();
  for (const SheetHit& hit : message.hits) json.string(report.rules.rule(hit.rule).full_id);
  json.end_array().end_object();
}

void put_changes(JsonWriter& json, const FitReport& report) {
  json.key("changes").begin_array();
  for (const VerdictChange& change : report.study.changes) {
    json.begin_object();
    json.key("before").string(name_of(change.before));
    json.key("after").string(name_of(change.after));
    put_rows(json, "rows", change.rows);
    json.key("samples").begin_array();
    const size_t shown = std::min(report.samples_max, change.messages.size());
    for (size_t i = 0; i < shown; ++i) {
      put_sample(json, report, report.data.messages[change.messages[i]]);
    }
    json.end_array().end_object();
  }
  json.end_array();
}

}  // namespace

std::string fit_json(const FitReport& report) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  put_rows(json, "rows", report.study.rows);
  json.key("threshold").number(report.study.threshold);
  json.key("budget_percent").number(report.options.budget.percent);
  json.key("pull").number(report.options.pull);
  json.key("step").number(report.options.step);
  json.key("scale").number(report.study.scale);
  json.key("within_budget").boolean(report.study.within_budget);
  put_rules(json, report);
  put_corpora(json, report.study);
  put_comparison(json, "left_out", report.study.left_out);
  put_comparison(json, "fitted_to_all", report.study.all);
  put_changes(json, report);
  json.end_object();
  return out;
}

}  // namespace sieve
