#include <algorithm>

#include "traffic/plan_builder.h"

namespace sieve::traffic {
namespace {

constexpr int64_t kMsPerSecond = 1'000;
constexpr double kMsPerMinute = 60'000;
constexpr double kSecondsPerHour = 3'600;

constexpr uint32_t kDurationMaxS = 2 * 3'600;
// Of the calls that behaviours may make; the rest is for compounds.
constexpr double kDiallerShare = 0.6;
constexpr double kWangiriShare = 0.25;
constexpr uint64_t kDiallerCallsMin = 3;

}  // namespace

void PlanBuilder::add_calls() {
  const double share = dials_[Dial::kBehaviourCallShare];
  const auto room = static_cast<uint64_t>(static_cast<double>(plan_.calls) * share);
  auto for_diallers = static_cast<uint64_t>(static_cast<double>(room) * kDiallerShare);
  if (dials_.whole(Dial::kCompoundCount) == 0) for_diallers = room;
  uint64_t used = 0;
  for (uint32_t i = 0; i < dials_.whole(Dial::kDiallerCount); ++i) {
    used += add_dialler(for_diallers - used);
  }
  for (uint32_t i = 0; i < dials_.whole(Dial::kCompoundCount); ++i) {
    used += add_compound(i, room - used);
  }
}

uint64_t PlanBuilder::add_dialler(uint64_t calls_left) {
  const double minutes = std::min(dials_[Dial::kDiallerMinutes],
                                  static_cast<double>(options_.length.ms) / kMsPerMinute);
  const double per_minute = dials_[Dial::kDiallerCallsPerMinute] * pace();
  const uint64_t count = std::min(static_cast<uint64_t>(minutes * per_minute), calls_left);
  if (count < kDiallerCallsMin) return 0;
  const bool wangiri = random_.chance(kWangiriShare);
  const uint32_t sender = add_dialler_number(wangiri);
  const double step_ms = kMsPerMinute / per_minute;
  const double latest_ms =
      static_cast<double>(options_.length.ms) - step_ms * static_cast<double>(count);
  const double begin_ms = random_.unit() * std::max(latest_ms, 0.0);
  std::vector<uint32_t> called;
  for (uint64_t i = 0; i < count; ++i) {
    PlannedCall call = dial(sender, wangiri);
    if (!called.empty() && random_.chance(dials_[Dial::kDiallerRepeatShare])) {
      call.callee = called[random_.below(static_cast<uint32_t>(called.size()))];
    }
    called.push_back(call.callee);
    const double at_ms = begin_ms + (static_cast<double>(i) + random_.unit()) * step_ms;
    call.ts = options_.start + Duration{static_cast<int64_t>(at_ms)};
    call.ts = std::min(call.ts, options_.start + Duration{options_.length.ms - 1});
    plan_.scam_calls.push_back(call);
  }
  return count;
}

uint32_t PlanBuilder::add_dialler_number(bool wangiri) {
  Sender sender;
  if (wangiri) {
    std::string country;
    sender = number_abroad(country);
    sender.tail = R"(,"trunk":{"in":"intl-2","intl":true})";
    sender.style = "wangiri";
  } else {
    const SimHolder holder = new_sim();
    set_identity(holder, sender);
    append_call_tail(sender.tail, population_, holder);
    sender.style = "robocall";
  }
  sender.behaviour = "dialler";
  plan_.senders.push_back(std::move(sender));
  return static_cast<uint32_t>(plan_.senders.size() - 1);
}

PlannedCall PlanBuilder::dial(uint32_t sender, bool wangiri) {
  PlannedCall call;
  call.sender = sender;
  call.callee = random_.below(population_.subscribers());
  if (wangiri) {
    call.ring_s = static_cast<uint8_t>(1 + random_.below(2));
  } else if (random_.chance(dials_[Dial::kDiallerAnsweredShare])) {
    const double median_s = 12 * (1 + 4 * dials_[Dial::kStealth]);
    const auto seconds = static_cast<uint32_t>(random_.log_normal(median_s, 0.7));
    call.duration_s = static_cast<uint16_t>(std::clamp<uint32_t>(seconds, 1, kDurationMaxS));
    call.ring_s = static_cast<uint8_t>(2 + random_.below(12));
  } else {
    call.ring_s = static_cast<uint8_t>(5 + random_.below(20));
    call.cause = random_.chance(0.3) ? 21 : 19;
  }
  return call;
}

uint64_t PlanBuilder::add_compound(uint32_t index, uint64_t calls_left) {
  const uint32_t cell = population_.extra_cell(index);
  const auto group = static_cast<uint32_t>(plan_.groups.size());
  const double hours = static_cast<double>(options_.length.ms) / kMsPerMinute / 60;
  const double per_caller = dials_[Dial::kCompoundCallsPerHour] * pace() * hours + 1;
  const uint64_t fit = static_cast<uint64_t>(static_cast<double>(calls_left) / per_caller / 2);
  const uint64_t callers = std::min<uint64_t>(dials_.whole(Dial::kCompoundCallers), fit);
  if (callers == 0) return 0;
  plan_.groups.push_back({"compound", std::string(population_.cell_id(cell)), "cell"});
  uint64_t used = 0;
  for (uint64_t i = 0; i < callers; ++i) used += add_compound_caller(group, cell);
  return used;
}

uint64_t PlanBuilder::add_compound_caller(uint32_t group, uint32_t cell) {
  SimHolder holder = new_sim();
  holder.cell = cell;
  Sender sender;
  set_identity(holder, sender);
  append_call_tail(sender.tail, population_, holder);
  sender.behaviour = "dialler";
  sender.style = "boiler_room";
  sender.group = group;
  const auto index = static_cast<uint32_t>(plan_.senders.size());
  plan_.senders.push_back(std::move(sender));

  // A caller makes the next call after the last one ended and a pause. The pause makes up for the
  // mean call of about 80 s, so that the dial holds on average.
  const double step_s = kSecondsPerHour / (dials_[Dial::kCompoundCallsPerHour] * pace());
  const double pause_s = std::max(step_s - 80, step_s * 0.2);
  const auto calls_max = static_cast<uint64_t>(
      2 * static_cast<double>(options_.length.ms) / kMsPerSecond / step_s + 2);
  double at_s = random_.unit() * step_s;
  uint64_t count = 0;
  for (; count < calls_max; ++count) {
    const auto at_ms = static_cast<int64_t>(at_s * kMsPerSecond);
    if (at_ms >= options_.length.ms) break;
    PlannedCall call = dial(index, false);
    if (call.duration_s > 0 && random_.chance(0.3)) {
      const auto seconds = static_cast<uint32_t>(random_.log_normal(480, 0.7));
      call.duration_s = static_cast<uint16_t>(std::clamp<uint32_t>(seconds, 30, kDurationMaxS));
    }
    call.ts = options_.start + Duration{at_ms};
    plan_.scam_calls.push_back(call);
    at_s += call.ring_s + call.duration_s + random_.log_normal(pause_s * 0.88, 0.5);
  }
  return count;
}

}  // namespace sieve::traffic
