// Measuring rules against labelled rows: how much of what should alert does (recall), and how much
// of what should not does (false-positive rate), per corpus, label, language and rule.
//
// A row is a JSON object: `id`, `text`, `expect` (alert | clean | ignore), and optionally `label`,
// `lang`, `corpus`. Rows have only text, so rules that need more are inactive. A verdict of
// `review` or above counts as an alert.
//
// Thread safety: none.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "evaluate/evaluator.h"
#include "text/fold.h"

namespace sieve {

enum class Expectation : uint8_t { kAlert, kClean, kIgnore };

struct EvaluationCounts {
  uint64_t alert_rows = 0;
  uint64_t alert_hits = 0;  // Of those, alerted.
  uint64_t clean_rows = 0;
  uint64_t clean_hits = 0;
  uint64_t ignore_rows = 0;
  uint64_t ignore_hits = 0;

  void add(Expectation expect, bool alerted);
  // Shares in percent; nothing counts as 0 of 0.
  double recall() const;
  double false_positive_rate() const;
};

struct EvaluationReport {
  EvaluationCounts all;
  std::map<std::string, EvaluationCounts> by_corpus;
  std::map<std::string, EvaluationCounts> by_label;  // `corpus/label`.
  std::map<std::string, EvaluationCounts> by_lang;
  std::map<std::string, EvaluationCounts> by_rule;  // Hits of the rule in rows of each expectation.
};

// What one row came to: a line of `--verdicts`.
struct RowVerdict {
  std::string id;
  double score = 0;
  Verdict verdict = Verdict::kClean;
  bool alert = false;
  std::vector<std::string> rules;
};

class RowEvaluator {
 public:
  // `rules` compiled with eval_fields() as the available fields.
  explicit RowEvaluator(std::shared_ptr<const RuleSet> rules);

  // Judges one row and counts it; an error says what is wrong with the line.
  Expected<RowVerdict, std::string> judge(std::string_view line, std::string_view file);
  const EvaluationReport& report() const { return report_; }

 private:
  std::shared_ptr<const RuleSet> rules_;
  Evaluator evaluator_;
  Folder folder_;
  Record record_;
  EvaluationReport report_;
};

// The fields that rows have.
std::vector<FieldId> eval_fields();

std::string render_report(const EvaluationReport& report);
std::string report_json(const EvaluationReport& report);
std::string verdict_json(const RowVerdict& verdict);

}  // namespace sieve
