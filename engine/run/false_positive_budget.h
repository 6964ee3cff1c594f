// How many legitimate messages a rule set may alert on: the share of them that people who look at
// alerts can bear.
//
// Thread safety: plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "rule/model.h"

namespace sieve {

enum class BudgetUse : uint8_t {
  kWithin,
  kOver,
  kTooFew,  // Within, but so few rows allow no false positive at all: they show little.
};
// `ok`, `over`, `too few`.
constexpr std::string_view name_of(BudgetUse use) {
  return use == BudgetUse::kWithin ? "ok" : use == BudgetUse::kOver ? "over" : "too few";
}

struct FalsePositiveBudget {
  static constexpr double kPercentDefault = 0.1;

  double percent = kPercentDefault;  // Of clean rows.
  std::string_view source = "default";

  // That of the command line, or else of the thresholds file.
  static FalsePositiveBudget of(const Thresholds& thresholds, std::optional<double> given) {
    if (given) return {*given, "--fp-budget"};
    if (!thresholds.false_positive_budget) return {};
    return {*thresholds.false_positive_budget, "thresholds file"};
  }

  // Of so many clean rows, so many may alert. What is a whole number stays one.
  uint64_t allowed(uint64_t clean_rows) const {
    return static_cast<uint64_t>(static_cast<double>(clean_rows) * percent / 100 + 1e-9);
  }
  BudgetUse use(uint64_t clean_rows, uint64_t clean_hits) const {
    if (clean_hits > allowed(clean_rows)) return BudgetUse::kOver;
    return percent > 0 && allowed(clean_rows) == 0 ? BudgetUse::kTooFew : BudgetUse::kWithin;
  }
};

}  // namespace sieve
