// A DenseWindow holds the window of one busy key: counters for every bucket of a ring, and a
// ValueSet for each field that is counted distinct.
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
  size_t state_bytes() const;

 private:
  size_t row(int64_t bucket) const {
    return static_cast<size_t>(bucket) % (words_ * 64) * (1 + columns_.predicates);
  }

  WindowShape shape_;
  WindowColumns columns_;
  size_t words_ = 1;
  int64_t newest_ = 0;
  std::vector<uint32_t> counters_;  // By bucket of the ring: events, then those of each predicate.
  std::vector<ValueSet> sets_;
};

}  // namespace sieve
