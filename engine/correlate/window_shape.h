// A WindowShape says how a sliding window of event time is cut into buckets.
//
// A bucket is a 60th of the window, rounded up to a millisecond, and begins at a multiple of its
// length since the epoch. The window that ends with an event covers the event's bucket, whole, and
// the buckets before it, as many as fit: it never reaches back further than `over`, and at most one
// bucket less. So what is counted is exact, and only the far edge is rounded: an event that is
// older than over - bucket may or may not count, one that is older than `over` never does. The same
// holds for every key, however busy.
//
// A key keeps `kept` buckets back from its newest event: those of the window and of the lateness.
// Windows that end up to `late` before the newest event are complete, so that events which arrive
// up to `late` out of order are counted as if in order. An event before the kept buckets is late.
//
// Thread safety: plain data. Units: buckets are numbered from the epoch.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/limits.h"
#include "base/time.h"

namespace sieve {

// Buckets of one window, and the most that a key keeps: with `late` beyond 7.5 times `over`, the
// lateness is cut to that.
inline constexpr int64_t kWindowBuckets = 60;
inline constexpr int64_t kRingWordsMax = 8;
static_assert(kWindowBuckets <= static_cast<int64_t>(limits::kWindowBucketsMax));
static_assert(kWindowBuckets < 64 * kRingWordsMax);

struct WindowShape {
  int64_t bucket_ms = 1;
  int64_t buckets = 1;  // Of the window.
  int64_t kept = 1;     // Of the window and the lateness.

  static constexpr WindowShape of(Duration over, Duration late) {
    WindowShape shape;
    const int64_t over_ms = std::max<int64_t>(over.ms, 1);
    const int64_t late_ms = std::max<int64_t>(late.ms, 0);
    shape.bucket_ms = (over_ms + kWindowBuckets - 1) / kWindowBuckets;
    shape.buckets = over_ms / shape.bucket_ms;
    const int64_t late_buckets = late_ms / shape.bucket_ms + (late_ms % shape.bucket_ms != 0);
    shape.kept = shape.buckets + std::min(late_buckets, 64 * kRingWordsMax - shape.buckets);
    return shape;
  }

  // REQUIRES: time is not before the epoch.
  constexpr int64_t bucket_of(Timestamp time) const { return time.ms / bucket_ms; }
  constexpr Timestamp begin_of(int64_t bucket) const { return {bucket * bucket_ms}; }
  // The first bucket of the window that ends with bucket `end`, for a key whose newest event is in
  // bucket `newest`: what is not kept does not count.
  constexpr int64_t window_begin(int64_t end, int64_t newest) const {
    return std::max<int64_t>({end - buckets + 1, newest - kept + 1, 0});
  }
  // Words of 64 bits that hold a bit for every kept bucket.
  constexpr size_t ring_words() const { return static_cast<size_t>((kept + 63) / 64); }
};

}  // namespace sieve
