#include <algorithm>

#include "traffic/staging_builder.h"

namespace sieve::traffic {
namespace {

constexpr int64_t kMsPerMinute = 60'000;

}  // namespace

void StagingBuilder::talk(const Habit& habit, StagedCall& call) {
  if (random_.chance(habit.answered_share)) {
    const auto seconds = static_cast<uint32_t>(random_.log_normal(habit.median_s, habit.sigma));
    call.duration_s = static_cast<uint16_t>(std::clamp<uint32_t>(seconds, 1, habit.longest_s));
    call.ring_s = static_cast<uint8_t>(2 + random_.below(14));
  } else {
    call.ring_s = static_cast<uint8_t>(8 + random_.below(24));
    call.cause = random_.chance(0.3) ? 17 : 19;
  }
}

void StagingBuilder::make_calls(uint32_t actor, const Habit& habit) {
  std::vector<uint32_t> called;
  for (const Timestamp ts : times(habit)) {
    const bool again = !called.empty() && !random_.chance(habit.distinct_share);
    const uint32_t other =
        again ? called[random_.below(static_cast<uint32_t>(called.size()))] : somebody();
    called.push_back(other);
    StagedCall call{.ts = ts, .actor = actor, .other = other};
    talk(habit, call);
    staging_.calls.push_back(call);
    if (!random_.chance(habit.replied_share)) continue;
    StagedCall back{.ts = ts + Duration{random_.range(2, 60) * kMsPerMinute},
                    .actor = actor,
                    .other = other,
                    .incoming = true};
    talk({.answered_share = 0.8}, back);
    if (inside(back.ts)) staging_.calls.push_back(back);
  }
}

void StagingBuilder::make_messages(uint32_t actor, const Habit& habit) {
  std::vector<uint32_t> written;
  for (const Timestamp ts : times(habit)) {
    const bool again = !written.empty() && !random_.chance(habit.distinct_share);
    const uint32_t other =
        again ? written[random_.below(static_cast<uint32_t>(written.size()))] : somebody();
    written.push_back(other);
    staging_.messages.push_back({.ts = ts, .actor = actor, .other = other});
    if (!random_.chance(habit.replied_share)) continue;
    const Timestamp back = ts + Duration{random_.range(1, 40) * kMsPerMinute};
    if (!inside(back)) continue;
    staging_.messages.push_back({.ts = back, .actor = actor, .other = other, .incoming = true});
  }
}

// Calls with the few people whom one knows, both ways.
void StagingBuilder::call_circle(uint32_t actor, uint32_t calls, Timestamp begin, Duration length) {
  const uint32_t proxy = random_.below(population_.subscribers());
  for (uint32_t i = 0; i < calls; ++i) {
    const int64_t at_ms = random_.range(0, std::max<int64_t>(length.ms, 1) - 1);
    StagedCall call{.ts = std::min(begin + Duration{at_ms}, run_end_ - Duration{1}),
                    .actor = actor,
                    .other = population_.draw_contact(proxy, random_).second,
                    .incoming = random_.chance(0.4)};
    talk({.median_s = 90}, call);
    staging_.calls.push_back(call);
  }
}

}  // namespace sieve::traffic
