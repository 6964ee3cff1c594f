#include "run/lane_clock.h"

#include <algorithm>

namespace sieve {

EventTimeBounds default_event_time(RecordKind kind) {
  EventTimeBounds bounds;
  if (kind == RecordKind::kCall) bounds.out_of_order = Duration{900'000};
  return bounds;
}

void LaneClock::forget_ahead() {
  ahead_ = 0;
  ahead_earliest_ = kTimestampMax;
}

std::optional<Duration> LaneClock::observe(Timestamp time) {
  if (!is_running() || time > newest_ + span_) {
    ahead_earliest_ = std::min(ahead_earliest_, time);
    if (++ahead_ < kRecordsToAgree) return std::nullopt;
    newest_ = ahead_earliest_;
    forget_ahead();
    return std::nullopt;
  }
  forget_ahead();
  newest_ = std::max(newest_, time);
  if (time >= newest_ - span_) return std::nullopt;
  return newest_ - out_of_order_ - time;
}

bool LaneClock::observe_all(Timestamp earliest, Timestamp latest) {
  if (!is_running() || latest > newest_ + span_) return false;
  const Timestamp newest = std::max(newest_, latest);
  if (earliest < newest - span_) return false;
  forget_ahead();
  newest_ = newest;
  return true;
}

std::optional<Timestamp> LaneClock::watermark() const {
  if (!is_running()) return std::nullopt;
  return newest_ - out_of_order_;
}

}  // namespace sieve
