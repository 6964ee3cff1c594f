#include "correlate/measure_layout.h"

#include <algorithm>
#include <cmath>

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

double of_numbers(MeasureKind kind, const NumberTotals& numbers) {
  if (numbers.count == 0) return 0;
  const auto sum = static_cast<double>(numbers.sum);
  switch (kind) {
    case MeasureKind::kSum:
      return sum / kNumberScale;
    case MeasureKind::kMean:
      return sum / static_cast<double>(numbers.count) / kNumberScale;
    case MeasureKind::kMin:
      return static_cast<double>(numbers.min) / kNumberScale;
    case MeasureKind::kMax:
      return static_cast<double>(numbers.max) / kNumberScale;
    default:
      return (static_cast<double>(numbers.max) - static_cast<double>(numbers.min)) / kNumberScale;
  }
}

double active_hours(const WindowTotals& totals) {
  return static_cast<double>(std::count_if(totals.hours.begin(), totals.hours.end(),
                                           [](uint64_t events) { return events > 0; }));
}

// Shannon's entropy of the events over the hours of the day, as a share of its maximum.
double hour_entropy(const WindowTotals& totals) {
  double all = 0;
  for (const uint64_t events : totals.hours) all += static_cast<double>(events);
  double entropy = 0;
  for (const uint64_t events : totals.hours) {
    const double share = static_cast<double>(events) / std::max(all, 1.0);
    if (share > 0) entropy -= share * std::log2(share);
  }
  return entropy / std::log2(static_cast<double>(kHoursPerDay));
}

// To the precision of a bucket.
double since_first(const MeasuredWindow& window) {
  if (window.totals.count == 0) return 0;
  return static_cast<double>((window.end - window.totals.first_bucket) * window.shape.bucket_ms);
}

// Where there was none before, as long as the window.
double since_last(const MeasuredWindow& window) {
  const bool was_before = window.totals.before_bucket != INT64_MIN;
  const int64_t buckets =
      was_before ? window.end - window.totals.before_bucket : window.shape.buckets;
  return static_cast<double>(buckets * window.shape.bucket_ms);
}

}  // namespace

size_t MeasureLayout::choose_value(const PlannedMeasure& measure) {
  const size_t column = column_of(values_, size_t{measure.value}, limits::kFactValuesMax);
  exact_max_.resize(values_.size());
  if (column == kNoColumn) return column;
  if (measure.kind == MeasureKind::kSeen) {
    seen_mask_ |= static_cast<uint8_t>(1U << column);
  } else {
    const auto exact_max = static_cast<uint32_t>(exact_max_of(measure.error));
    exact_max_[column] = std::max(exact_max_[column], exact_max);
  }
  return column;
}

size_t MeasureLayout::choose_column(const PlannedMeasure& measure) {
  const bool has_value = measure.value < limits::kFactValuesMax;
  switch (measure.kind) {
    case MeasureKind::kCount:
      if (measure.feature == 0) return 0;
      [[fallthrough]];
    case MeasureKind::kRatio:
      return column_of(predicates_, measure.feature, kWindowPredicatesMax);
    case MeasureKind::kDistinct:
    case MeasureKind::kSeen:
      return has_value ? choose_value(measure) : kNoColumn;
    case MeasureKind::kSum:
    case MeasureKind::kMean:
    case MeasureKind::kMin:
    case MeasureKind::kMax:
    case MeasureKind::kSpread:
      return has_value ? column_of(numbers_, size_t{measure.value}, limits::kFactValuesMax)
                       : kNoColumn;
    case MeasureKind::kActiveHours:
    case MeasureKind::kHourEntropy:
      return has_value ? column_of(hours_, size_t{measure.value}, 1) : kNoColumn;
    case MeasureKind::kSinceFirst:
    case MeasureKind::kSinceLast:
      return 0;
  }
  return kNoColumn;
}

MeasureLayout::MeasureLayout(const PlannedRule& rule) {
  for (const PlannedMeasure& measure : rule.measures) {
    places_.push_back({measure.kind, choose_column(measure), measure.feature == 0});
  }
}

WindowColumns MeasureLayout::columns() const {
  WindowColumns columns;
  columns.values = static_cast<uint8_t>(values_.size());
  columns.predicates = static_cast<uint8_t>(predicates_.size());
  columns.numbers = static_cast<uint8_t>(numbers_.size());
  columns.hours = static_cast<uint8_t>(hours_.size());
  columns.seen_mask = seen_mask_;
  std::copy(exact_max_.begin(), exact_max_.end(), columns.exact_max.begin());
  return columns;
}

WindowEvent MeasureLayout::event_of(const Fact& fact) const {
  WindowEvent event;
  size_t cell = 0;
  for (const auto* columns : {&values_, &numbers_, &hours_}) {
    for (const size_t at : *columns) event.values[cell++] = fact.values[at];
  }
  for (size_t i = 0; i < predicates_.size(); ++i) {
    event.predicates[i] = (fact.features & predicates_[i]) != 0 ? 1 : 0;
  }
  return event;
}

void MeasureLayout::read(const MeasuredWindow& window, std::vector<double>& numbers) const {
  numbers.clear();
  for (const Place& place : places_) numbers.push_back(read(place, window));
}

double MeasureLayout::read(const Place& place, const MeasuredWindow& window) const {
  const WindowTotals& totals = window.totals;
  const auto count = static_cast<double>(totals.count);
  if (place.column == kNoColumn) return 0;
  switch (place.kind) {
    case MeasureKind::kCount:
      return place.is_all ? count : static_cast<double>(totals.predicates[place.column]);
    case MeasureKind::kRatio:
      return count > 0 ? static_cast<double>(totals.predicates[place.column]) / count : 0;
    case MeasureKind::kDistinct:
      return totals.distinct[place.column];
    case MeasureKind::kSeen:
      return (window.seen >> place.column) & 1;
    case MeasureKind::kActiveHours:
      return active_hours(totals);
    case MeasureKind::kHourEntropy:
      return hour_entropy(totals);
    case MeasureKind::kSinceFirst:
      return since_first(window);
    case MeasureKind::kSinceLast:
      return since_last(window);
    default:
      return of_numbers(place.kind, totals.numbers[place.column]);
  }
}

}  // namespace sieve
