#include <array>
#include <string>
#include <utility>

#include "traffic/staging_builder.h"
#include "traffic/template.h"

// The usual levels exceed the thresholds of planted_measures.cc by half at least; the hidden ones
// are what a busy person does by hand.
namespace sieve::traffic {
namespace {

constexpr int64_t kMsPerMinute = 60'000;

constexpr Duration minutes(double count) {
  return {static_cast<int64_t>(count * static_cast<double>(kMsPerMinute))};
}

}  // namespace

void StagingBuilder::plant_many_callees() {
  const SimHolder holder = new_sim(60, 900);
  const uint32_t by = actor(subject(PlantedKind::kManyCallees, holder, "msisdn"), holder);
  make_calls(by, {.count = sized({400, 160, 60}),
                  .distinct_share = level({0.95, 0.85, 0.8}),
                  .replied_share = level({0.08, 0.14, 0.3}),
                  .answered_share = 0.55,
                  .median_s = 45});
}

void StagingBuilder::plant_automated_caller() {
  constexpr double kHours = 2;
  const SimHolder holder = new_sim(60, 900);
  const uint32_t by = actor(subject(PlantedKind::kAutomatedCaller, holder, "msisdn"), holder);
  make_calls(by, {.count = sized({240 * kHours, 60 * kHours, 18 * kHours}),
                  .within = minutes(kHours * 60 * dials_[Dial::kPlantedSize]),
                  .distinct_share = 0.97,
                  .replied_share = level({0, 0.01, 0.1}),
                  .answered_share = 0.6,
                  .median_s = level({9, 14, 45}),
                  .sigma = 0.6,
                  .longest_s = static_cast<uint32_t>(level({50, 55, 600}))});
}

void StagingBuilder::plant_one_way_caller() {
  const SimHolder holder = new_sim(60, 900);
  const uint32_t by = actor(subject(PlantedKind::kOneWayCaller, holder, "msisdn"), holder);
  make_calls(by, {.count = sized({220, 90, 35}),
                  .distinct_share = 0.93,
                  .replied_share = level({0, 0.01, 0.15}),
                  .median_s = 90});
}

uint32_t StagingBuilder::number_abroad(uint32_t subject, std::string number) {
  const uint32_t index = actor(subject, {});
  staging_.actors[index].abroad = std::move(number);
  return index;
}

// Rings `actors` share evenly, at the pace that the threshold of ten minutes is about.
void StagingBuilder::ring_once(const std::vector<uint32_t>& actors) {
  constexpr double kTensOfMinutes = 2.5;
  const double size = dials_[Dial::kPlantedSize];
  const auto rings = sized({400 * kTensOfMinutes, 90 * kTensOfMinutes, 30 * kTensOfMinutes});
  const double unanswered = level({1, 0.95, 0.7});
  uint32_t next = 0;
  for (const Timestamp ts :
       times({.count = rings, .within = minutes(10 * kTensOfMinutes * size)})) {
    StagedCall call{.ts = ts,
                    .actor = actors[next++ % actors.size()],
                    .other = random_.below(population_.subscribers())};
    call.ring_s = static_cast<uint8_t>(1 + random_.below(3));
    if (!random_.chance(unanswered)) {
      call.duration_s = static_cast<uint16_t>(5 + random_.below(40));
    }
    staging_.calls.push_back(call);
    if (!random_.chance(0.03)) continue;
    StagedCall back{.ts = ts + Duration{random_.range(1, 60) * kMsPerMinute},
                    .actor = call.actor,
                    .other = call.other,
                    .incoming = true};
    talk({.answered_share = 1, .median_s = 80}, back);
    if (inside(back.ts)) staging_.calls.push_back(back);
  }
}

namespace {

// Blocks of numbers that are dear to call, without the last four digits.
std::string block_abroad(Random& random) {
  constexpr std::array<std::string_view, 6> kPrefixes = {"+2327", "+2217", "+6857",
                                                         "+3719", "+2528", "+5939"};
  std::string block(kPrefixes[random.below(kPrefixes.size())]);
  append_digits(block, random.below(10'000), 4);
  return block;
}

}  // namespace

void StagingBuilder::plant_wangiri() {
  const uint32_t by = subject(PlantedKind::kWangiri, {}, "msisdn");
  std::string& number = staging_.subjects[by].value;
  number = block_abroad(random_);
  append_digits(number, random_.below(10'000), 4);
  ring_once({number_abroad(by, number)});
}

void StagingBuilder::plant_wangiri_range() {
  const uint32_t by = subject(PlantedKind::kWangiriRange, {}, "range");
  const std::string block = block_abroad(random_);
  staging_.subjects[by].value = block;
  std::vector<uint32_t> actors;
  const uint32_t first = random_.below(9'000);
  for (uint32_t i = 0; i < 40; ++i) {
    std::string number = block;
    append_digits(number, first + i * 7, 4);
    actors.push_back(number_abroad(by, std::move(number)));
  }
  ring_once(actors);
}

void StagingBuilder::plant_burner_sim() {
  SimHolder holder = new_sim(0, 0);
  holder.activated_at = day_begin_ - minutes(level({0.5, 1.5, 9}) * 24 * 60);
  const uint32_t by = actor(subject(PlantedKind::kBurnerSim, holder, "msisdn"), holder);
  make_calls(by, {.count = sized({150, 80, 30}),
                  .within = minutes(240),
                  .distinct_share = 0.97,
                  .replied_share = level({0, 0.02, 0.15}),
                  .median_s = 60});
}

void StagingBuilder::plant_message_fan_out() {
  constexpr double kTensOfMinutes = 2;
  const SimHolder holder = new_sim(20, 900);
  const uint32_t by = actor(subject(PlantedKind::kMessageFanOut, holder, "msisdn"), holder);
  make_messages(by,
                {.count = sized({120 * kTensOfMinutes, 50 * kTensOfMinutes, 18 * kTensOfMinutes}),
                 .within = minutes(10 * kTensOfMinutes * dials_[Dial::kPlantedSize]),
                 .distinct_share = 0.97,
                 .replied_share = level({0, 0.03, 0.3})});
}

void StagingBuilder::plant_message_fan_out_day() {
  const SimHolder holder = new_sim(20, 900);
  const uint32_t by = actor(subject(PlantedKind::kMessageFanOutDay, holder, "msisdn"), holder);
  make_messages(by, {.count = sized({500, 240, 90}),
                     .distinct_share = 0.97,
                     .replied_share = level({0, 0.03, 0.3})});
}

}  // namespace sieve::traffic
