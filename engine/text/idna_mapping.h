// What the letters of a host are to the device that opens it. A device maps them by UTS #46, which
// keeps letters that the fold, made for reading, takes for others: Cyrillic ones that look like
// Latin ones, small capitals, traditional Han, digits of other scripts. The data, in
// idna_mapping_table.cc, is written by tests/tables/make_idna_mapping.cc from ICU's UTS #46
// (non-transitional).
//
// Thread safety: constant data and a pure function.
#pragma once

#include <array>
#include <cstddef>

namespace sieve {

// Of a letter that UTS #46 and the fold map to different ones: what UTS #46 maps it to.
struct IdnaMapping {
  char32_t from;
  std::array<char32_t, 3> to;  // Ends at the first 0.
};
extern const IdnaMapping kIdnaMappings[];  // Sorted by `from`.
extern const size_t kIdnaMappingsCount;

// Null where both map alike, and for what no host has.
const IdnaMapping* idna_mapping_of(char32_t c);

// Letters, digits, marks and `-`, folded. Controls, spaces and punctuation are in no label that was
// registered, and must not be shown.
bool may_be_in_label(char32_t c);

}  // namespace sieve
