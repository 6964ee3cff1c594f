// A DenseWindow holds the window of one busy key: counters and sums for every bucket of a ring, and
// a ValueSet for each field that is counted distinct.
//
// Thread safety: none. Allocates when it is reset for the first time and when its sets grow.
#pragma once

#include <cstdint>
#include <vector>

#include "correlate/value_set.h"
#include "correlate/window_event.h"

namespace sieve {

class DenseWindow {
 public:
  // Empties it, keeping memory. The newest bucket is `bucket`.
  void reset(const WindowShape& shape, WindowColumns columns, int64_t bucket);
  void advance(int64_t bucket);
  // REQUIRES: `bucket` is kept and not after the newest.
  void add(const WindowEvent& event, int64_t bucket);
  bool has_events(int64_t bucket) const { return counters_[row(bucket)] != 0; }
  WindowTotals totals(int64_t end) const;
  // Whether the window that ends with bucket `end` has the non-zero value of `column`.
  bool has_value(size_t column, uint64_t value, int64_t end) const {
    return sets_[column].contains(value, end);
  }
  // All of it, for a window of the same shape and columns. restore() leaves an empty window and
  // fails the reader when the bytes are none of a window.
  void save(std::string& out) const;
  void restore(ByteReader& in, const WindowShape& shape, WindowColumns columns);
  size_t state_bytes() const;

 private:
  size_t place(int64_t bucket) const { return static_cast<size_t>(bucket) % (words_ * 64); }
  size_t row(int64_t bucket) const { return place(bucket) * counters_per_bucket(); }
  size_t counters_per_bucket() const {
    return 1 + columns_.predicates + columns_.hours * kHoursPerDay;
  }

  WindowShape shape_;
  WindowColumns columns_;
  size_t words_ = 1;
  int64_t newest_ = 0;
  // By bucket of the ring: events, then those of each predicate, then those of each hour.
  std::vector<uint32_t> counters_;
  std::vector<NumberTotals> numbers_;  // By bucket of the ring and number.
  std::vector<ValueSet> sets_;
};

}  // namespace sieve
