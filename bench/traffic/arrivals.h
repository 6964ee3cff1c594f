// Arrivals holds back the records of one stream that come later than they happened, and hands them
// to a sink in the order in which they come.
//
//   arrivals.add(record_time, key, line);   // In any order.
//   arrivals.release(now);                  // Writes what has come by `now`.
//
// Memory: what is on its way. Thread safety: none. Lifetime: refers to the sink.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "traffic/output.h"

namespace sieve::traffic {

class Arrivals {
 public:
  explicit Arrivals(LineSink& sink) : sink_(sink) {}

  void add(Timestamp at, std::string_view key, std::string_view line);
  // Those of one time come in the order in which they were added.
  void release(Timestamp now);
  void release_all() { release({INT64_MAX}); }

 private:
  struct Arrival {
    Timestamp at;
    uint64_t order = 0;
    std::string key, line;
  };
  static bool later(const Arrival& a, const Arrival& b) {
    return a.at.ms != b.at.ms ? a.at.ms > b.at.ms : a.order > b.order;
  }

  LineSink& sink_;
  std::vector<Arrival> heap_;  // The next one first.
  uint64_t added_ = 0;
};

}  // namespace sieve::traffic
