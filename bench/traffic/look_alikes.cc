#include <vector>

#include "traffic/staging_builder.h"

// Honest subscribers that do some of what planted behaviours do. Couriers, drivers and contact
// centres are in the background (background.h).
namespace sieve::traffic {
namespace {

constexpr int64_t kMsPerMinute = 60'000;
constexpr int64_t kMsPerHour = 60 * kMsPerMinute;
// Calls that somebody makes in an hour who reads names from a list.
constexpr double kByHandPerHour = 23;

}  // namespace

// A surgery reminds its patients of tomorrow; some call back.
void StagingBuilder::add_reminder_line() {
  const SimHolder holder = new_sim(200, 2'500);
  const uint32_t by = actor(subject("reminder_line", holder, "msisdn"), holder);
  const auto count = static_cast<uint32_t>(random_.range(35, 70));
  const double hours = count / kByHandPerHour / dials_[Dial::kLookAlikePace];
  make_calls(by, {.count = count,
                  .within = {static_cast<int64_t>(hours * kMsPerHour)},
                  .distinct_share = 0.95,
                  .replied_share = 0.3,
                  .answered_share = 0.75,
                  .median_s = 36,
                  .sigma = 0.7});
}

// Two or three of a family call from one device.
void StagingBuilder::add_family_device() {
  const SimHolder first = new_sim(200, 2'500);
  const uint32_t by = subject("family_device", first, "imei");
  const auto members = static_cast<uint32_t>(random_.range(2, 3));
  for (uint32_t i = 0; i < members; ++i) {
    SimHolder holder = i == 0 ? first : new_sim(200, 2'500);
    holder.device = first.device;
    holder.cell = first.cell;
    call_circle(actor(by, holder), busy(3, 6), day_begin_, day_end_ - day_begin_);
  }
}

// A shop puts each SIM that it sells into its own device and calls once: the service number, or its
// own.
void StagingBuilder::add_phone_shop() {
  const SimHolder shop = new_sim(400, 2'500);
  const uint32_t by = subject("phone_shop", shop, "imei");
  const uint32_t sims = busy(3, 8);
  for (uint32_t i = 0; i < sims; ++i) {
    SimHolder holder = new_sim(0, 0);
    holder.device = shop.device;
    holder.cell = shop.cell;
    const bool service = random_.chance(0.7);
    StagedCall call{.ts = some_time({0}),
                    .actor = actor(by, holder),
                    .other = service ? StagedCall::kServiceNumber : shop.person};
    talk({.median_s = 10, .sigma = 0.5}, call);
    staging_.calls.push_back(call);
  }
}

// Somebody moves the SIM into a new phone.
void StagingBuilder::add_sim_swap() {
  SimHolder holder = new_sim(100, 2'500);
  const uint32_t by = subject("sim_swap", holder, "imsi");
  const Timestamp moved = some_time({0});
  call_circle(actor(by, holder), busy(2, 5), day_begin_, moved - day_begin_);
  holder.device = next_person_++;
  call_circle(actor(by, holder), busy(2, 5), moved, day_end_ - moved);
}

// Messages to people some of whom wrote first.
void StagingBuilder::exchange(uint32_t actor, const Habit& habit, double wrote_before) {
  const size_t first = staging_.messages.size();
  make_messages(actor, habit);
  const size_t end = staging_.messages.size();
  for (size_t i = first; i < end; ++i) {
    StagedMessage message = staging_.messages[i];
    if (message.incoming || !random_.chance(wrote_before)) continue;
    message.ts = message.ts - Duration{random_.range(5, 180) * kMsPerMinute};
    message.incoming = true;
    if (message.ts >= options_.start) staging_.messages.push_back(message);
  }
}

// A teacher writes to all parents of a class, who wrote in the morning and answer.
void StagingBuilder::add_school() {
  const SimHolder holder = new_sim(200, 2'500);
  const uint32_t by = actor(subject("school", holder, "msisdn"), holder);
  exchange(by, {.count = busy(20, 45), .within = {6 * kMsPerMinute}, .replied_share = 0.3}, 0.5);
}

// A shop tells its customers that their orders are ready.
void StagingBuilder::add_shop() {
  const SimHolder holder = new_sim(200, 2'500);
  const uint32_t by = actor(subject("shop", holder, "msisdn"), holder);
  exchange(by, {.count = busy(50, 110), .distinct_share = 0.9, .replied_share = 0.2}, 0.4);
}

// A new SIM: its holder tells everybody the number, by messages and calls.
void StagingBuilder::add_new_sim() {
  const SimHolder holder = new_sim(0, 3);
  const uint32_t by = actor(subject("new_sim", holder, "msisdn"), holder);
  make_messages(by, {.count = busy(25, 55),
                     .within = {random_.range(60, 150) * kMsPerMinute},
                     .distinct_share = 0.9,
                     .replied_share = 0.4});
  make_calls(by, {.count = busy(8, 22), .distinct_share = 0.7, .replied_share = 0.35});
}

}  // namespace sieve::traffic
