// EvadedRows counts how many of the rows that alert still do after an evader rewrote them
// (text/evasion.h): what an evasion costs in recall on messages, where `rules test --evade` tells
// it of tests.
//
// Thread safety: none.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "evaluate/evaluator.h"
#include "text/evasion.h"
#include "text/fold.h"

namespace sieve {

// Of one evasion in one density.
struct EvadedCounts {
  uint64_t rows = 0;  // It has something to change in.
  uint64_t kept = 0;  // Of those, still alert.
  uint64_t lost() const { return rows - kept; }
};

struct EvasionEvaluation {
  uint64_t rows = 0;  // That alert as they are, and should.
  // By Evasion and EvasionDensity.
  std::array<std::array<EvadedCounts, 2>, kEvasionCount> counts = {};

  // Points of recall that an evasion costs, of `alert_rows` to alert.
  double points_lost(Evasion evasion, EvasionDensity density, uint64_t alert_rows) const;
};

class EvadedRows {
 public:
  explicit EvadedRows(std::shared_ptr<const RuleSet> rules);

  // Tries every evasion on a message that alerts as it is, in a form that its text chooses.
  void add(const Record& record);
  const EvasionEvaluation& evaluation() const { return evaluation_; }

 private:
  void add(Evasion evasion, EvasionDensity density, const Record& record);

  Evaluator evaluator_;
  Folder folder_;
  Record evaded_;
  EvasionEvaluation evaluation_;
};

}  // namespace sieve
