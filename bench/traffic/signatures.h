// Synthetic scam signatures as a rule file, for measuring how cost grows with their number.
//
// Thread safety: pure function of its arguments.
#pragma once

#include <cstdint>

#include "traffic/output.h"

namespace sieve::traffic {

// Writes a rule file with `count` rules of one pattern each: 97 of 100 are phrases, 3 are regexes
// that begin with a literal. Words come from the scam templates, made distinct by nonsense.
void write_signatures(uint64_t seed, uint32_t count, LineSink& out);

}  // namespace sieve::traffic
