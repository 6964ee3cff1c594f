#include "correlate/alert_cooldowns.h"

#include <algorithm>

namespace sieve {
namespace {

// What a record of a snapshot is about.
enum class Content : uint8_t { kClock = 1, kCooldown = 2, kRollUp = 3 };

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

void AlertCooldowns::save(std::string& out) const {
  {
    const SnapshotRecord record(SnapshotTag::kAlerts, out);
    put_varint(out, static_cast<uint64_t>(Content::kClock));
    put_signed(out, clock_.ms);
  }
  for (const auto& [length_ms, cooldown] : cooldowns_) {
    std::string head;
    put_varint(head, static_cast<uint64_t>(Content::kCooldown));
    put_signed(head, length_ms);
    cooldown.save(SnapshotTag::kAlerts, head, out);
  }
  for (const auto& [place, roll_up] : roll_ups_) save_roll_up(place.second, roll_up, out);
}

void AlertCooldowns::save_roll_up(uint64_t key, const RollUp& roll_up, std::string& out) {
  const SnapshotRecord record(SnapshotTag::kAlerts, out);
  put_varint(out, static_cast<uint64_t>(Content::kRollUp));
  put_fixed64(out, key);
  put_varint(out, roll_up.alerts);
  for (const Timestamp time : {roll_up.first, roll_up.last, roll_up.begin, roll_up.end}) {
    put_signed(out, time.ms);
  }
  put_varint(out, roll_up.route);
  put_text(out, roll_up.id);
  put_text(out, roll_up.stem);
}

void AlertCooldowns::restore(ByteReader& in) {
  switch (static_cast<Content>(in.varint())) {
    case Content::kClock:
      clock_ = Timestamp{in.signed_varint()};
      return;
    case Content::kCooldown: {
      const int64_t length_ms = in.signed_varint();
      if (length_ms <= 0) return in.fail();
      cooldowns_.try_emplace(length_ms, Duration{length_ms}, bounds_.cooldowns)
          .first->second.restore(in);
      return;
    }
    case Content::kRollUp:
      return restore_roll_up(in);
  }
  in.fail();
}

void AlertCooldowns::restore_roll_up(ByteReader& in) {
  const uint64_t key = in.fixed64();
  RollUp roll_up;
  roll_up.alerts = in.varint();
  for (Timestamp* time : {&roll_up.first, &roll_up.last, &roll_up.begin, &roll_up.end}) {
    time->ms = in.signed_varint();
  }
  roll_up.route = static_cast<uint16_t>(in.varint());
  roll_up.id = in.text();
  roll_up.stem = in.text();
  if (in.failed()) return;
  const Place place{roll_up.end, key};
  const auto [at, is_new] = roll_ups_.try_emplace(place, std::move(roll_up));
  if (is_new) stem_bytes_ += at->second.stem.size();
}

size_t AlertCooldowns::state_bytes() const {
  size_t bytes = stem_bytes_ + roll_ups_.size() * (sizeof(Place) + sizeof(RollUp));
  for (const auto& [length, cooldown] : cooldowns_) bytes += cooldown.state_bytes();
  return bytes;
}

}  // namespace sieve
