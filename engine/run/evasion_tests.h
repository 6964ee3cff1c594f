// Running the tests that rules carry once more, with the text of each message that must match
// rewritten as evaders do: what still matches, and what is lost.
//
// Thread safety: pure functions.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "run/rule_tests.h"
#include "text/evasion.h"

namespace sieve {

// Texts of one evasion at one density.
struct EvasionCount {
  size_t texts = 0;
  size_t lost = 0;  // Texts that their rule does not match any more.
};

struct EvasionRow {
  Evasion evasion = Evasion::kZeroWidth;
  size_t tests = 0;  // Those with a text to which the evasion applies.
  EvasionCount full;
  EvasionCount light;
};

struct LostText {
  RuleIndex rule;
  const RuleTest* test = nullptr;  // Owned by the RuleSet.
  Evasion evasion = Evasion::kZeroWidth;
  EvasionDensity density = EvasionDensity::kFull;
  std::string text;
  std::string explanation;  // As RuleTestResult::explanation.
};

struct EvasionReport {
  size_t tests = 0;    // Message tests with `match: true` that pass.
  size_t failing = 0;  // Those that fail as they are, and are left out.
  std::array<EvasionRow, kEvasionCount> rows;
  std::vector<LostText> lost;

  EvasionCount all() const;
  double lost_percent() const;  // 0 without texts.
};

// Tries every form of every evasion, at both densities.
EvasionReport run_evasion_tests(std::shared_ptr<const RuleSet> rules,
                                const RuleTestOptions& options);

// A table with a row for each evasion. With `show_lost` each lost text follows, with what fired and
// the words that patterns saw.
std::string render_evasions(const EvasionReport& report, const RuleSet& rules, bool show_lost);
std::string evasions_json(const EvasionReport& report, const RuleSet& rules);
// The same as one value of what `json` writes.
void write_evasions(JsonWriter& json, const EvasionReport& report, const RuleSet& rules);

}  // namespace sieve
