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
#include "correlate/window_shape.h"

namespace sieve {

// A window whose measures are asked for.
struct MeasuredWindow {
  const WindowTotals& totals;
  const WindowShape& shape;
  int64_t end = 0;   // Its last bucket.
  uint8_t seen = 0;  // WindowTable::Added::seen, of the event that led to it.
};

class MeasureLayout {
 public:
  explicit MeasureLayout(const PlannedRule& rule);

  WindowColumns columns() const;
  size_t size() const { return places_.size(); }

  // What one fact adds to a window.
  WindowEvent event_of(const Fact& fact) const;
  // The measures, in their order, of a window; durations in milliseconds. A measure that had no
  // column, or nothing to measure, is 0.
  void read(const MeasuredWindow& window, std::vector<double>& numbers) const;

 private:
  struct Place {
    MeasureKind kind;
    size_t column;
    bool is_all = false;  // No condition restricts it.
  };
  double read(const Place& place, const MeasuredWindow& window) const;
  size_t choose_column(const PlannedMeasure& measure);
  size_t choose_value(const PlannedMeasure& measure);

  std::vector<Place> places_;         // By measure.
  std::vector<size_t> values_;        // By column: index into Fact::values.
  std::vector<uint32_t> exact_max_;   // By the same: of the smallest error that is asked for.
  std::vector<size_t> numbers_;       // By column: index into Fact::values.
  std::vector<size_t> hours_;         // The same; at most one.
  std::vector<uint64_t> predicates_;  // By column: bit of Fact::features.
  uint8_t seen_mask_ = 0;
};

}  // namespace sieve
