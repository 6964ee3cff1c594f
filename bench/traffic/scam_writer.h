// A ScamWriter writes the planned scam messages and calls of a run.
//
// Thread safety: none. Lifetime: refers to the Plan, Population and Options.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "traffic/evasion.h"
#include "traffic/options.h"
#include "traffic/plan.h"
#include "traffic/population.h"
#include "traffic/record_writer.h"

namespace sieve::traffic {

class ScamWriter {
 public:
  ScamWriter(const Plan& plan, const Population& population, const Options& options);

  // Appends the record to `line` and its truth to `truth`; returns the sender.
  std::string_view write(const PlannedMessage& planned, uint64_t sequence, std::string& line,
                         std::string& truth);
  // The call, whose views are valid until the next one.
  CallLine call(const PlannedCall& planned);

  // Messages with each evasion, so far.
  const std::array<uint64_t, kEvasionCount>& evasion_counts() const { return evasion_counts_; }

 private:
  void evade(Lang lang);
  bool evade_once(std::span<const Evasion> usual);

  const Plan& plan_;
  const Population& population_;
  const Options& options_;
  Random random_;
  TextWriter writer_;
  std::array<uint64_t, kEvasionCount> evasion_counts_{};
  Text text_;
  std::string to_;
  std::vector<Evasion> evasions_;
};

}  // namespace sieve::traffic
