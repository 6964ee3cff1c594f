// A MeasureLayout says which columns of a window a rule's measures need, and where each measure
// finds its number.
//
// Thread safety: immutable after construction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "correlate/fact_plan.h"
#include "correlate/window_event.h"

namespace sieve {

class MeasureLayout {
 public:
  explicit MeasureLayout(const PlannedRule& rule);

  WindowColumns columns() const;
  size_t size() const { return places_.size(); }

  // What one fact adds to a window.
  WindowEvent event_of(const Fact& fact) const;
  // The measures, in their order, of a window. A measure that had no column is 0.
  void read(const WindowTotals& totals, std::vector<double>& numbers) const;

 private:
  struct Place {
    MeasureKind kind;
    size_t column;
  };

  std::vector<Place> places_;         // By measure.
  std::vector<size_t> values_;        // By column: index into Fact::values.
  std::vector<uint32_t> exact_max_;   // By the same: of the smallest error that is asked for.
  std::vector<uint64_t> predicates_;  // By column: bit of Fact::features.
};

}  // namespace sieve
