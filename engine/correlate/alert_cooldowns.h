// AlertCooldowns decide which alerts of messages leave. Of a rule with `alert.suppress`, the first
// alert of each key and slot of event time leaves at once. The others go into one roll-up
// for each key and slot of `alert.rollup`, which leaves after the slot's end and says how many they
// were: nothing is left out unseen.
//
// Slots begin at multiples of their length since the epoch. The clock is the newest event time that
// was told; a roll-up leaves when the clock is kGrace past the slot's end, and what comes later
// than that goes into the slot of the clock. So what is decided depends on the order of the
// alerts alone, not on when they were handled.
//
// State does not belong to a rule set: it goes on through reloads, by key and lengths.
//
// Thread safety: none. Allocates for new keys only. On reaching a bound, the oldest cool-down is
// forgotten (its next alert leaves), and the earliest roll-up leaves before its time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/limits.h"
#include "base/time.h"
#include "correlate/cooldown.h"

namespace sieve {

// An alert that leaves only if none like it did.
struct CooledAlert {
  uint64_t key = 0;  // What it is told apart by.
  Duration suppress;
  Duration rollup;
  Timestamp time;  // Event time of its message.
};

// Alerts that did not leave, by key and slot.
struct RollUp {
  uint64_t alerts = 0;
  Timestamp first;  // Event times of the earliest and the latest.
  Timestamp last;
  Timestamp begin;  // The slot.
  Timestamp end;
  uint16_t route = 0;
  std::string id;    // These two are of the first of them.
  std::string stem;  // Its alert, to be completed.
};

struct CooldownBounds {
  size_t cooldowns = limits::kAlertCooldownsMax;  // For each length.
  size_t roll_ups = limits::kRollUpsMax;
  size_t roll_up_bytes = limits::kRollUpBytesMax;
};

class AlertCooldowns {
 public:
  static constexpr Duration kGrace{60'000};

  explicit AlertCooldowns(CooldownBounds bounds = {}) : bounds_(bounds) {}

  // The clock does not go back.
  void advance_to(Timestamp time);
  Timestamp clock() const { return clock_; }

  // True: the alert is the first and leaves now. False: roll_up() it.
  [[nodiscard]] bool admit(const CooledAlert& alert);
  void roll_up(const CooledAlert& alert, std::string_view id, std::string_view stem,
               uint16_t route);

  // The next roll-up whose time has come, by end and then key.
  std::optional<RollUp> take_due();
  // The next, whether or not its time has come: nothing more will come.
  std::optional<RollUp> take_any();

  // Appends records of all of it; restore() takes one back.
  void save(std::string& out) const;
  void restore(ByteReader& in);

  size_t waiting() const { return roll_ups_.size(); }
  size_t state_bytes() const;

 private:
  using Place = std::pair<Timestamp, uint64_t>;  // End of the slot, key.

  bool is_due(Timestamp end) const { return end + kGrace <= clock_; }
  Place place_of(const CooledAlert& alert) const;
  RollUp take_first();
  static void save_roll_up(uint64_t key, const RollUp& roll_up, std::string& out);
  void restore_roll_up(ByteReader& in);

  CooldownBounds bounds_;
  Timestamp clock_ = kTimestampMin;
  std::map<int64_t, Cooldown> cooldowns_;  // By their length in ms.
  std::map<Place, RollUp> roll_ups_;
  size_t stem_bytes_ = 0;
};

}  // namespace sieve
