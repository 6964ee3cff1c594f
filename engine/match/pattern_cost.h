// What one pattern costs, measured here and now: for authors who want to know, not for decisions
// that must come out the same twice.
//
// Thread safety: pure function.
#pragma once

#include <cstddef>

#include "match/pattern_db.h"

namespace sieve {

struct PatternCost {
  double compile_ms = 0;
  size_t database_bytes = 0;
  // To look for it alone in an ordinary message (match/ordinary_texts.h), confirmation included:
  // the best of several rounds. About 20 ns of it are the same for every pattern.
  double scan_ns = 0;
};

// Takes as long as compiling the pattern once, and some milliseconds.
// REQUIRES: the pattern compiles.
PatternCost measure_cost(const PatternSpec& spec);

}  // namespace sieve
