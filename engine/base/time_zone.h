// A TimeZone gives local hours, and the instants of local times that operators write without an
// offset, from the system's time zone database.
//
// Thread safety: immutable. Cheap to copy.
#pragma once

#include <absl/time/time.h>

#include <optional>
#include <string>

#include "base/date.h"
#include "base/time.h"

namespace sieve {

class TimeZone {
 public:
  // UTC.
  TimeZone() = default;
  // The zone called `name` ("Asia/Bangkok"), or nothing when the system does not know it.
  static std::optional<TimeZone> load(const std::string& name);

  // Hour of day, 0 to 23, at `time` in this zone.
  int hour_of(Timestamp time) const;
  // The day that `time` belongs to in this zone.
  Date date_of(Timestamp time) const;
  // The instant of a local civil time; the earlier one where the clock was set back.
  Timestamp instant_of(absl::CivilSecond local) const;
  std::string name() const { return zone_.name(); }

 private:
  absl::TimeZone zone_ = absl::UTCTimeZone();
};

}  // namespace sieve
