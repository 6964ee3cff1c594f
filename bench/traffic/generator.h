// generate() writes one run: messages and calls in order of event time, and the truth about them.
//
//   Options options;
//   options.dials.resolve(options.subscribers);
//   Summary summary = generate(options, {messages, calls, truth});
//
// The same options give the same bytes on every machine.
// Thread safety: one call uses its own state only.
#pragma once

#include <array>
#include <cstdint>
#include <functional>

#include "traffic/evasion.h"
#include "traffic/options.h"
#include "traffic/output.h"
#include "traffic/plan.h"

namespace sieve::traffic {

struct Outputs {
  LineSink& messages;
  LineSink& calls;
  LineSink& truth;
};

struct Summary {
  uint64_t messages = 0;
  uint64_t calls = 0;
  uint64_t message_bytes = 0;
  uint64_t call_bytes = 0;
  uint64_t scam_messages = 0;
  uint64_t behaviour_calls = 0;
  std::array<uint64_t, kLegitKindCount> legit_counts{};
  std::array<uint64_t, kScamClassCount> class_counts{};
  std::array<uint64_t, kEvasionCount> evasion_counts{};
  size_t behaviours = 0;
  size_t planted = 0;
  size_t look_alikes = 0;
  uint64_t staged_messages = 0;  // Of both.
  uint64_t staged_calls = 0;
};

// Told now and then how many records are written; may wait, to slow the run down.
using Progress = std::function<void(uint64_t records)>;

// REQUIRES: dials are resolved, length > 0.
Summary generate(const Options& options, const Outputs& outputs, const Progress& progress = {});

}  // namespace sieve::traffic
