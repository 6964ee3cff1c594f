// What searching for regular expressions by RE2 takes: to confirm what the scan reported, and where
// a rule asked for one on demand.
//
// Thread safety: plain data, of one thread.
#pragma once

#include <cstdint>
#include <vector>

#include "base/stopwatch.h"

namespace sieve {

struct RegexCost {
  uint64_t searched = 0;
  uint64_t found = 0;
  TimedNs timed;  // Of `searched`.

  void add(const RegexCost& other) {
    searched += other.searched;
    found += other.found;
    timed.add(other.timed);
  }
  double ns_estimated() const { return timed.mean_ns() * static_cast<double>(searched); }
};

// What a Scanner counts into while it is watched.
struct RegexCosts {
  std::vector<RegexCost> by_pattern;
  MeasuredClock clock;
  bool is_timing = false;  // The message that is scanned.
};

}  // namespace sieve
