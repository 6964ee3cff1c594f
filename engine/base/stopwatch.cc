#include "base/stopwatch.h"

#include <algorithm>

namespace sieve {

MeasuredClock::MeasuredClock() {
  constexpr int kReadings = 300;
  uint64_t least = UINT64_MAX;
  for (int i = 0; i < kReadings; ++i) {
    const uint64_t before = now_ns();
    least = std::min(least, now_ns() - before);
  }
  cost_ns = least;
}

void TimedNs::add(const TimedNs& other) {
  count += other.count;
  ns += other.ns;
  interrupted += other.interrupted;
}

// Where all were left out, it is longer than that.
double TimedNs::mean_ns() const {
  if (count == 0) return interrupted == 0 ? 0 : static_cast<double>(kInterruptedNs);
  return static_cast<double>(ns) / static_cast<double>(count);
}

}  // namespace sieve
