#include "traffic/staging.h"

#include <algorithm>
#include <array>

#include "traffic/background.h"
#include "traffic/staging_builder.h"

namespace sieve::traffic {
namespace {

constexpr Duration kDay{86'400'000};
constexpr int64_t kMsPerHour = 3'600'000;
constexpr uint32_t kWorkBeginHour = 9;
constexpr uint32_t kWorkEndHour = 20;
constexpr int kTimeTries = 64;

constexpr std::array<std::string_view, kPlantedKindCount> kNames = {
    "many_callees",  "automated_caller", "one_way_caller",  "wangiri",
    "wangiri_range", "sim_box",          "many_imsis",      "many_imeis",
    "cloned_imei",   "burner_sim",       "message_fan_out", "message_fan_out_day"};

Dial count_dial(size_t kind) {
  return static_cast<Dial>(static_cast<size_t>(Dial::kManyCallees) + kind);
}

}  // namespace

std::string_view name_of(PlantedKind kind) { return kNames[static_cast<size_t>(kind)]; }

StagingBuilder::StagingBuilder(const Options& options, const Population& population,
                               uint32_t first_person, Staging& staging)
    : options_(options),
      dials_(options.dials),
      population_(population),
      staging_(staging),
      random_(random_for(options.seed, "staging")),
      next_person_(first_person),
      run_end_(options.start + options.length) {}

void StagingBuilder::add_planted(StagingRoom room) {
  constexpr std::array<Maker, kPlantedKindCount> kMakers = {
      &StagingBuilder::plant_many_callees,    &StagingBuilder::plant_automated_caller,
      &StagingBuilder::plant_one_way_caller,  &StagingBuilder::plant_wangiri,
      &StagingBuilder::plant_wangiri_range,   &StagingBuilder::plant_sim_box,
      &StagingBuilder::plant_many_imsis,      &StagingBuilder::plant_many_imeis,
      &StagingBuilder::plant_cloned_imei,     &StagingBuilder::plant_burner_sim,
      &StagingBuilder::plant_message_fan_out, &StagingBuilder::plant_message_fan_out_day};
  for (size_t i = 0; i < kMakers.size(); ++i) add(kMakers[i], dials_.whole(count_dial(i)), room);
}

void StagingBuilder::add_look_alikes(StagingRoom room) {
  add(&StagingBuilder::add_reminder_line, usual_count(50'000), room);
  add(&StagingBuilder::add_family_device, usual_count(20'000), room);
  add(&StagingBuilder::add_phone_shop, usual_count(100'000), room);
  add(&StagingBuilder::add_sim_swap, usual_count(1'000), room);
  add(&StagingBuilder::add_school, usual_count(40'000), room);
  add(&StagingBuilder::add_shop, usual_count(40'000), room);
  add(&StagingBuilder::add_new_sim, usual_count(5'000), room);
}

void StagingBuilder::add(Maker maker, uint32_t count, StagingRoom room) {
  for (index_ = 0; index_ < count; ++index_) {
    const size_t subjects = staging_.subjects.size();
    const size_t actors = staging_.actors.size();
    const size_t calls = staging_.calls.size();
    const size_t messages = staging_.messages.size();
    choose_day();
    (this->*maker)();
    if (staging_.calls.size() <= room.calls && staging_.messages.size() <= room.messages) continue;
    staging_.subjects.resize(subjects);
    staging_.actors.resize(actors);
    staging_.calls.resize(calls);
    staging_.messages.resize(messages);
    return;
  }
}

void StagingBuilder::choose_day() {
  const int64_t spare_ms = options_.length.ms - kDay.ms;
  day_begin_ = options_.start;
  if (spare_ms > 0) {
    day_begin_ =
        day_begin_ + Duration{static_cast<int64_t>(random_.unit() * static_cast<double>(spare_ms))};
  }
  day_end_ = std::min(day_begin_ + kDay, run_end_);
}

double StagingBuilder::level(Levels levels) const {
  const double stealth = dials_[Dial::kPlantedStealth];
  if (stealth < 0.5) {
    return levels.blatant + (levels.usual - levels.blatant) * stealth * 2;
  }
  return levels.usual + (levels.hidden - levels.usual) * (stealth * 2 - 1);
}

uint32_t StagingBuilder::sized(Levels levels) const {
  const double count = level(levels) * dials_[Dial::kPlantedSize];
  return std::max(static_cast<uint32_t>(count + 0.5), 1u);
}

// A fraction of one is one in some runs.
uint32_t StagingBuilder::usual_count(uint32_t subscribers_each) {
  const double count = dials_[Dial::kLookAlikeShare] * options_.subscribers / subscribers_each;
  return static_cast<uint32_t>(count + random_.unit());
}

uint32_t StagingBuilder::busy(uint32_t least, uint32_t most) {
  const double count = static_cast<double>(random_.range(least, most));
  return std::max(static_cast<uint32_t>(count * dials_[Dial::kLookAlikePace] + 0.5), 1u);
}

SimHolder StagingBuilder::new_sim(uint32_t days_min, uint32_t days_max) {
  SimHolder holder;
  holder.person = next_person_++;
  holder.device = holder.person;
  holder.cell = population_.cell_at(holder.person, options_.start);
  const int64_t hours = random_.range(int64_t{days_min} * 24, int64_t{days_max} * 24);
  holder.activated_at = {(day_begin_.ms / kMsPerHour - hours) * kMsPerHour};
  return holder;
}

std::string StagingBuilder::device_of(const SimHolder& holder) const {
  std::string imei;
  population_.append_imei(imei, holder.device);
  return imei;
}

uint32_t StagingBuilder::subject(std::string_view name, const SimHolder& holder,
                                 std::string_view type) {
  Subject subject;
  subject.name = name;
  subject.type = type;
  if (type == "msisdn") population_.append_number(subject.value, holder.person);
  if (type == "imsi") population_.append_imsi(subject.value, holder.person);
  if (type == "imei") subject.value = device_of(holder);
  staging_.subjects.push_back(std::move(subject));
  return static_cast<uint32_t>(staging_.subjects.size() - 1);
}

uint32_t StagingBuilder::subject(PlantedKind kind, const SimHolder& holder, std::string_view type) {
  const uint32_t index = subject(name_of(kind), holder, type);
  staging_.subjects[index].planted = kind;
  return index;
}

uint32_t StagingBuilder::actor(uint32_t subject, const SimHolder& holder) {
  staging_.actors.push_back({.holder = holder, .abroad = {}, .subject = subject});
  return static_cast<uint32_t>(staging_.actors.size() - 1);
}

Timestamp StagingBuilder::some_time(Duration before_end) {
  const int64_t room_ms = std::max<int64_t>((day_end_ - day_begin_).ms - before_end.ms, 1);
  Timestamp time = day_begin_;
  for (int tries = 0; tries < kTimeTries; ++tries) {
    time = day_begin_ + Duration{random_.range(0, room_ms - 1)};
    const uint32_t hour = local_hour(time);
    if (hour >= kWorkBeginHour && hour < kWorkEndHour) break;
  }
  return time;
}

std::vector<Timestamp> StagingBuilder::times(const Habit& habit) {
  std::vector<Timestamp> times;
  times.reserve(habit.count);
  if (habit.within.ms == 0) {
    for (uint32_t i = 0; i < habit.count; ++i) times.push_back(some_time({0}));
    std::ranges::sort(times);
    return times;
  }
  const double length_ms =
      static_cast<double>(std::min(habit.within.ms, (day_end_ - day_begin_).ms));
  const Timestamp begin = some_time({static_cast<int64_t>(length_ms)});
  for (uint32_t i = 0; i < habit.count; ++i) {
    const double at = (i + random_.unit()) / habit.count * length_ms;
    times.push_back(std::min(begin + Duration{static_cast<int64_t>(at)}, run_end_ - Duration{1}));
  }
  return times;
}

Staging make_staging(const Options& options, const Population& population, uint32_t first_person,
                     StagingRoom room) {
  Staging staging;
  StagingBuilder builder(options, population, first_person, staging);
  builder.add_planted(room);
  builder.add_look_alikes(room);
  const auto by_time = [](const auto& a, const auto& b) { return a.ts < b.ts; };
  std::ranges::stable_sort(staging.calls, by_time);
  std::ranges::stable_sort(staging.messages, by_time);
  measure_staging(population, staging);
  return staging;
}

}  // namespace sieve::traffic
