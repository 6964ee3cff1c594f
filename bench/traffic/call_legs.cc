#include "traffic/call_legs.h"

#include <algorithm>
#include <array>

#include "traffic/template.h"

namespace sieve::traffic {
namespace {

enum class Form : uint8_t { kSecondLeg, kPartial, kAgain };
constexpr std::array<uint32_t, 3> kFormWeights = {60, 20, 20};

constexpr uint32_t kSplitS = 60;  // Shorter calls have no parts.
constexpr uint32_t kApartMs = 2'000;

}  // namespace

CallLegs::CallLegs(const Population& population, const Options& options)
    : population_(population), options_(options), random_(random_for(options.seed, "call legs")) {}

const std::vector<CallLine>& CallLegs::records_of(const CallLine& call, size_t records_max) {
  records_.assign(1, call);
  if (options_.compact || records_max < 2) return records_;
  if (!random_.chance(options_.dials[Dial::kCallLegsShare])) return records_;
  call_ref_ = "r";
  append_digits(call_ref_, ++calls_, 8);
  records_[0].call_ref = call_ref_;
  const auto form = static_cast<Form>(random_.weighted(kFormWeights));
  if (form == Form::kPartial && call.duration_s >= kSplitS) {
    split(call, std::min<size_t>(2 + random_.below(2), records_max));
  } else if (form == Form::kSecondLeg && call.callee != CallLine::kNobody) {
    add_second_leg(call);
  } else {
    records_.push_back(records_[0]);
  }
  return records_;
}

// Written where the call arrives: by the switch of the called one, or by the gateway it left
// through.
void CallLegs::add_second_leg(const CallLine& call) {
  CallLine leg = records_[0];
  const Timestamp last = options_.start + options_.length - Duration{1};
  leg.ts = std::min(call.ts + Duration{random_.below(kApartMs)}, last);
  tail_.clear();
  if (population_.on_net(call.callee)) {
    leg.kind = "mt";
    append_call_tail(tail_, population_, holder_of(population_, call.callee, call.ts));
  } else {
    leg.kind = "gateway_out";
    tail_ = R"(,"trunk":{"out":"ic-2","intl":false})";
  }
  leg.tail = tail_;
  records_.push_back(leg);
}

// The seconds of the parts add up to those of the call.
void CallLegs::split(const CallLine& call, size_t parts) {
  const auto each = static_cast<uint32_t>(call.duration_s / parts);
  uint32_t earlier_s = 0;
  for (size_t i = 0; i < parts; ++i) {
    if (i > 0) records_.push_back(records_[0]);
    CallLine& part = records_[i];
    part.partial_seq = static_cast<uint32_t>(i + 1);
    part.partial_last = i + 1 == parts;
    part.duration_s = part.partial_last ? call.duration_s - earlier_s : each;
    part.earlier_s = earlier_s;
    earlier_s += part.duration_s;
  }
}

}  // namespace sieve::traffic
