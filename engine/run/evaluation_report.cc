#include "run/evaluation_report.h"

#include <fmt/format.h>

#include "base/json_writer.h"

namespace sieve {
namespace {

std::string_view use_of(const EvaluationCounts& counts, const FalsePositiveBudget& budget) {
  if (counts.clean_rows == 0) return "-";
  return name_of(budget.use(counts.clean_rows, counts.clean_hits));
}

// A share, or nothing where there is nothing to have a share of.
std::string share(double percent, uint64_t whole, int digits) {
  return whole == 0 ? "-" : fmt::format("{:.{}f}%", percent, digits);
}

std::string render_table(std::string_view heading,
                         const std::map<std::string, EvaluationCounts>& rows,
                         const FalsePositiveBudget& budget) {
  std::string text =
      fmt::format("{:<34} {:>7} {:>7} {:>8}  {:>7} {:>7} {:>7} {:>7}  {:>7}\n", heading, "alert",
                  "found", "recall", "clean", "false", "fpr", "budget", "ignored");
  for (const auto& [name, counts] : rows) {
    text += fmt::format(
        "{:<34} {:>7} {:>7} {:>8}  {:>7} {:>7} {:>7} {:>7}  {:>7}\n", name, counts.alert_rows,
        counts.alert_hits, share(counts.recall(), counts.alert_rows, 1), counts.clean_rows,
        counts.clean_hits, share(counts.false_positive_rate(), counts.clean_rows, 2),
        use_of(counts, budget), counts.ignore_rows);
  }
  return text + "\n";
}

std::string render_rules(const EvaluationReport& report) {
  std::string text =
      fmt::format("{:<34} {:>7} {:>7} {:>8} {:>7}  {:>7} {:>8}  {:>7} {:>9}\n", "rule", "mode",
                  "found", "recall", "alone", "false", "fpr", "ignored", "precision");
  size_t silent = 0;
  for (const auto& [rule, evaluation] : report.by_rule) {
    const EvaluationCounts& counts = evaluation.counts;
    if (!counts.has_hits()) {
      ++silent;
      continue;
    }
    text += fmt::format(
        "{:<34} {:>7} {:>7} {:>8} {:>7}  {:>7} {:>8}  {:>7} {:>9}\n", rule,
        evaluation.shadow ? "shadow" : "alert", counts.alert_hits,
        share(counts.recall(), counts.alert_rows, 1), evaluation.alone, counts.clean_hits,
        share(counts.false_positive_rate(), counts.clean_rows, 2), counts.ignore_hits,
        share(counts.precision(), counts.alert_hits + counts.clean_hits, 1));
  }
  return text + fmt::format("{} of {} rules hit in no row\n", silent, report.by_rule.size());
}

std::string render_budget(const EvaluationReport& report, const FalsePositiveBudget& budget) {
  const EvaluationCounts& all = report.all;
  std::string text = fmt::format("budget: {}% of clean rows ({}), which is {} of {}: {}\n",
                                 budget.percent, budget.source, budget.allowed(all.clean_rows),
                                 all.clean_rows, use_of(all, budget));
  for (const auto& [corpus, counts] : report.by_corpus) {
    if (budget.use(counts.clean_rows, counts.clean_hits) != BudgetUse::kOver) continue;
    text += fmt::format("  {} is over it: {} of {}, where {} may be\n", corpus, counts.clean_hits,
                        counts.clean_rows, budget.allowed(counts.clean_rows));
  }
  return text;
}

// Rows that one evasion applies to, those that no longer alert, and what that is of all recall.
std::string render_evaded(const EvadedCounts& counts, double points) {
  if (counts.rows == 0) return fmt::format("  {:>7} {:>7} {:>8}", 0, "-", "-");
  return fmt::format("  {:>7} {:>7} {:>8.1f}", counts.rows, counts.lost(), points);
}

std::string render_evasions(const EvasionEvaluation& evasions, uint64_t alert_rows) {
  std::string text = fmt::format("{:<18}  {:>7} {:>7} {:>8}  {:>7} {:>7} {:>8}\n", "evasion",
                                 "full", "lost", "points", "light", "lost", "points");
  for (size_t i = 0; i < kEvasionCount; ++i) {
    const auto evasion = static_cast<Evasion>(i);
    text += fmt::format("{:<18}", name_of(evasion));
    for (const EvasionDensity density : {EvasionDensity::kFull, EvasionDensity::kLight}) {
      text += render_evaded(evasions.counts[i][static_cast<size_t>(density)],
                            evasions.points_lost(evasion, density, alert_rows));
    }
    text += '\n';
  }
  return text + fmt::format("{} rows that alert were rewritten by each\n", evasions.rows);
}

void put_evasions(JsonWriter& json, const EvasionEvaluation& evasions, uint64_t alert_rows) {
  json.key("evasions").begin_object();
  for (size_t i = 0; i < kEvasionCount; ++i) {
    const auto evasion = static_cast<Evasion>(i);
    json.key(name_of(evasion)).begin_object();
    for (const EvasionDensity density : {EvasionDensity::kFull, EvasionDensity::kLight}) {
      const EvadedCounts& counts = evasions.counts[i][static_cast<size_t>(density)];
      json.key(density == EvasionDensity::kFull ? "full" : "light").begin_object();
      json.key("rows").unsigned_integer(counts.rows);
      json.key("lost").unsigned_integer(counts.lost());
      json.key("points").number(evasions.points_lost(evasion, density, alert_rows));
      json.end_object();
    }
    json.end_object();
  }
  json.end_object();
}

// The members of an object that is open.
void put_counts(JsonWriter& json, const EvaluationCounts& counts) {
  json.key("alert_rows").unsigned_integer(counts.alert_rows);
  json.key("alert_hits").unsigned_integer(counts.alert_hits);
  json.key("recall_percent").number(counts.recall());
  json.key("clean_rows").unsigned_integer(counts.clean_rows);
  json.key("clean_hits").unsigned_integer(counts.clean_hits);
  json.key("false_positive_percent").number(counts.false_positive_rate());
  json.key("ignore_rows").unsigned_integer(counts.ignore_rows);
  json.key("ignore_hits").unsigned_integer(counts.ignore_hits);
}

void put_judged(JsonWriter& json, const EvaluationCounts& counts,
                const FalsePositiveBudget& budget) {
  json.begin_object();
  put_counts(json, counts);
  json.key("false_positives_allowed").unsigned_integer(budget.allowed(counts.clean_rows));
  json.key("budget").string(use_of(counts, budget));
  json.end_object();
}

void put_table(JsonWriter& json, std::string_view name,
               const std::map<std::string, EvaluationCounts>& rows,
               const FalsePositiveBudget& budget) {
  json.key(name).begin_object();
  for (const auto& [key, counts] : rows) {
    json.key(key);
    put_judged(json, counts, budget);
  }
  json.end_object();
}

void put_rules(JsonWriter& json, const std::map<std::string, RuleEvaluation>& rules) {
  json.key("rules").begin_object();
  for (const auto& [rule, evaluation] : rules) {
    json.key(rule).begin_object();
    json.key("mode").string(evaluation.shadow ? "shadow" : "alert");
    put_counts(json, evaluation.counts);
    json.key("alone").unsigned_integer(evaluation.alone);
    json.key("precision_percent").number(evaluation.counts.precision());
    json.end_object();
  }
  json.end_object();
}

}  // namespace

std::string render_report(const EvaluationReport& report, const FalsePositiveBudget& budget) {
  const EvaluationCounts& all = report.all;
  std::string text = render_table("corpus", report.by_corpus, budget);
  if (!report.by_label.empty()) text += render_table("label", report.by_label, budget);
  if (!report.by_lang.empty()) text += render_table("language", report.by_lang, budget);
  text += render_rules(report);
  if (report.evasions) text += "\n" + render_evasions(*report.evasions, all.alert_rows);
  text += fmt::format(
      "\nall: recall {:.1f}% ({} of {}), false positives {:.2f}% ({} of {}), {} ignored\n",
      all.recall(), all.alert_hits, all.alert_rows, all.false_positive_rate(), all.clean_hits,
      all.clean_rows, all.ignore_rows);
  return text + render_budget(report, budget);
}

std::string report_json(const EvaluationReport& report, const FalsePositiveBudget& budget) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("budget").begin_object();
  json.key("percent").number(budget.percent);
  json.key("source").string(budget.source);
  json.end_object();
  json.key("all");
  put_judged(json, report.all, budget);
  put_table(json, "corpora", report.by_corpus, budget);
  put_table(json, "labels", report.by_label, budget);
  put_table(json, "languages", report.by_lang, budget);
  put_rules(json, report.by_rule);
  if (report.evasions) put_evasions(json, *report.evasions, report.all.alert_rows);
  json.end_object();
  return out;
}

std::string verdict_json(const RowVerdict& verdict) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("id").string(verdict.id);
  json.key("score").number(verdict.score);
  json.key("verdict").string(name_of(verdict.verdict));
  json.key("alert").boolean(verdict.alert);
  json.key("rules").begin_array();
  for (const std::string& rule : verdict.rules) json.string(rule);
  json.end_array();
  json.end_object();
  return out;
}

}  // namespace sieve
