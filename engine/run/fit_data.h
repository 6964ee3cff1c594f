// What `rules fit` knows of labelled rows: which rules hit in which, and how many have no hit.
//
// Thread safety: none.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "run/labelled_row.h"
#include "run/score_sheet.h"

namespace sieve {

// By Expectation.
using ExpectationCounts = std::array<uint64_t, kExpectationCount>;

// A row in which rules hit.
struct FitMessage {
  std::vector<SheetHit> hits;  // By rule.
  Expectation expect = Expectation::kIgnore;
  std::string corpus;
  std::string label;
  std::string id;
  std::string sample;  // Some of its text, masked as alerts are.
};

struct FitData {
  std::map<std::string, ExpectationCounts> corpora;  // All rows, with hits or without.
  std::vector<FitMessage> messages;                  // In the order of the rows.

  ExpectationCounts rows() const;
};

class FitCollector {
 public:
  // `rules` compiled with eval_fields() as the available fields.
  explicit FitCollector(std::shared_ptr<const RuleSet> rules);

  // Adds the row in `line` of `file`; what is wrong with it otherwise, or empty.
  std::string add(std::string_view line, std::string_view file);
  const FitData& data() const { return data_; }

 private:
  std::string sample_of(const LabelledRow& row, const std::vector<SheetHit>& hits) const;

  std::shared_ptr<const RuleSet> rules_;
  ScoreSheet sheet_;
  Evaluator evaluator_;
  Folder folder_;
  Record record_;
  FitData data_;
};

}  // namespace sieve
