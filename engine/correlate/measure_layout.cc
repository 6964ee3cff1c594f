#include "correlate/measure_layout.h"

#include <algorithm>

#include "correlate/value_set.h"

namespace sieve {
namespace {

constexpr size_t kNoColumn = SIZE_MAX;

// The column of `wanted`, added when there is room.
template <class T>
size_t column_of(std::vector<T>& columns, T wanted, size_t columns_max) {
  const auto at = std::find(columns.begin(), columns.end(), wanted);
  if (at != columns.end()) return static_cast<size_t>(at - columns.begin());
  if (columns.size() == columns_max) return kNoColumn;
  columns.push_back(wanted);
  return columns.size() - 1;
}

}  // namespace

MeasureLayout::MeasureLayout(const PlannedRule& rule) {
  for (const PlannedMeasure& measure : rule.measures) {
    size_t column = 0;
    if (measure.kind == MeasureKind::kRatio) {
      column = column_of(predicates_, measure.feature, kWindowPredicatesMax);
    } else if (measure.kind == MeasureKind::kDistinct) {
      const bool has_value = measure.value < limits::kFactValuesMax;
      column =
          has_value ? column_of(values_, size_t{measure.value}, limits::kFactValuesMax) : kNoColumn;
      exact_max_.resize(values_.size());
      if (column != kNoColumn) {
        const auto exact_max = static_cast<uint32_t>(exact_max_of(measure.error));
        exact_max_[column] = std::max(exact_max_[column], exact_max);
      }
    }
    places_.push_back({measure.kind, column});
  }
}

WindowColumns MeasureLayout::columns() const {
  WindowColumns columns;
  columns.values = static_cast<uint8_t>(values_.size());
  columns.predicates = static_cast<uint8_t>(predicates_.size());
  std::copy(exact_max_.begin(), exact_max_.end(), columns.exact_max.begin());
  return columns;
}

WindowEvent MeasureLayout::event_of(const Fact& fact) const {
  WindowEvent event;
  for (size_t i = 0; i < values_.size(); ++i) event.values[i] = fact.values[values_[i]];
  for (size_t i = 0; i < predicates_.size(); ++i) {
    event.predicates[i] = (fact.features & predicates_[i]) != 0 ? 1 : 0;
  }
  return event;
}

void MeasureLayout::read(const WindowTotals& totals, std::vector<double>& numbers) const {
  numbers.assign(places_.size(), 0);
  const auto count = static_cast<double>(totals.count);
  for (size_t i = 0; i < places_.size(); ++i) {
    const size_t column = places_[i].column;
    if (column == kNoColumn) continue;
    if (places_[i].kind == MeasureKind::kCount) {
      numbers[i] = count;
    } else if (places_[i].kind == MeasureKind::kDistinct) {
      numbers[i] = totals.distinct[column];
    } else if (totals.count > 0) {
      numbers[i] = static_cast<double>(totals.predicates[column]) / count;
    }
  }
}

}  // namespace sieve
