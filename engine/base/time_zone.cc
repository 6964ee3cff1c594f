#include "base/time_zone.h"

namespace sieve {

std::optional<TimeZone> TimeZone::load(const std::string& name) {
  TimeZone zone;
  if (!absl::LoadTimeZone(name, &zone.zone_)) return {};
  return zone;
}

int TimeZone::hour_of(Timestamp time) const {
  return zone_.At(absl::FromUnixMillis(time.ms)).cs.hour();
}

Date TimeZone::date_of(Timestamp time) const {
  const absl::CivilDay day(zone_.At(absl::FromUnixMillis(time.ms)).cs);
  return {static_cast<int32_t>(day - absl::CivilDay())};
}

Timestamp TimeZone::instant_of(absl::CivilSecond local) const {
  return {absl::ToUnixMillis(zone_.At(local).pre)};
}

}  // namespace sieve
