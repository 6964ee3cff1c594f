#include <algorithm>
#include <array>

#include "traffic/background.h"

namespace sieve::traffic {
namespace {

// Weights are hundredths.
enum class Profile : uint8_t { kPersonal, kRider, kContactCentre, kService, kFromAbroad };
constexpr std::array<uint32_t, 5> kProfileWeights = {80, 8, 5, 6, 1};

// Couriers who ring at many doors, honest callers who look a little like automatic ones: how many
// calls one makes in an hour.
constexpr double kRiderCallsPerHour = 12;
constexpr double kMsPerHour = 3'600'000;
constexpr uint32_t kContactCentres = 40;

constexpr std::array<std::string_view, 6> kServiceNumbers = {"1601", "1112", "1175",
                                                             "1669", "1129", "1300"};
constexpr std::array<std::string_view, 8> kAbroad = {"+855", "+95", "+856", "+84",
                                                     "+86",  "+60", "+65",  "+81"};

constexpr uint32_t kDurationMaxS = 3 * 3'600;

// Q.850: what ends a call that nobody took, and how often.
constexpr std::array<uint32_t, 4> kCauses = {17, 19, 18, 21};
constexpr std::array<uint32_t, 4> kCauseWeights = {20, 55, 15, 10};

uint32_t count_riders(const Options& options, uint64_t calls) {
  const double share = kProfileWeights[static_cast<size_t>(Profile::kRider)] / 100.0;
  const double hours = static_cast<double>(options.length.ms) / kMsPerHour;
  const double riders = static_cast<double>(calls) * share / hours / kRiderCallsPerHour;
  return static_cast<uint32_t>(std::clamp(riders, 1.0, options.subscribers / 2.0));
}

}  // namespace

BackgroundCalls::BackgroundCalls(const Population& population, const Options& options,
                                 uint64_t calls)
    : population_(population),
      options_(options),
      riders_(count_riders(options, calls)),
      random_(random_for(options.seed, "background calls")) {}

std::string_view BackgroundCalls::write(Timestamp ts, uint64_t sequence, std::string& line) {
  CallLine call;
  call.ts = ts;
  call.sequence = sequence;
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
  append_call(line, call, options_.compact);
  return from_;
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

void BackgroundCalls::write_personal(CallLine& call) {
  const Population::Pair pair = population_.draw_pair(random_);
  const bool reply = random_.chance(0.5);
  set_caller(reply ? pair.second : pair.first, call);
  population_.append_number(to_, reply ? pair.first : pair.second);
  set_outcome(options_.dials[Dial::kAnsweredShare], pair.rank < 3 ? 110 : 60, call);
}

void BackgroundCalls::write_rider(CallLine& call) {
  const uint32_t rider = random_.below(riders_) * (population_.subscribers() / riders_);
  set_caller(rider, call);
  population_.append_number(to_, random_.below(population_.people()));
  set_outcome(0.7, 22, call);
}

void BackgroundCalls::write_contact_centre(CallLine& call) {
  from_ = "+662777";
  append_digits(from_, 9'000 + random_.below(kContactCentres), 4);
  population_.append_number(to_, random_.below(population_.subscribers()));
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
  population_.append_number(to_, callee);
  call.kind = "gateway_in";
  tail_ = R"(,"trunk":{"in":"intl-1","intl":true})";
  set_outcome(0.65, 240, call);
}

}  // namespace sieve::traffic
