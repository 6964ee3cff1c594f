#include "traffic/plan.h"

#include <algorithm>

#include "traffic/plan_builder.h"

namespace sieve::traffic {
namespace {

constexpr double kMsPerDay = 86'400'000;
constexpr int64_t kMsPerHour = 3'600'000;

uint64_t rounded(double value) { return static_cast<uint64_t>(value + 0.5); }

void set_totals(const Options& options, Plan& plan) {
  const double messages = options.dials[Dial::kMessagesPerDay];
  const double calls = options.dials[Dial::kCallsPerDay];
  if (options.records) {
    const double share = messages + calls > 0 ? messages / (messages + calls) : 0;
    plan.messages = rounded(static_cast<double>(*options.records) * share);
    plan.messages = std::min(plan.messages, *options.records);
    plan.calls = *options.records - plan.messages;
    return;
  }
  const double days = static_cast<double>(options.length.ms) / kMsPerDay;
  plan.messages = rounded(options.subscribers * messages * days);
  plan.calls = rounded(options.subscribers * calls * days);
}

}  // namespace

PlanBuilder::PlanBuilder(const Options& options, const Population& population,
                         const Sentences& sentences, Plan& plan)
    : options_(options),
      dials_(options.dials),
      population_(population),
      sentences_(sentences),
      plan_(plan),
      random_(random_for(options.seed, "plan")),
      next_sim_(population.people()) {}

double PlanBuilder::pace() const { return 1 - 0.8 * dials_[Dial::kStealth]; }

SimHolder PlanBuilder::new_sim() {
  SimHolder holder;
  holder.person = next_sim_++;
  holder.device = holder.person;
  holder.cell = population_.cell_at(holder.person, options_.start);
  const int64_t hours = random_.range(2, 7 * 24);
  holder.activated_at = {(options_.start.ms / kMsPerHour - hours) * kMsPerHour};
  return holder;
}

void PlanBuilder::set_identity(const SimHolder& holder, Sender& sender) const {
  population_.append_number(sender.addr, holder.person);
  population_.append_imsi(sender.imsi, holder.person);
  population_.append_imei(sender.imei, holder.device);
}

Sender PlanBuilder::number_abroad(std::string& country) {
  struct Abroad {
    std::string_view prefix;
    std::string_view country;
  };
  constexpr Abroad kAbroad[] = {{"+8559", "KH"}, {"+959", "MM"},  {"+8562", "LA"},
                                {"+849", "VN"},  {"+628", "ID"},  {"+639", "PH"},
                                {"+2327", "SL"}, {"+2217", "SN"}, {"+447", "GB"}};
  const Abroad& abroad = kAbroad[random_.below(std::size(kAbroad))];
  country = abroad.country;
  Sender sender;
  sender.addr = abroad.prefix;
  append_digits(sender.addr, random_.below(100'000'000), 8);
  sender.direction = "mt";
  sender.kind = "gateway_in";
  return sender;
}

void PlanBuilder::add_staging() {
  if (options_.honest_only) return;
  plan_.staging = make_staging(options_, population_, next_sim_,
                               {.calls = (plan_.calls - plan_.scam_calls.size()) / 2,
                                .messages = (plan_.messages - plan_.scam_messages.size()) / 2});
}

Plan make_plan(const Options& options, const Population& population, const Sentences& sentences) {
  Plan plan;
  set_totals(options, plan);
  PlanBuilder builder(options, population, sentences, plan);
  builder.add_calls();
  builder.add_messages();
  builder.add_staging();
  const auto by_time = [](const auto& a, const auto& b) { return a.ts < b.ts; };
  std::ranges::stable_sort(plan.scam_calls, by_time);
  std::ranges::stable_sort(plan.scam_messages, by_time);
  for (const PlannedMessage& message : plan.scam_messages) {
    const Campaign& campaign = plan.campaigns[message.campaign];
    ++plan.class_counts[static_cast<size_t>(campaign.scam)];
    ++plan.lang_counts[static_cast<size_t>(campaign.lang)];
  }
  plan.behaviours = measure_behaviours(plan);
  return plan;
}

}  // namespace sieve::traffic
