// A LaneClock follows the event time of one lane and says which of its records come too late for
// windows:
//
//   newest event time >= watermark = newest - out_of_order >= limit = watermark - late
//
// A record before the limit is too late. The answer depends on the records before it in the lane,
// in their order, and on nothing else: not on the wall clock, other lanes, threads or batches.
//
// A record that would make the newest itself too late, since it lies ahead of it by more than
// out_of_order + late, moves the clock only when kRecordsToAgree in a row do, and then to the
// earliest of them: single records from the future, in files of any age too, cannot make all others
// late. The first records of a lane begin the clock in the same way: until as many came, none is
// late.
//
// Thread safety: none; the merge's. Memory: constant.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.h"
#include "record/record.h"

namespace sieve {

// How late records of a source may come.
struct EventTimeBounds {
  Duration out_of_order{30'000};  // Among the records of one partition or file, ordinarily.
  Duration late{86'400'000};      // Behind that, and still counted.
};

// Call records are written when calls end, and by many switches: they come out of order by minutes.
EventTimeBounds default_event_time(RecordKind kind);

class LaneClock {
 public:
  // As many must agree as move the clock of a WindowTable.
  static constexpr uint32_t kRecordsToAgree = 64;

  explicit LaneClock(const EventTimeBounds& bounds)
      : out_of_order_(bounds.out_of_order), span_(bounds.out_of_order + bounds.late) {}

  // The next record of the lane. When it is too late: how far it lies behind the watermark.
  std::optional<Duration> observe(Timestamp time);
  // The next records of the lane, at least one, lie between these times. False, and nothing is
  // observed, when they have to be looked at one by one; true: none of them is too late.
  bool observe_all(Timestamp earliest, Timestamp latest);

  // Nothing: too few records were seen.
  std::optional<Timestamp> watermark() const;

 private:
  bool is_running() const { return newest_ != kTimestampMin; }
  void forget_ahead();

  const Duration out_of_order_;
  const Duration span_;
  Timestamp newest_ = kTimestampMin;
  // The latest records of the lane, as far as they lie beyond newest_ + span_.
  uint32_t ahead_ = 0;
  Timestamp ahead_earliest_ = kTimestampMax;
};

}  // namespace sieve
