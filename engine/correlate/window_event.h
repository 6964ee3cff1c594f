// What a window counts, and what it amounts to.
//
// Thread safety: plain data.
#pragma once

#include <array>
#include <cstdint>

#include "base/limits.h"

namespace sieve {

inline constexpr size_t kWindowPredicatesMax = 8;

// What a window counts beside events.
struct WindowColumns {
  uint8_t values = 0;      // Fields counted distinct; at most limits::kFactValuesMax.
  uint8_t predicates = 0;  // Conditions counted; at most kWindowPredicatesMax.
  // Of each value: how many of them are counted exactly, a power of two; 0: kDistinctExactMax.
  std::array<uint32_t, limits::kFactValuesMax> exact_max{};
};

// One event, or several equal ones of the same bucket.
struct WindowEvent {
  uint32_t count = 1;
  std::array<uint32_t, kWindowPredicatesMax> predicates{};  // Events that met each.
  std::array<uint64_t, limits::kFactValuesMax> values{};    // 0: absent, not counted.
};

struct WindowTotals {
  uint64_t count = 0;
  std::array<uint64_t, kWindowPredicatesMax> predicates{};
  std::array<double, limits::kFactValuesMax> distinct{};
};

// Counters stop at their maximum rather than begin again.
inline void add_saturating(uint32_t& counter, uint32_t amount) {
  counter = counter > UINT32_MAX - amount ? UINT32_MAX : counter + amount;
}

}  // namespace sieve
