#include "correlate/dense_window.h"

#include <algorithm>

namespace sieve {
void DenseWindow::reset(const WindowShape& shape, WindowColumns columns, int64_t bucket) {
  shape_ = shape;
  columns_ = columns;
  words_ = shape.ring_words();
  newest_ = bucket;
  counters_.assign(words_ * 64 * (1U + columns.predicates), 0);
  sets_.resize(columns.values);
  for (size_t i = 0; i < sets_.size(); ++i) {
    const uint32_t exact_max = columns.exact_max[i];
    sets_[i].reset(shape, bucket, exact_max == 0 ? kDistinctExactMax : exact_max);
  }
}

void DenseWindow::advance(int64_t bucket) {
  const auto ring = static_cast<int64_t>(words_ * 64);
  for (int64_t b = std::max(newest_ + 1, bucket + 1 - ring); b <= bucket; ++b) {
    std::fill_n(counters_.begin() + static_cast<ptrdiff_t>(row(b)), 1 + columns_.predicates, 0);
  }
  for (ValueSet& set : sets_) set.advance(bucket);
  newest_ = bucket;
}

void DenseWindow::add(const WindowEvent& event, int64_t bucket) {
  uint32_t* counters = &counters_[row(bucket)];
  add_saturating(counters[0], event.count);
  for (size_t i = 0; i < columns_.predicates; ++i) {
    add_saturating(counters[1 + i], event.predicates[i]);
  }
  for (size_t i = 0; i < sets_.size(); ++i) {
    if (event.values[i] != 0) sets_[i].add(event.values[i], bucket);
  }
}

WindowTotals DenseWindow::totals(int64_t end) const {
  WindowTotals totals;
  for (int64_t b = shape_.window_begin(end, newest_); b <= end; ++b) {
    const uint32_t* counters = &counters_[row(b)];
    totals.count += counters[0];
    for (size_t i = 0; i < columns_.predicates; ++i) totals.predicates[i] += counters[1 + i];
  }
  for (size_t i = 0; i < sets_.size(); ++i) totals.distinct[i] = sets_[i].count(end);
  return totals;
}

size_t DenseWindow::state_bytes() const {
  size_t bytes =
      sizeof(*this) + counters_.capacity() * sizeof(uint32_t) + sets_.capacity() * sizeof(ValueSet);
  for (const ValueSet& set : sets_) bytes += set.state_bytes();
  return bytes;
}

}  // namespace sieve
