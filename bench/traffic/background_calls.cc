#include <algorithm>
#include <array>

#include "traffic/background.h"

namespace sieve::traffic {
namespace {

// Weights are hundredths.
enum class Profile : uint8_t { kPersonal, kRider, kContactCentre, kService, kFromAbroad };
constexpr std::array<uint32_t, 5> kProfileWeights = {80, 8, 5, 6, 1};

// Of one rider and one contact centre, both ways, at the usual pace.
constexpr double kRiderCallsPerDay = 48;
constexpr double kCentreCallsPerDay = 500;
constexpr uint32_t kCentresMin = 40;
constexpr uint32_t kCentresMax = 20'000;
constexpr uint32_t kCustomersPerDay = 120;
constexpr double kRiderCalledBack = 0.25;
constexpr double kCentreCalledBack = 0.2;
constexpr double kBusyRiderShare = 0.15;
// A shorter run is a part of somebody's working day.
constexpr double kWorkMs = 10 * 3'600'000.0;
constexpr double kMsPerDay = 86'400'000;

constexpr std::array<std::string_view, 6> kServiceNumbers = {"1601", "1112", "1175",
                                                             "1669", "1129", "1300"};
constexpr std::array<std::string_view, 8> kAbroad = {"+855", "+95", "+856", "+84",
                                                     "+86",  "+60", "+65",  "+81"};

constexpr uint32_t kDurationMaxS = 3 * 3'600;

// Q.850: what ends a call that nobody took, and how often.
constexpr std::array<uint32_t, 4> kCauses = {17, 19, 18, 21};
constexpr std::array<uint32_t, 4> kCauseWeights = {20, 55, 15, 10};

// How many days of work of one caller the run has: one, if only it is as long as a working day.
double working_days(const Options& options) {
  const auto length_ms = static_cast<double>(options.length.ms);
  if (length_ms < kWorkMs) return length_ms / kWorkMs;
  return std::max(length_ms / kMsPerDay, 1.0);
}

double calls_of(Profile profile, uint64_t calls) {
  return static_cast<double>(calls) * kProfileWeights[static_cast<size_t>(profile)] / 100;
}

}  // namespace

Callers::Callers(const Population& population, const Options& options, uint64_t calls)
    : population_(population) {
  const double days = working_days(options) * options.dials[Dial::kLookAlikePace];
  const double riders = calls_of(Profile::kRider, calls) / days / kRiderCallsPerDay;
  riders_ = static_cast<uint32_t>(std::clamp(riders, 1.0, options.subscribers / 2.0));
  const double centres = calls_of(Profile::kContactCentre, calls) / days / kCentreCallsPerDay;
  centres_ = std::clamp(static_cast<uint32_t>(centres), kCentresMin, kCentresMax);
}

uint32_t Callers::rider(uint32_t index) const {
  return index * (population_.subscribers() / riders_);
}

uint32_t Callers::customer(uint32_t rider, Timestamp ts, Random& random) const {
  const auto day = static_cast<uint64_t>(ts.ms / static_cast<int64_t>(kMsPerDay));
  const uint64_t slot = (uint64_t{rider} << 32) + day * kCustomersPerDay;
  const uint64_t number = mix(slot + random.below(kCustomersPerDay));
  const auto person = static_cast<uint32_t>(number % population_.people());
  return person == rider ? (person + 1) % population_.people() : person;
}

uint32_t Callers::draw_rider(Random& random) const {
  const bool busy = random.chance(kBusyRiderShare);
  const uint32_t index = random.below(riders_);
  return busy ? index / 3 * 3 : index;
}

void Callers::append_centre(std::string& out, uint32_t index) const {
  out += "+6627";
  append_digits(out, 700'000 + index, 6);
}

BackgroundCalls::BackgroundCalls(const Population& population, const Options& options,
                                 const Callers& callers)
    : population_(population),
      options_(options),
      callers_(callers),
      random_(random_for(options.seed, "background calls")) {}

CallLine BackgroundCalls::next(Timestamp ts) {
  CallLine call;
  call.ts = ts;
  from_.clear(), to_.clear(), tail_.clear();
  switch (static_cast<Profile>(random_.weighted(kProfileWeights))) {
    case Profile::kPersonal:
      write_personal(call);
      break;
    case Profile::kRider:
      write_rider(call);
      break;
    case Profile::kContactCentre:
      write_contact_centre(call);
      break;
    case Profile::kService:
      write_service(call);
      break;
    case Profile::kFromAbroad:
      write_from_abroad(call);
      break;
  }
  call.from = from_;
  call.to = to_;
  call.tail = tail_;
  return call;
}

void BackgroundCalls::set_outcome(double answered_share, double median_s, CallLine& call) {
  if (random_.chance(answered_share)) {
    const auto seconds = static_cast<uint32_t>(random_.log_normal(median_s, 1.1));
    call.duration_s = std::clamp<uint32_t>(seconds, 1, kDurationMaxS);
    call.ring_s = 2 + random_.below(14);
    return;
  }
  call.cause = kCauses[random_.weighted(kCauseWeights)];
  call.ring_s = call.cause == 17 ? 0 : 8 + random_.below(24);
}

void BackgroundCalls::set_caller(uint32_t person, CallLine& call) {
  population_.append_number(from_, person);
  if (!population_.on_net(person)) {
    call.kind = "gateway_in";
    tail_ = R"(,"trunk":{"in":"ic-2","intl":false})";
  } else if (!options_.compact) {
    append_call_tail(tail_, population_, holder_of(population_, person, call.ts));
  }
}

void BackgroundCalls::set_callee(uint32_t person, CallLine& call) {
  population_.append_number(to_, person);
  call.callee = person;
}

void BackgroundCalls::write_personal(CallLine& call) {
  const Population::Pair pair = population_.draw_pair(random_);
  const bool reply = random_.chance(0.5);
  set_caller(reply ? pair.second : pair.first, call);
  set_callee(reply ? pair.first : pair.second, call);
  set_outcome(options_.dials[Dial::kAnsweredShare], pair.rank < 3 ? 110 : 60, call);
}

void BackgroundCalls::write_rider(CallLine& call) {
  const uint32_t rider = callers_.rider(callers_.draw_rider(random_));
  const uint32_t customer = callers_.customer(rider, call.ts, random_);
  SimHolder holder = holder_of(population_, rider, call.ts);
  holder.cell = population_.cell_near(holder.cell, customer);
  if (!options_.compact) append_call_tail(tail_, population_, holder);
  if (random_.chance(kRiderCalledBack)) {
    // The record of the called side, which says who the rider is.
    call.kind = "mt";
    population_.append_number(from_, customer);
    population_.append_number(to_, rider);
  } else {
    population_.append_number(from_, rider);
    set_callee(customer, call);
  }
  set_outcome(0.7, 22, call);
}

void BackgroundCalls::write_contact_centre(CallLine& call) {
  const uint32_t customer = random_.below(population_.subscribers());
  const uint32_t centre = random_.below(callers_.centres());
  if (random_.chance(kCentreCalledBack)) {
    set_caller(customer, call);
    callers_.append_centre(to_, centre);
    return set_outcome(0.9, 120, call);
  }
  callers_.append_centre(from_, centre);
  set_callee(customer, call);
  call.kind = "gateway_in";
  tail_ = R"(,"trunk":{"in":"pbx-1","intl":false})";
  set_outcome(0.5, 75, call);
}

void BackgroundCalls::write_service(CallLine& call) {
  set_caller(random_.below(population_.subscribers()), call);
  to_ = random_.pick(std::span(kServiceNumbers));
  call.to_type = "short";
  set_outcome(0.9, 140, call);
}

void BackgroundCalls::write_from_abroad(CallLine& call) {
  const uint32_t callee = random_.below(population_.subscribers());
  // A few relatives abroad each, so that numbers come back.
  const uint64_t relative = mix(uint64_t{callee} * 4 + random_.below(2));
  from_ = kAbroad[relative % kAbroad.size()];
  append_digits(from_, 100'000'000 + (relative >> 8) % 900'000'000);
  set_callee(callee, call);
  call.kind = "gateway_in";
  tail_ = R"(,"trunk":{"in":"intl-1","intl":true})";
  set_outcome(0.65, 240, call);
}

}  // namespace sieve::traffic
