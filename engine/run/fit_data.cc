#include "run/fit_data.h"

#include <algorithm>

#include "alert/disclosure.h"
#include "alert/redaction.h"
#include "base/utf8.h"

namespace sieve {
namespace {

constexpr size_t kSampleCharsMax = 120;

// At most so many characters, with a sign where there are more.
std::string beginning_of(std::string_view text, size_t chars_max) {
  size_t at = 0;
  for (size_t chars = 0; at < text.size(); ++chars) {
    if (chars == chars_max) return std::string(text.substr(0, at)) + "...";
    at += decode_utf8(text, at).size;
  }
  return std::string(text);
}

// Whether the rule keeps something of its messages out of alerts.
bool redacts(const Rule& rule) {
  return !rule.alert.redact_patterns.empty() || !rule.alert.redact_fields.empty();
}

}  // namespace

ExpectationCounts FitData::rows() const {
  ExpectationCounts sum{};
  for (const auto& [name, counts] : corpora) {
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += counts[i];
  }
  return sum;
}

FitCollector::FitCollector(std::shared_ptr<const RuleSet> rules)
    : rules_(std::move(rules)), sheet_(*rules_), evaluator_(rules_, FieldContext{}) {}

std::string FitCollector::add(std::string_view line, std::string_view file) {
  const Expected<LabelledRow, std::string> row = read_labelled_row(line, file);
  if (!row) return row.error();
  ++data_.corpora[row->corpus][static_cast<size_t>(row->expect)];
  to_record(*row, record_);
  const Evaluation& evaluation = evaluator_.evaluate(record_, folder_.fold(record_.message.text));
  std::vector<SheetHit> hits = sheet_.hits_of(evaluation);
  if (hits.empty()) return {};
  std::string sample = sample_of(*row, hits);
  data_.messages.push_back(
      {std::move(hits), row->expect, row->corpus, row->label, row->id, std::move(sample)});
  return {};
}

std::string FitCollector::sample_of(const LabelledRow& row,
                                    const std::vector<SheetHit>& hits) const {
  const bool is_hidden = std::any_of(hits.begin(), hits.end(), [this](const SheetHit& hit) {
    return redacts(*rules_->rule(hit.rule).rule);
  });
  if (is_hidden) return std::string(kRedacted);
  const Disclosure disclosure({NumberPrivacy::kMasked, TextPrivacy::kFull, true}, false);
  return beginning_of(disclosure.whole_text(row.text), kSampleCharsMax);
}

}  // namespace sieve
