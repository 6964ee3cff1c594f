// What a window counts, and what it amounts to.
//
// Thread safety: plain data.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/limits.h"

namespace sieve {

inline constexpr size_t kWindowPredicatesMax = 8;
inline constexpr size_t kHoursPerDay = 24;

// What a window counts beside events. Values, numbers and the hour are at most
// limits::kFactValuesMax together.
struct WindowColumns {
  uint8_t values = 0;      // Fields counted distinct.
  uint8_t predicates = 0;  // Conditions counted; at most kWindowPredicatesMax.
  // Of each value: how many of them are counted exactly, a power of two; 0: kDistinctExactMax.
  std::array<uint32_t, limits::kFactValuesMax> exact_max{};
  uint8_t numbers = 0;    // Fields that are added up.
  uint8_t hours = 0;      // 1: events are counted by hour of the day.
  uint8_t seen_mask = 0;  // A bit for each value of which is asked whether it was there before.

  size_t cells() const { return size_t{values} + numbers + hours; }
};

// One event, or several equal ones of the same bucket.
struct WindowEvent {
  uint32_t count = 1;
  std::array<uint32_t, kWindowPredicatesMax> predicates{};  // Events that met each.
  // First the values, then the numbers (see to_cell), then the hour of the day plus one. 0: absent,
  // not counted.
  std::array<uint64_t, limits::kFactValuesMax> values{};
};

// A number, in thousandths, as a cell of an event: zigzag plus one, so that 0 is none. Whole
// thousandths add up to the same in any order.
inline constexpr double kNumberScale = 1'000;
constexpr uint64_t to_cell(int64_t thousandths) {
  return ((static_cast<uint64_t>(thousandths) << 1) ^ static_cast<uint64_t>(thousandths >> 63)) + 1;
}
constexpr int64_t from_cell(uint64_t cell) {
  const uint64_t zigzag = cell - 1;
  return static_cast<int64_t>(zigzag >> 1) ^ -static_cast<int64_t>(zigzag & 1);
}

// Numbers that were added up, in thousandths.
struct NumberTotals {
  uint64_t count = 0;  // Events that had one.
  int64_t sum = 0;
  int64_t min = INT64_MAX;
  int64_t max = INT64_MIN;

  // `times` equal ones. The sum stops at the ends of its type.
  void add(int64_t thousandths, uint32_t times);
  void add(const NumberTotals& other);
};

struct WindowTotals {
  uint64_t count = 0;
  int64_t first_bucket = INT64_MAX;  // That has events.
  // The one that has the event before the last: the window's last when it has several; INT64_MIN:
  // there is only one event.
  int64_t before_bucket = INT64_MIN;
  uint64_t events_at_end = 0;  // Of the window's last bucket.
  std::array<uint64_t, kWindowPredicatesMax> predicates{};
  std::array<double, limits::kFactValuesMax> distinct{};
  std::array<NumberTotals, limits::kFactValuesMax> numbers{};
  std::array<uint64_t, kHoursPerDay> hours{};  // Events by hour of the day.

  // Notes `events` of `bucket` in a window that ends with bucket `end`.
  void add_events(int64_t bucket, uint64_t events, int64_t end);
};

inline void NumberTotals::add(int64_t thousandths, uint32_t times) {
  int64_t product = 0;
  if (__builtin_mul_overflow(thousandths, static_cast<int64_t>(times), &product) ||
      __builtin_add_overflow(sum, product, &sum)) {
    sum = thousandths < 0 ? INT64_MIN : INT64_MAX;
  }
  count += times;
  min = std::min(min, thousandths);
  max = std::max(max, thousandths);
}

inline void NumberTotals::add(const NumberTotals& other) {
  if (__builtin_add_overflow(sum, other.sum, &sum)) sum = other.sum < 0 ? INT64_MIN : INT64_MAX;
  count += other.count;
  min = std::min(min, other.min);
  max = std::max(max, other.max);
}

inline void WindowTotals::add_events(int64_t bucket, uint64_t events, int64_t end) {
  if (events == 0) return;
  count += events;
  first_bucket = std::min(first_bucket, bucket);
  uint64_t before = events;
  if (bucket == end) before = (events_at_end += events) - 1;
  if (before > 0) before_bucket = std::max(before_bucket, bucket);
}

// Counters stop at their maximum rather than begin again.
inline void add_saturating(uint32_t& counter, uint32_t amount) {
  counter = counter > UINT32_MAX - amount ? UINT32_MAX : counter + amount;
}

}  // namespace sieve
