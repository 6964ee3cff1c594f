#include "cli/pattern_costs.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/display.h"
#include "base/limits.h"
#include "match/pattern_cost.h"

namespace sieve {
namespace {

constexpr int kPatternCells = 44;

struct Row {
  PatternId pattern;
  PatternCost cost;
};

// Regular expressions first: phrases all cost about the same.
std::vector<PatternId> patterns_to_measure(const PatternDb& patterns) {
  std::vector<PatternId> ids;
  for (const bool regexes : {true, false}) {
    for (size_t i = 0; i < patterns.pattern_count(); ++i) {
      const PatternId id(static_cast<uint32_t>(i));
      const bool is_regex = patterns.spec(id).kind == PatternKind::kRegex;
      if (is_regex == regexes && ids.size() < limits::kCostsMeasuredMax) ids.push_back(id);
    }
  }
  return ids;
}

// Whether every rule looks for it only where something else occurred.
bool is_on_demand(const RuleSet& rules, PatternId pattern) {
  const auto signals = rules.signals_of(pattern);
  return std::ranges::any_of(signals, [&](SignalId signal) {
    const auto searched = rules.searched_of(signal);
    return std::ranges::find(searched, pattern) != searched.end();
  });
}

std::string line_of(const RuleSet& rules, const Row& row) {
  const PatternSpec& spec = rules.patterns()->spec(row.pattern);
  return fmt::format("{} {:<5} {:<9} {:>11.1f} {:>11} {:>9.0f}  {}\n",
                     in_cells(spec.text, kPatternCells), name_of(spec.kind), name_of(spec.view),
                     row.cost.compile_ms, row.cost.database_bytes, row.cost.scan_ns,
                     is_on_demand(rules, row.pattern) ? "on demand" : "always");
}

}  // namespace

Diagnostic with_measured_cost(SlowPattern slow) {
  const PatternCost cost = measure_cost(slow.spec);
  slow.warning.notes.push_back(fmt::format(
      "measured here: {:.1f} ms to compile, {} bytes, {:.0f} ns to look for in a message",
      cost.compile_ms, cost.database_bytes, cost.scan_ns));
  return std::move(slow.warning);
}

std::string cost_table(const RuleSet& rules) {
  const PatternDb& patterns = *rules.patterns();
  std::vector<Row> rows;
  for (const PatternId id : patterns_to_measure(patterns)) {
    rows.push_back({id, measure_cost(patterns.spec(id))});
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.cost.scan_ns > b.cost.scan_ns; });
  const size_t shown = std::min(rows.size(), limits::kCostsShownMax);
  std::string text =
      fmt::format("{} {:<5} {:<9} {:>11} {:>11} {:>9}  {}\n", in_cells("pattern", kPatternCells),
                  "kind", "view", "compile, ms", "bytes", "scan, ns", "looked for");
  for (size_t i = 0; i < shown; ++i) text += line_of(rules, rows[i]);
  return text + fmt::format(
                    "the {} slowest to look for, alone and in an ordinary message; {} of {} "
                    "patterns were measured\n",
                    shown, rows.size(), patterns.pattern_count());
}

}  // namespace sieve
