#include "run/evaded_rows.h"

#include "base/hash.h"
#include "base/limits.h"

namespace sieve {

double EvasionEvaluation::points_lost(Evasion evasion, EvasionDensity density,
                                      uint64_t alert_rows) const {
  if (alert_rows == 0) return 0;
  const EvadedCounts& one = counts[static_cast<size_t>(evasion)][static_cast<size_t>(density)];
  return 100.0 * static_cast<double>(one.lost()) / static_cast<double>(alert_rows);
}

EvadedRows::EvadedRows(std::shared_ptr<const RuleSet> rules)
    : evaluator_(std::move(rules), FieldContext{}) {}

void EvadedRows::add(const Record& record) {
  ++evaluation_.rows;
  for (size_t i = 0; i < kEvasionCount; ++i) {
    add(static_cast<Evasion>(i), EvasionDensity::kFull, record);
    add(static_cast<Evasion>(i), EvasionDensity::kLight, record);
  }
}

void EvadedRows::add(Evasion evasion, EvasionDensity density, const Record& record) {
  const std::string_view text = record.message.text;
  const auto evaded = evade(evasion, density, hash64(text), text);
  if (!evaded || evaded->size() > limits::kTextBytesMax) return;
  evaded_ = record;
  evaded_.message.text = *evaded;
  const Evaluation& evaluation = evaluator_.evaluate(evaded_, folder_.fold(evaded_.message.text));
  EvadedCounts& counts =
      evaluation_.counts[static_cast<size_t>(evasion)][static_cast<size_t>(density)];
  ++counts.rows;
  counts.kept += evaluation.verdict >= Verdict::kReview ? 1 : 0;
}

}  // namespace sieve
