// A Stopwatch measures short times, one behind the other, without what reading the clock takes: not
// by itself, nor by those that run meanwhile.
//
//   MeasuredClock clock;           // Once: finds out what a reading takes.
//   Stopwatch watch(clock);
//   work();                        // May use others of the same clock.
//   uint64_t work_ns = watch.lap();
//
// Thread safety: none; a clock and its watches belong to one thread. Units: nanoseconds of the
// monotonic clock.
#pragma once

#include <chrono>
#include <cstdint>

namespace sieve {

struct MeasuredClock {
  MeasuredClock();

  uint64_t now_ns() {
    ++readings;
    return static_cast<uint64_t>(std::chrono::steady_clock::now().time_since_epoch() /
                                 std::chrono::nanoseconds(1));
  }

  uint64_t readings = 0;
  uint64_t cost_ns = 0;  // Of a reading: the least of a few hundred.
};

class Stopwatch {
 public:
  // Lifetime: `clock` must outlive it.
  explicit Stopwatch(MeasuredClock& clock)
      : clock_(clock), start_ns_(clock.now_ns()), readings_(clock.readings) {}

  // Since the last lap, or the start.
  uint64_t lap() {
    const uint64_t now_ns = clock_.now_ns();
    const uint64_t passed_ns = now_ns - start_ns_;
    const uint64_t clock_ns = (clock_.readings - readings_) * clock_.cost_ns;
    start_ns_ = now_ns;
    readings_ = clock_.readings;
    return passed_ns > clock_ns ? passed_ns - clock_ns : 0;
  }

 private:
  MeasuredClock& clock_;
  uint64_t start_ns_;
  uint64_t readings_;
};

// Times that were taken of something that happens more often than that.
struct TimedNs {
  // A time beyond this is not of what was measured: the thread was interrupted, or waited for a
  // page.
  static constexpr uint64_t kInterruptedNs = 1'000'000;

  uint64_t count = 0;
  uint64_t ns = 0;
  uint64_t interrupted = 0;  // Times that were left out.

  void add(uint64_t lap_ns) {
    if (lap_ns > kInterruptedNs) {
      ++interrupted;
      return;
    }
    ++count;
    ns += lap_ns;
  }
  void add(const TimedNs& other);
  // 0: nothing was timed.
  double mean_ns() const;
};

}  // namespace sieve
