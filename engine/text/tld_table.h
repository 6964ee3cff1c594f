// The top-level domains of the public suffix list, as a hash set: a message has many words with a
// dot, and a lookup per word must cost no more than hashing it. The data, in tld_table.cc, is
// written by tests/tables/make_tld_table.py.
//
// Thread safety: constant data and pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sieve {

inline constexpr size_t kTldSlotCount = 4096;
extern const uint16_t kTldSlots[kTldSlotCount];  // Place in kTldLabels plus one, or 0.
extern const char kTldLabels[];                  // Size in one byte, then the label.

// True for the last label of a host, in lower case, as U-label or A-label.
inline bool is_top_level_domain(std::string_view label) {
  uint32_t hash = 2166136261;
  for (const char c : label) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
  for (size_t slot = hash % kTldSlotCount; kTldSlots[slot] != 0;
       slot = (slot + 1) % kTldSlotCount) {
    const char* entry = kTldLabels + kTldSlots[slot] - 1;
    if (std::string_view(entry + 1, static_cast<unsigned char>(*entry)) == label) return true;
  }
  return false;
}

}  // namespace sieve
