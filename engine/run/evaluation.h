// Measuring rules against labelled rows: how much of what should alert does (recall), and how much
// of what should not does (false-positive rate), per corpus, label, language and rule.
//
// A verdict of `review` or above counts as an alert.
//
// Thread safety: none.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "evaluate/evaluator.h"
#include "run/evaded_rows.h"
#include "run/labelled_row.h"
#include "text/fold.h"

namespace sieve {

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
  // Of the alerts in rows with an expectation, those that should be.
  double precision() const;
  bool has_hits() const { return alert_hits + clean_hits + ignore_hits > 0; }
};

struct RuleEvaluation {
  EvaluationCounts counts;  // A row alerts here when the rule hits in it.
  // Rows to alert that alert by this rule and no other; in shadow: that would, and do not.
  uint64_t alone = 0;
  bool shadow = false;
};

struct EvaluationReport {
  EvaluationCounts all;
  std::map<std::string, EvaluationCounts> by_corpus;
  std::map<std::string, EvaluationCounts> by_label;  // `corpus/label`.
  std::map<std::string, EvaluationCounts> by_lang;
  std::map<std::string, RuleEvaluation> by_rule;  // Every rule that could hit.
  std::optional<EvasionEvaluation> evasions;      // If asked for.
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

  // From now on tries evasions on the rows that alert and should.
  void evade();

  // Judges one row and counts it; an error says what is wrong with the line.
  Expected<RowVerdict, std::string> judge(std::string_view line, std::string_view file);
  EvaluationReport report() const;

 private:
  void count_rules(const Evaluation& evaluation, const LabelledRow& row, bool alerted);

  std::shared_ptr<const RuleSet> rules_;
  Evaluator evaluator_;
  Folder folder_;
  Record record_;
  std::unique_ptr<EvadedRows> evaded_;   // Null: they are not tried.
  EvaluationReport report_;              // Without rules.
  std::vector<RuleEvaluation> by_rule_;  // Without rows: those of all.
};

}  // namespace sieve
