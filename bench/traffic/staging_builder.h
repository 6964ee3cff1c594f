// A StagingBuilder makes the parts of a Staging: one planted behaviour or look-alike at a time.
//
// Thread safety: none. Lifetime: refers to everything it is given.
#pragma once

#include <cstdint>
#include <vector>

#include "traffic/random.h"
#include "traffic/staging.h"

namespace sieve::traffic {

class StagingBuilder {
 public:
  StagingBuilder(const Options& options, const Population& population, uint32_t first_person,
                 Staging& staging);

  // Both stop before what would not fit into `room`.
  void add_planted(StagingRoom room);
  void add_look_alikes(StagingRoom room);

 private:
  // A measure at stealth 0, 0.5 and 1; between them it changes evenly.
  struct Levels {
    double blatant, usual, hidden;
  };
  // How somebody makes calls or writes messages.
  struct Habit {
    uint32_t count = 0;
    Duration within{0};         // From some time of the day on, evenly; 0: in working hours.
    double distinct_share = 1;  // The rest goes to somebody who had one before.
    double replied_share = 0;   // How many are called back, or answered by a message.
    double answered_share = 0.65;
    double median_s = 70;
    double sigma = 1;
    uint32_t longest_s = 7'200;
  };
  using Maker = void (StagingBuilder::*)();

  // staging.cc
  void add(Maker maker, uint32_t count, StagingRoom room);
  void choose_day();
  double level(Levels levels) const;
  uint32_t sized(Levels levels) const;
  uint32_t usual_count(uint32_t subscribers_each);
  uint32_t busy(uint32_t least, uint32_t most);
  SimHolder new_sim(uint32_t days_min, uint32_t days_max);
  uint32_t subject(std::string_view name, const SimHolder& holder, std::string_view type);
  uint32_t subject(PlantedKind kind, const SimHolder& holder, std::string_view type);
  uint32_t actor(uint32_t subject, const SimHolder& holder);
  std::string device_of(const SimHolder& holder) const;
  uint32_t somebody() { return random_.below(population_.people()); }
  // Times of a habit, in order.
  std::vector<Timestamp> times(const Habit& habit);
  Timestamp some_time(Duration before_end);
  bool inside(Timestamp ts) const { return ts >= day_begin_ && ts < run_end_; }

  // staged_habits.cc
  void make_calls(uint32_t actor, const Habit& habit);
  void make_messages(uint32_t actor, const Habit& habit);
  void talk(const Habit& habit, StagedCall& call);
  void call_circle(uint32_t actor, uint32_t calls, Timestamp begin, Duration length);

  // planted_callers.cc
  void plant_many_callees();
  void plant_automated_caller();
  void plant_one_way_caller();
  void plant_wangiri();
  void plant_wangiri_range();
  void plant_burner_sim();
  void plant_message_fan_out();
  void plant_message_fan_out_day();
  void ring_once(const std::vector<uint32_t>& actors);
  uint32_t number_abroad(uint32_t subject, std::string number);

  // planted_devices.cc
  void plant_sim_box();
  void plant_many_imsis();
  void plant_many_imeis();
  void plant_cloned_imei();
  void rotate(const std::vector<uint32_t>& actors, uint32_t calls_each);

  // look_alikes.cc
  void add_reminder_line();
  void add_family_device();
  void add_phone_shop();
  void add_sim_swap();
  void add_school();
  void add_shop();
  void add_new_sim();
  void exchange(uint32_t actor, const Habit& habit, double wrote_before);

  const Options& options_;
  const Dials& dials_;
  const Population& population_;
  Staging& staging_;
  Random random_;
  uint32_t next_person_;
  uint32_t index_ = 0;  // Of its kind.
  Timestamp run_end_;
  Timestamp day_begin_, day_end_;  // Of what is made now: 24 hours, or the run.
};

}  // namespace sieve::traffic
