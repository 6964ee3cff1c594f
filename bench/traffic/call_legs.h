// CallLegs makes the further records of calls that have several: what the other switch wrote, the
// parts of a long call, or the same record again. All records of one call share its call_ref and
// its parties, and begin within two seconds of each other; each has an id of its own.
//
// Thread safety: none. Lifetime: refers to the Population and Options.
#pragma once

#include <string>
#include <vector>

#include "traffic/options.h"
#include "traffic/population.h"
#include "traffic/random.h"
#include "traffic/record_writer.h"

namespace sieve::traffic {

class CallLegs {
 public:
  static constexpr size_t kRecordsMax = 3;

  CallLegs(const Population& population, const Options& options);

  // The records of `call`: itself alone, or 2 to `records_max` that share a call_ref.
  // Valid until the next call, as long as the views of `call` are.
  const std::vector<CallLine>& records_of(const CallLine& call, size_t records_max);

 private:
  void add_second_leg(const CallLine& call);
  void split(const CallLine& call, size_t parts);

  const Population& population_;
  const Options& options_;
  Random random_;
  std::vector<CallLine> records_;
  std::string call_ref_, tail_;
  uint64_t calls_ = 0;
};

}  // namespace sieve::traffic
