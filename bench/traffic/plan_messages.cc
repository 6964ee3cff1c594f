#include <algorithm>
#include <array>
#include <utility>

#include "traffic/plan_builder.h"
#include "traffic/words.h"

namespace sieve::traffic {
namespace {

constexpr double kMsPerMinute = 60'000;

// Of all scam messages.
constexpr double kFarmShare = 0.35;
constexpr double kFanoutShare = 0.15;

// In the order of ScamClass.
constexpr std::array<uint32_t, kScamClassCount> kClassWeights = {24, 9, 5, 8, 3, 10, 3, 4, 8,
                                                                 4,  8, 8, 5, 4, 4,  3, 3};
// kPool, kSenderId, kAbroad, kSingle.
constexpr std::array<uint32_t, 4> kSendingWeights = {45, 22, 15, 18};

constexpr uint32_t kFormsMax = 3;
constexpr uint32_t kHostsMax = 3;

}  // namespace

void PlanBuilder::add_messages() {
  const auto total =
      static_cast<uint32_t>(static_cast<double>(plan_.messages) * options_.scam_share + 0.5);
  uint32_t left = total;
  const auto add_equal = [&](Sending sending, uint32_t count, double share) {
    const auto size = static_cast<uint32_t>(total * share / std::max(count, 1u));
    for (uint32_t i = 0; i < count && size > 0; ++i, left -= size) add_campaign(sending, size);
  };
  add_equal(Sending::kFarm, dials_.whole(Dial::kFarmCount), kFarmShare);
  add_equal(Sending::kSingle, dials_.whole(Dial::kFanoutCount), kFanoutShare);
  constexpr std::array<Sending, 4> kSendings = {Sending::kPool, Sending::kSenderId,
                                                Sending::kAbroad, Sending::kSingle};
  while (left > 0) {
    const double drawn = random_.log_normal(dials_[Dial::kCampaignSize], 0.8);
    const uint32_t size = static_cast<uint32_t>(std::clamp(drawn, 1.0, 1e9));
    add_campaign(kSendings[random_.weighted(kSendingWeights)], std::min(size, left));
    left -= std::min(size, left);
  }
}

void PlanBuilder::add_campaign(Sending sending, uint32_t size) {
  Campaign campaign = make_campaign(sending, size);
  const std::vector<uint32_t> senders = make_senders(sending, campaign);
  plan_.campaigns.push_back(std::move(campaign));
  schedule(static_cast<uint32_t>(plan_.campaigns.size() - 1), sending, senders);
}

Campaign PlanBuilder::make_campaign(Sending sending, uint32_t size) {
  Campaign campaign;
  campaign.name = "k";
  append_digits(campaign.name, plan_.campaigns.size() + 1, 4);
  campaign.lang = static_cast<Lang>(most_behind(options_.scam_langs, size, lang_sizes_));
  std::array<uint32_t, kScamClassCount> weights = kClassWeights;
  for (size_t i = 0; i < kScamClassCount; ++i) {
    if (sentences_.scam(campaign.lang, static_cast<ScamClass>(i)).empty()) weights[i] = 0;
  }
  if (sending == Sending::kSenderId) {
    // People do not write under a sender id.
    weights[static_cast<size_t>(ScamClass::kFamily)] = 0;
    weights[static_cast<size_t>(ScamClass::kWrongNumber)] = 0;
  }
  campaign.scam = static_cast<ScamClass>(most_behind(weights, size, class_sizes_));
  const auto forms = sentences_.scam(campaign.lang, campaign.scam);
  const uint32_t form_count =
      std::min<uint32_t>(1 + random_.below(kFormsMax), static_cast<uint32_t>(forms.size()));
  const uint32_t first = random_.below(static_cast<uint32_t>(forms.size()));
  for (uint32_t i = 0; i < form_count; ++i) {
    campaign.forms.push_back(&forms[(first + i) % forms.size()]);
  }
  set_contacts(campaign);
  campaign.messages = size;
  return campaign;
}

size_t PlanBuilder::most_behind(std::span<const uint32_t> weights, uint32_t size,
                                std::span<uint64_t> sizes) {
  uint64_t weight_sum = 0, size_sum = size;
  for (size_t i = 0; i < weights.size(); ++i) {
    weight_sum += weights[i];
    size_sum += sizes[i];
  }
  size_t chosen = 0;
  double chosen_gap = -1e300;
  for (size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) continue;
    const double due = static_cast<double>(size_sum) * weights[i] / static_cast<double>(weight_sum);
    const double gap = due - static_cast<double>(sizes[i]);
    if (gap <= chosen_gap) continue;
    chosen = i;
    chosen_gap = gap;
  }
  sizes[chosen] += size;
  return chosen;
}

void PlanBuilder::set_contacts(Campaign& campaign) {
  campaign.brand = impostor_brand(random_, campaign.scam);
  campaign.amount = random_.range(2, 80) * 50;
  campaign.scheme = random_.chance(0.55);
  const uint32_t hosts = 1 + random_.below(kHostsMax);
  for (uint32_t i = 0; i < hosts; ++i) {
    campaign.hosts.push_back(invented_host(random_, campaign.scam));
  }
  const std::string handle = invented_handle(random_);
  const uint32_t line_form = random_.below(4);
  if (line_form == 0) campaign.line = "https://line.me/ti/p/~" + handle;
  if (line_form == 1) campaign.line = "https://lin.ee/" + handle;
  if (line_form >= 2) campaign.line = (line_form == 2 ? "@" : "") + handle;
  campaign.telegram = (random_.chance(0.5) ? "@" : "https://t.me/") + invented_handle(random_);
  population_.append_national_number(campaign.phone, next_sim_++);
  if (random_.chance(0.25)) campaign.phone = "wa.me/66" + campaign.phone.substr(1);
}

std::vector<uint32_t> PlanBuilder::make_senders(Sending sending, const Campaign& campaign) {
  std::vector<uint32_t> senders;
  if (sending == Sending::kFarm) {
    make_farm(campaign, senders);
    return senders;
  }
  uint32_t count = 1;
  if (sending == Sending::kPool) count += campaign.messages / 20;
  if (sending == Sending::kAbroad) count += campaign.messages / 40;
  for (uint32_t i = 0; i < count; ++i) {
    Sender sender = make_sender(sending, campaign);
    if (sending == Sending::kSenderId) {
      // Campaigns share sender ids; what is measured of one is of all of them.
      const auto same = std::ranges::find(plan_.senders, sender.addr, &Sender::addr);
      if (same != plan_.senders.end()) {
        same->campaign.clear();
        return {static_cast<uint32_t>(same - plan_.senders.begin())};
      }
    }
    senders.push_back(static_cast<uint32_t>(plan_.senders.size()));
    plan_.senders.push_back(std::move(sender));
  }
  return senders;
}

Sender PlanBuilder::make_sender(Sending sending, const Campaign& campaign) {
  Sender sender;
  if (sending == Sending::kSenderId) {
    sender.addr = impostor_sender(random_, campaign.scam);
    sender.type = "alpha";
    sender.direction = "a2p";
    sender.style = "sender_id";
    const bool abroad = random_.chance(0.6);
    sender.tail = R"(,"route":{"peer":"grey-)";
    append_digits(sender.tail, 1 + random_.below(5));
    sender.tail +=
        abroad ? R"(","country":"KH","intl":true})" : R"(","country":"TH","intl":false})";
    sender.tail += R"(,"sender":{"registered":false})";
  } else if (sending == Sending::kAbroad) {
    std::string country;
    sender = number_abroad(country);
    sender.style = "abroad";
    sender.tail = R"(,"route":{"peer":"ic-intl","country":")" + country + R"(","intl":true})";
  } else {
    const SimHolder holder = new_sim();
    set_identity(holder, sender);
    append_message_tail(sender.tail, population_, holder);
    sender.style = sending == Sending::kSingle ? "single" : "pool";
  }
  sender.behaviour = "fan_out";
  sender.campaign = campaign.name;
  return sender;
}

void PlanBuilder::make_farm(const Campaign& campaign, std::vector<uint32_t>& senders) {
  const uint32_t sims = std::min(dials_.whole(Dial::kFarmSims), campaign.messages);
  SimHolder holder = new_sim();
  const uint32_t device = holder.device;
  const uint32_t cell = holder.cell;
  SenderGroup group{"sim_farm", {}, "imei"};
  population_.append_imei(group.subject, device);
  for (uint32_t i = 0; i < sims; ++i) {
    if (i > 0) holder = new_sim();
    holder.device = device;
    holder.cell = cell;
    Sender sender;
    set_identity(holder, sender);
    append_message_tail(sender.tail, population_, holder);
    sender.behaviour = "fan_out";
    sender.style = "farm";
    sender.group = static_cast<uint32_t>(plan_.groups.size());
    sender.campaign = campaign.name;
    senders.push_back(static_cast<uint32_t>(plan_.senders.size()));
    plan_.senders.push_back(std::move(sender));
  }
  plan_.groups.push_back(std::move(group));
}

void PlanBuilder::schedule(uint32_t campaign_index, Sending sending,
                           const std::vector<uint32_t>& senders) {
  Campaign& campaign = plan_.campaigns[campaign_index];
  double length_ms = random_.log_normal(dials_[Dial::kCampaignMinutes] * kMsPerMinute, 0.5);
  if (sending == Sending::kFarm || sending == Sending::kSingle) length_ms *= 0.3 / pace();
  length_ms = std::clamp(length_ms, 1.0, static_cast<double>(options_.length.ms));
  const double begin_ms = random_.unit() * (static_cast<double>(options_.length.ms) - length_ms);
  std::vector<int64_t> times;
  for (uint32_t i = 0; i < campaign.messages; ++i) {
    times.push_back(static_cast<int64_t>(begin_ms + random_.unit() * length_ms));
  }
  std::ranges::sort(times);
  const uint32_t burst = std::max(dials_.whole(Dial::kFarmBurst), 1u);
  const auto count = static_cast<uint32_t>(senders.size());
  for (uint32_t i = 0; i < campaign.messages; ++i) {
    PlannedMessage message;
    message.ts = options_.start + Duration{std::min(times[i], options_.length.ms - 1)};
    message.campaign = campaign_index;
    message.sender = senders[sending == Sending::kFarm ? i / burst % count : random_.below(count)];
    message.recipient = random_.below(population_.subscribers());
    plan_.scam_messages.push_back(message);
  }
  campaign.from = options_.start + Duration{times.front()};
  campaign.to = options_.start + Duration{std::min(times.back(), options_.length.ms - 1)};
}

}  // namespace sieve::traffic
