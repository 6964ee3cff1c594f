#include "correlate/dense_window.h"

#include <algorithm>

namespace sieve {
void DenseWindow::reset(const WindowShape& shape, WindowColumns columns, int64_t bucket) {
  shape_ = shape;
  columns_ = columns;
  words_ = shape.ring_words();
  newest_ = bucket;
  counters_.assign(words_ * 64 * counters_per_bucket(), 0);
  numbers_.assign(words_ * 64 * columns.numbers, {});
  sets_.resize(columns.values);
  for (size_t i = 0; i < sets_.size(); ++i) {
    const uint32_t exact_max = columns.exact_max[i];
    sets_[i].reset(shape, bucket, exact_max == 0 ? kDistinctExactMax : exact_max);
  }
}

void DenseWindow::advance(int64_t bucket) {
  const auto ring = static_cast<int64_t>(words_ * 64);
  for (int64_t b = std::max(newest_ + 1, bucket + 1 - ring); b <= bucket; ++b) {
    std::fill_n(counters_.begin() + static_cast<ptrdiff_t>(row(b)), counters_per_bucket(), 0);
    const auto numbers = static_cast<ptrdiff_t>(place(b) * columns_.numbers);
    std::fill_n(numbers_.begin() + numbers, columns_.numbers, NumberTotals{});
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
  const uint64_t* cell = event.values.data();
  for (size_t i = 0; i < sets_.size(); ++i, ++cell) {
    if (*cell != 0) sets_[i].add(*cell, bucket);
  }
  for (size_t i = 0; i < columns_.numbers; ++i, ++cell) {
    if (*cell == 0) continue;
    numbers_[place(bucket) * columns_.numbers + i].add(from_cell(*cell), event.count);
  }
  if (columns_.hours == 0 || *cell == 0) return;
  add_saturating(counters[1 + columns_.predicates + (*cell - 1) % kHoursPerDay], event.count);
}

WindowTotals DenseWindow::totals(int64_t end) const {
  WindowTotals totals;
  for (int64_t b = shape_.window_begin(end, newest_); b <= end; ++b) {
    const uint32_t* counters = &counters_[row(b)];
    if (counters[0] == 0) continue;
    totals.add_events(b, counters[0], end);
    for (size_t i = 0; i < columns_.predicates; ++i) totals.predicates[i] += counters[1 + i];
    for (size_t i = 0; i < columns_.numbers; ++i) {
      totals.numbers[i].add(numbers_[place(b) * columns_.numbers + i]);
    }
    if (columns_.hours == 0) continue;
    counters += 1 + columns_.predicates;
    for (size_t hour = 0; hour < kHoursPerDay; ++hour) totals.hours[hour] += counters[hour];
  }
  for (size_t i = 0; i < sets_.size(); ++i) totals.distinct[i] = sets_[i].count(end);
  return totals;
}

void DenseWindow::save(std::string& out) const {
  put_signed(out, newest_);
  // Of most buckets there is nothing to say.
  for (const uint32_t counter : counters_) put_varint(out, counter);
  for (const NumberTotals& numbers : numbers_) {
    put_varint(out, numbers.count);
    if (numbers.count == 0) continue;
    put_signed(out, numbers.sum);
    put_signed(out, numbers.min);
    put_signed(out, numbers.max);
  }
  for (const ValueSet& set : sets_) set.save(out);
}

void DenseWindow::restore(ByteReader& in, const WindowShape& shape, WindowColumns columns) {
  const int64_t newest = in.signed_varint();
  if (newest < 0) in.fail();
  reset(shape, columns, std::max<int64_t>(newest, 0));
  for (uint32_t& counter : counters_) {
    counter = static_cast<uint32_t>(std::min<uint64_t>(in.varint(), UINT32_MAX));
  }
  for (NumberTotals& numbers : numbers_) {
    numbers.count = in.varint();
    if (numbers.count == 0) continue;
    numbers.sum = in.signed_varint();
    numbers.min = in.signed_varint();
    numbers.max = in.signed_varint();
  }
  for (size_t i = 0; i < sets_.size(); ++i) {
    const uint32_t exact_max = columns.exact_max[i];
    sets_[i].restore(in, shape, exact_max == 0 ? kDistinctExactMax : exact_max);
  }
  if (in.failed()) reset(shape, columns, newest_);
}

size_t DenseWindow::state_bytes() const {
  size_t bytes = sizeof(*this) + counters_.capacity() * sizeof(uint32_t) +
                 numbers_.capacity() * sizeof(NumberTotals) + sets_.capacity() * sizeof(ValueSet);
  for (const ValueSet& set : sets_) bytes += set.state_bytes();
  return bytes;
}

}  // namespace sieve
