// The truth of a condition as a function of its atoms (patterns, boolean fields, comparisons),
// taken as independent: what is never true here can never be true at all.
//
// Thread safety: pure functions.
#pragma once

#include "rule/expression.h"

namespace sieve {

struct Truth {
  bool when_nothing_holds = false;  // The value when every atom is false.
  bool never = false;               // No assignment makes it true.
  bool always = false;              // Every assignment does.
};

// `never` and `always` stay false for conditions with more than kTruthAtomsMax atoms, which are too
// many to try.
inline constexpr size_t kTruthAtomsMax = 12;

// REQUIRES: `expression` is sound and not empty.
Truth truth_of(const Expression& expression);

}  // namespace sieve
