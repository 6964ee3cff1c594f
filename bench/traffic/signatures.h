// Synthetic scam signatures as a rule file, for measuring how cost grows with their number.
//
// Thread safety: pure function of its arguments.
#pragma once

#include <cstdint>

#include "traffic/output.h"

namespace sieve::traffic {

// Which signatures: files of ranges that do not meet can be loaded together.
struct SignatureRange {
  uint32_t first = 0;
  uint32_t count = 0;
};

// Writes a rule file with rules of one pattern each: 97 of 100 are phrases, 3 are regexes that
// begin with a literal. Words come from the scam templates, made distinct by nonsense.
void write_signatures(uint64_t seed, SignatureRange range, LineSink& out);

}  // namespace sieve::traffic
