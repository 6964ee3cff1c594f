#include <algorithm>

#include "traffic/staging_builder.h"
#include "traffic/template.h"

namespace sieve::traffic {
namespace {

constexpr int64_t kMsPerMinute = 60'000;
constexpr Duration kShift{8 * 60 * kMsPerMinute};
constexpr uint32_t kSimsPerDevice = 4;

}  // namespace

// SIMs that put calls from abroad through as if their holders made them. Every other box hides
// behind a device number a SIM, the rest has one for four.
void StagingBuilder::plant_sim_box() {
  constexpr uint32_t kSims = 8;
  const double size = dials_[Dial::kPlantedSize];
  const uint32_t sims = std::max(static_cast<uint32_t>(kSims * size + 0.5), 1u);
  std::string name = "box-";
  append_digits(name, index_ + 1);
  const SimHolder first = new_sim(30, 400);
  const uint32_t second_cell = population_.cell_near(first.cell, random_.next());
  uint32_t device = first.device;
  for (uint32_t i = 0; i < sims; ++i) {
    SimHolder holder = i == 0 ? first : new_sim(30, 400);
    if (index_ % 2 == 0 || i % kSimsPerDevice == 0) device = holder.device;
    holder.device = device;
    holder.cell = i % 2 == 0 ? first.cell : second_cell;
    const uint32_t by = subject(PlantedKind::kSimBox, holder, "imsi");
    staging_.subjects[by].part_of = name;
    const double calls = level({300, 110, 35});
    make_calls(actor(by, holder), {.count = static_cast<uint32_t>(calls + 0.5),
                                   .distinct_share = level({0.98, 0.95, 0.75}),
                                   .replied_share = level({0, 0.01, 0.15}),
                                   .median_s = 100});
  }
}

// The actors work one after another, each for a part of a shift.
void StagingBuilder::rotate(const std::vector<uint32_t>& actors, uint32_t calls_each) {
  const int64_t shift_ms = std::min(kShift.ms, (day_end_ - day_begin_).ms);
  const auto step_ms = std::max<int64_t>(shift_ms / static_cast<int64_t>(actors.size()), 1);
  Timestamp begin = some_time({shift_ms});
  for (const uint32_t by : actors) {
    for (uint32_t i = 0; i < calls_each; ++i) {
      StagedCall call{
          .ts = std::min(begin + Duration{random_.range(0, step_ms - 1)}, run_end_ - Duration{1}),
          .actor = by,
          .other = somebody()};
      talk({}, call);
      staging_.calls.push_back(call);
    }
    begin = begin + Duration{step_ms};
  }
}

void StagingBuilder::plant_many_imsis() {
  const SimHolder device = new_sim(20, 400);
  const uint32_t by = subject(PlantedKind::kManyImsis, device, "imei");
  std::vector<uint32_t> actors = {actor(by, device)};
  while (actors.size() < sized({16, 8, 3})) {
    SimHolder holder = new_sim(1, 400);
    holder.device = device.device;
    holder.cell = device.cell;
    actors.push_back(actor(by, holder));
  }
  rotate(actors, 5);
}

void StagingBuilder::plant_many_imeis() {
  SimHolder holder = new_sim(20, 400);
  const uint32_t by = subject(PlantedKind::kManyImeis, holder, "imsi");
  std::vector<uint32_t> actors = {actor(by, holder)};
  while (actors.size() < sized({12, 6, 2})) {
    holder.device = next_person_++;
    actors.push_back(actor(by, holder));
  }
  rotate(actors, 5);
}

// Two devices with one number, far from each other, at work within minutes.
void StagingBuilder::plant_cloned_imei() {
  const SimHolder first = new_sim(20, 400);
  SimHolder second = new_sim(20, 400);
  second.device = first.device;
  second.cell = population_.cell_far_from(first.cell, random_);
  const uint32_t by = subject(PlantedKind::kClonedImei, first, "imei");
  const uint32_t here = actor(by, first);
  const uint32_t there = actor(by, second);
  const Duration gap{static_cast<int64_t>(level({1, 4, 40}) * kMsPerMinute)};
  const Habit habit{.count = sized({10, 5, 1})};
  for (const Timestamp ts : times(habit)) {
    StagedCall call{.ts = ts, .actor = here, .other = somebody()};
    talk(habit, call);
    StagedCall other{.ts = ts + gap, .actor = there, .other = somebody()};
    talk(habit, other);
    staging_.calls.push_back(call);
    if (inside(other.ts)) staging_.calls.push_back(other);
  }
}

}  // namespace sieve::traffic
