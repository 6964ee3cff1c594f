#include "correlate/alert_cooldowns.h"

#include <algorithm>

namespace sieve {
namespace {

Timestamp slot_begin(Timestamp time, Duration length) { return {time.ms / length.ms * length.ms}; }

}  // namespace

void AlertCooldowns::advance_to(Timestamp time) { clock_ = std::max(clock_, time); }

bool AlertCooldowns::admit(const CooledAlert& alert) {
  const auto [at, is_new] =
      cooldowns_.try_emplace(alert.suppress.ms, alert.suppress, bounds_.cooldowns);
  Cooldown& cooldown = at->second;
  // One slot more than the clock's is kept, for alerts that are late.
  cooldown.forget_before(std::max(clock_, alert.time) - alert.suppress);
  return cooldown.insert(alert.key, cooldown.slot_of(alert.time));
}

AlertCooldowns::Place AlertCooldowns::place_of(const CooledAlert& alert) const {
  const Timestamp end = slot_begin(alert.time, alert.rollup) + alert.rollup;
  if (!is_due(end)) return {end, alert.key};
  return {slot_begin(clock_, alert.rollup) + alert.rollup, alert.key};
}

void AlertCooldowns::roll_up(const CooledAlert& alert, std::string_view id, std::string_view stem,
                             uint16_t route) {
  const Place place = place_of(alert);
  const auto [at, is_new] = roll_ups_.try_emplace(place);
  RollUp& sum = at->second;
  if (is_new) {
    sum.first = alert.time;
    sum.last = alert.time;
    sum.begin = place.first - alert.rollup;
    sum.end = place.first;
    sum.route = route;
    sum.id = id;
    sum.stem = stem;
    stem_bytes_ += stem.size();
  }
  ++sum.alerts;
  sum.first = std::min(sum.first, alert.time);
  sum.last = std::max(sum.last, alert.time);
}

RollUp AlertCooldowns::take_first() {
  RollUp roll_up = std::move(roll_ups_.begin()->second);
  roll_ups_.erase(roll_ups_.begin());
  stem_bytes_ -= roll_up.stem.size();
  return roll_up;
}

std::optional<RollUp> AlertCooldowns::take_due() {
  if (roll_ups_.empty()) return {};
  const bool is_full = roll_ups_.size() > bounds_.roll_ups || stem_bytes_ > bounds_.roll_up_bytes;
  if (!is_full && !is_due(roll_ups_.begin()->first.first)) return {};
  return take_first();
}

std::optional<RollUp> AlertCooldowns::take_any() {
  if (roll_ups_.empty()) return {};
  return take_first();
}

size_t AlertCooldowns::state_bytes() const {
  size_t bytes = stem_bytes_ + roll_ups_.size() * (sizeof(Place) + sizeof(RollUp));
  for (const auto& [length, cooldown] : cooldowns_) bytes += cooldown.state_bytes();
  return bytes;
}

}  // namespace sieve
