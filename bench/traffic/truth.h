// The truth file: JSON lines that say which records of a run are scam and which behaviours are in
// it. First a `header`, then `campaign` and `behaviour` lines, then `planted` and `look_alike`
// lines, then one `message` line per scam message in order of time.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "traffic/background.h"
#include "traffic/evasion.h"
#include "traffic/options.h"
#include "traffic/output.h"
#include "traffic/plan.h"

namespace sieve::traffic {

void write_truth_header(const Options& options, const Plan& plan, LineSink& truth);
void write_truth_behaviours(const Plan& plan, LineSink& truth);
// Planted behaviours and staged look-alikes, each with all numbers, SIMs and devices it used.
void write_truth_staging(const Staging& staging, const Population& population, LineSink& truth);
// The look-alikes of the background.
void write_truth_callers(const Callers& callers, const Population& population, LineSink& truth);
// Appends the line of one scam message.
void append_truth_message(std::string& out, uint64_t sequence, const Campaign& campaign,
                          std::span<const Evasion> evasions);

}  // namespace sieve::traffic
