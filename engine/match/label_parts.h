// Where in a label of a host a name may stand as a part: between hyphens, digits and lure words.
//
//   secure-demobank24login      may begin: 0, 7 ("demobank24login"), 15, 17 ...
//
// Thread safety: values and pure functions. Allocates nothing. Units: letters of the label without
// its hyphens, and as positions bits of a 64-bit mask: a label has at most 63 letters.
#pragma once

#include <cstdint>
#include <string_view>

#include "match/host_letters.h"
#include "match/lure_words.h"

namespace sieve {

struct LabelParts {
  HostLetters letters;  // Without hyphens.
  bool has_hyphen = false;
  // Positions at the edges, at a hyphen, and between a digit and something else.
  uint64_t cuts = 0;
  // Positions where a part begins or ends: cuts, and behind (before) lure words that follow
  // (precede) such a place.
  uint64_t begins = 0;
  uint64_t ends = 0;
  // Those between which and the edge of the label stand digits and lure words only.
  uint64_t lured_begins = 0;
  uint64_t lured_ends = 0;
};

LabelParts parts_of(std::u32string_view label, const LureWords& lures);

}  // namespace sieve
