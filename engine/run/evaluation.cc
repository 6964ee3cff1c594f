#include "run/evaluation.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/json_reader.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "base/utf8.h"

namespace sieve {
namespace {

std::optional<Expectation> expectation_of(std::string_view text) {
  if (text == "alert") return Expectation::kAlert;
  if (text == "clean") return Expectation::kClean;
  if (text == "ignore") return Expectation::kIgnore;
  return {};
}

double percent(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

// The text up to the engine's limit, cut at a character.
std::string_view within_limit(std::string_view text) {
  if (text.size() <= limits::kTextBytesMax) return text;
  size_t end = limits::kTextBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

std::string render_table(std::string_view heading,
                         const std::map<std::string, EvaluationCounts>& rows) {
  std::string text = fmt::format("{:<36} {:>7} {:>7} {:>8}  {:>7} {:>7} {:>8}  {:>7}\n", heading,
                                 "alert", "found", "recall", "clean", "false", "fpr", "ignored");
  for (const auto& [name, counts] : rows) {
    text += fmt::format("{:<36} {:>7} {:>7} {:>7.1f}%  {:>7} {:>7} {:>7.2f}%  {:>7}\n", name,
                        counts.alert_rows, counts.alert_hits, counts.recall(), counts.clean_rows,
                        counts.clean_hits, counts.false_positive_rate(), counts.ignore_rows);
  }
  return text + "\n";
}

void put_counts(JsonWriter& json, const EvaluationCounts& counts) {
  json.begin_object();
  json.key("alert_rows").unsigned_integer(counts.alert_rows);
  json.key("alert_hits").unsigned_integer(counts.alert_hits);
  json.key("recall_percent").number(counts.recall());
  json.key("clean_rows").unsigned_integer(counts.clean_rows);
  json.key("clean_hits").unsigned_integer(counts.clean_hits);
  json.key("false_positive_percent").number(counts.false_positive_rate());
  json.key("ignore_rows").unsigned_integer(counts.ignore_rows);
  json.key("ignore_hits").unsigned_integer(counts.ignore_hits);
  json.end_object();
}

void put_table(JsonWriter& json, std::string_view name,
               const std::map<std::string, EvaluationCounts>& rows) {
  json.key(name).begin_object();
  for (const auto& [key, counts] : rows) {
    json.key(key);
    put_counts(json, counts);
  }
  json.end_object();
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

std::vector<FieldId> eval_fields() {
  std::vector<FieldId> fields;
  for (uint16_t i = 0; i < all_fields().size(); ++i) {
    const FieldInfo& info = all_fields()[i];
    const bool has_column =
        info.name == "msg.text" || info.name == "msg.id" || info.name == "msg.lang";
    if (has_column || is_read_in_text(info)) fields.emplace_back(i);
  }
  return fields;
}

RowEvaluator::RowEvaluator(std::shared_ptr<const RuleSet> rules)
    : rules_(std::move(rules)), evaluator_(rules_, FieldContext{}) {}

Expected<RowVerdict, std::string> RowEvaluator::judge(std::string_view line,
                                                      std::string_view file) {
  const Expected<JsonValue, JsonError> row = parse_json(line);
  if (!row) return Unexpected<std::string>(row.error().message);
  const JsonValue& text = row->at("text");
  if (text.kind != JsonKind::kString) return Unexpected<std::string>("no string `text`");
  const auto expect = expectation_of(row->at("expect").as_string());
  if (!expect) return Unexpected<std::string>("`expect` is not alert, clean or ignore");
  record_ = {};
  record_.kind = RecordKind::kMessage;
  record_.message.id = row->at("id").as_string();
  record_.message.lang = row->at("lang").as_string();
  record_.message.text = within_limit(text.as_string());
  const Evaluation& evaluation = evaluator_.evaluate(record_, folder_.fold(record_.message.text));
  RowVerdict verdict;
  verdict.id = row->at("id").as_string();
  verdict.score = evaluation.score;
  verdict.verdict = evaluation.verdict;
  verdict.alert = evaluation.verdict >= Verdict::kReview;
  for (const Hit& hit : evaluation.hits) {
    verdict.rules.push_back(rules_->rule(hit.rule).full_id);
    report_.by_rule[verdict.rules.back()].add(*expect, true);
  }
  std::string corpus(row->at("corpus").as_string());
  if (corpus.empty()) corpus = std::filesystem::path(file).stem().string();
  const std::string label(row->at("label").as_string());
  const std::string lang(row->at("lang").as_string());
  report_.all.add(*expect, verdict.alert);
  report_.by_corpus[corpus].add(*expect, verdict.alert);
  if (!label.empty()) report_.by_label[corpus + "/" + label].add(*expect, verdict.alert);
  if (!lang.empty()) report_.by_lang[lang].add(*expect, verdict.alert);
  return verdict;
}

std::string render_report(const EvaluationReport& report) {
  std::map<std::string, EvaluationCounts> corpora = report.by_corpus;
  std::string text = render_table("corpus", corpora);
  text += render_table("label", report.by_label);
  text += render_table("language", report.by_lang);
  text += fmt::format("{:<36} {:>7} {:>7} {:>7}   (rows of each kind in which the rule hit)\n",
                      "rule", "alert", "clean", "ignored");
  for (const auto& [rule, counts] : report.by_rule) {
    text += fmt::format("{:<36} {:>7} {:>7} {:>7}\n", rule, counts.alert_hits, counts.clean_hits,
                        counts.ignore_hits);
  }
  text += fmt::format(
      "\nall: recall {:.1f}% ({} of {}), false positives {:.2f}% ({} of {}), {} ignored\n",
      report.all.recall(), report.all.alert_hits, report.all.alert_rows,
      report.all.false_positive_rate(), report.all.clean_hits, report.all.clean_rows,
      report.all.ignore_rows);
  return text;
}

std::string report_json(const EvaluationReport& report) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("all");
  put_counts(json, report.all);
  put_table(json, "corpora", report.by_corpus);
  put_table(json, "labels", report.by_label);
  put_table(json, "languages", report.by_lang);
  put_table(json, "rules", report.by_rule);
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
